import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../src/lib/time.ts';
import { deliveryChart } from '../../../src/store/deliveryList.ts';
import { type Browser, connect, createDesk, type Desk, logIn } from './desk.ts';
import { fill } from './fill.ts';

const bot = '1700000000000000001';
const hana = '1700000000000000101';

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
});

const now = () => desk.harness.runtime.now();
const chart = () => deliveryChart(desk.harness.env.DB, 14, 'Asia/Seoul', now());

/** A delivery that was given up. */
async function die(key: string, text = '안녕 비밀'): Promise<void> {
  const notice = JSON.stringify({ kind: 'text', language: 'ko', text, suggestions: [] });
  const { DB } = desk.harness.env;
  await DB.batch([
    DB.prepare(
      `INSERT INTO deliveries (dedupe_key, channel, account, address, notice, state, attempts,
         due_at, created_at) VALUES (?1, 'twitter', ?2, ?3, ?4, 'sending', 8, ?5, ?5)`,
    ).bind(key, bot, hana, notice, now()),
    DB.prepare(
      `UPDATE deliveries SET state = 'dead', note = 'retry 503', finished_at = ?2
       WHERE dedupe_key = ?1`,
    ).bind(key, now()),
  ]);
}

async function keys(): Promise<unknown[]> {
  const { results } = await desk.harness.env.DB.prepare(
    `SELECT dedupe_key, state FROM deliveries ORDER BY id`,
  ).all();
  return results;
}

describe('the chart of deliveries', () => {
  test('of a bot that said nothing says so', async () => {
    const page = await owner.page('/admin/deliveries');
    expect(page).toContain('지난 14일 동안 보낸 것이 없어요');
    expect(page).toContain('모두 보냈어요');
    expect(await chart()).toEqual([]);
  });

  test('counts each day in Korea, and only the last fourteen', async () => {
    await fill({ deliveries: 4000, now: now() });
    const [telegram, twitter, ...rest] = await chart();
    expect(rest).toEqual([]);
    expect(telegram?.channel).toBe('telegram');
    expect(telegram?.days).toHaveLength(14);
    expect(telegram?.days.at(-1)?.day).toBe('2026-11-22');
    expect(telegram?.days[0]?.day).toBe('2026-11-09');
    // A hundred a day, half of them here; today has had twelve hours.
    expect(telegram?.days[5]).toEqual({ day: '2026-11-14', sent: 50, failed: 0 });
    expect(twitter?.days[5]).toEqual({ day: '2026-11-14', sent: 49, failed: 1 });
    expect(telegram?.days.at(-1)?.sent).toBeLessThan(30);
  });

  test('is told in words and as a table too', async () => {
    await fill({ deliveries: 4000, now: now() });
    const page = await owner.page('/admin/deliveries');
    expect(page).toMatch(/aria-label="텔레그램: 14일 동안 보냄 6\d\d, 못 보냄 0, 기다림 0"/);
    expect(page).toMatch(/<th scope="row">11월 14일 \(토\)<\/th><td class="number">50</);
    expect(page).toContain('<rect class="ok" fill="currentColor"');
  });

  test('takes a failure back when it is sent again', async () => {
    await die('a');
    expect((await chart())[0]?.days.at(-1)).toMatchObject({ sent: 0, failed: 1 });
    await owner.submit('/admin/deliveries/1/again');
    expect(await chart()).toMatchObject([{ channel: 'twitter', waiting: 1 }]);
    expect((await chart())[0]?.days.at(-1)).toMatchObject({ sent: 0, failed: 0 });
  });

  test('forgets what is older than forty days, with the deliveries', async () => {
    await fill({ deliveries: 400, now: now() });
    await desk.harness.cron(now() + 45 * DAY_MS);
    await desk.harness.settle(now() + DAY_MS);
    const hours = desk.harness.env.DB.prepare(`SELECT count(*) AS n FROM delivery_hours`);
    expect(await hours.first('n')).toBe(0);
  });
});

describe('what could not be sent', () => {
  test('is listed without a word of it, and sent again when told so', async () => {
    await connect(desk, owner, bot);
    await desk.harness.world.x.say(hana, '안녕하세요', { envelope: 'xaa' });
    await die('a');
    await die('b', '둘째');
    owner = await logIn(desk);
    const page = await owner.page('/admin/deliveries');
    expect(page).toContain('retry 503');
    expect(page).not.toContain('안녕 비밀');
    await owner.submit('/admin/deliveries/again');
    expect(await owner.page('/admin/deliveries')).toContain('2개를 다시 보내고 있어요');
    await desk.harness.settle();
    const said = desk.harness.world.x.conversation(hana).map(({ text }) => text);
    expect(said.filter((text) => text === '안녕 비밀')).toHaveLength(1);
    expect(said.filter((text) => text === '둘째')).toHaveLength(1);
  });

  test('is dropped one by one, after a question', async () => {
    await die('a');
    await die('b');
    const path = /href="(\/admin\/deliveries\/\d+\/drop)"/.exec(
      await owner.page('/admin/deliveries'),
    );
    const drop = path?.[1] ?? '';
    expect(await owner.page(drop)).toContain('다시는 보내지 않아요');
    expect(await keys()).toHaveLength(2);
    await owner.submit(drop);
    expect(await owner.page('/admin/deliveries')).toContain('버렸어요');
    expect(await keys()).toHaveLength(1);
    await owner.submit(drop);
    expect(await owner.page('/admin/deliveries')).toContain('이미 보냈거나 기다리는 중이에요');
  });

  test('is dropped all at once, after a question that says how many; what waits stays', async () => {
    await die('a');
    await die('b');
    await desk.harness.env.DB.prepare(
      `INSERT INTO deliveries (dedupe_key, channel, account, address, state, due_at, created_at)
       VALUES ('waits', 'telegram', '', '1', 'waiting', 1, 1)`,
    ).run();
    expect(await owner.page('/admin/deliveries/drop')).toContain('보내지 못한 것 2개를');
    await owner.submit('/admin/deliveries/drop');
    expect(await owner.page('/admin/deliveries')).toContain('2개를 버렸어요');
    expect(await keys()).toEqual([{ dedupe_key: 'waits', state: 'waiting' }]);
  });

  test('is not touched by other sites', async () => {
    await die('a');
    const answer = await owner.post('/admin/deliveries/drop', {}, { origin: 'https://a.example' });
    expect(answer.status).toBe(403);
    expect(await keys()).toHaveLength(1);
  });
});
