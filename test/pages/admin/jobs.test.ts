import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { nextSlot, weekly } from '../../../src/bot/jobs/job.ts';
import { jobsOf } from '../../../src/bot/jobs/table.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { rooms } from '../../../src/wire.ts';
import { posts, SATURDAY } from '../../worker/harness.ts';
import { calendar } from '../../worker/netflixWeeklySteps.ts';
import { type Browser, connect, createBrowser, createDesk, type Desk, logIn } from './desk.ts';

const bot = '1700000000000000001';
const stateSchema = v.object({
  slot: v.number(),
  isActive: v.boolean(),
  jobs: v.array(
    v.object({
      id: v.string(),
      badge: v.object({ state: v.string(), text: v.string() }),
      lines: v.string(),
      done: v.number(),
      total: v.number(),
    }),
  ),
});

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk({ TMDB_TOKEN: undefined });
  owner = await logIn(desk);
});

async function pathOf(job: string): Promise<string> {
  const page = await owner.page('/admin/jobs');
  return new RegExp(`/admin/jobs/${job}/run/\\d+`).exec(page)?.[0] ?? `no button for ${job}`;
}

async function stateOf(job: string) {
  const answer = await owner.get('/admin/jobs/state.json');
  const { isActive, jobs: all } = v.parse(stateSchema, await answer.json());
  return { isActive, ...all.find(({ id }) => id === job) };
}

async function runs(job: string): Promise<unknown[]> {
  const { results } = await desk.harness.env.DB.prepare(
    `SELECT state, attempts FROM runs WHERE job = ?1 ORDER BY slot`,
  )
    .bind(job)
    .all();
  return results;
}

describe('the jobs page', () => {
  test('tells when each job runs next, and that none has run yet', async () => {
    const page = await owner.page('/admin/jobs');
    const byClock = jobsOf(rooms).filter(({ schedule }) => schedule !== null);
    expect(page).toContain(`할 일 ${byClock.length}가지`);
    for (const { id } of byClock) expect(page).toContain(`data-job="${id}"`);
    // Saturday 09:00 in Korea.
    expect(page).toMatch(
      /토요일 넷플릭스 글<\/strong><small>다음 <time[^>]*>11월 28일 \(토\) 09:00/,
    );
    expect(page).toContain('아직 한 적이 없어요');
  });

  test('runs a job at once, and tells what it did', async () => {
    await owner.submit(await pathOf('sweep'));
    expect(await owner.page('/admin/jobs')).toContain('밀린 일 다시 보내기: 시작했어요.');
    expect(await stateOf('sweep')).toMatchObject({ isActive: true, badge: { text: '하는 중' } });
    await desk.harness.settle();
    expect(await stateOf('sweep')).toMatchObject({ isActive: false, badge: { state: 'ok' } });
    expect(await runs('sweep')).toEqual([{ state: 'done', attempts: 1 }]);
  });

  test('does nothing twice when a button is pressed twice', async () => {
    const path = await pathOf('collect');
    await owner.submit(path);
    await owner.submit(path);
    expect(await owner.page('/admin/jobs')).toContain('소식 모으기: 이미 시작했어요.');
    await desk.harness.settle();
    await owner.submit(path);
    await desk.harness.settle();
    expect(await runs('collect')).toEqual([{ state: 'done', attempts: 1 }]);
  });

  test('asks before posts go out, and shows how many of them have gone', async () => {
    calendar(desk.harness, '달 & 파도', '남극 분식집 Ⅲ');
    await connect(desk, owner, bot);
    desk.harness.world.clock.advance(SATURDAY - HOUR_MS - desk.harness.runtime.now());
    owner = await logIn(desk);
    const path = await pathOf('netflix-weekly');
    expect(await owner.page(path)).toContain('올린 글은 여기서 되돌릴 수 없어요');
    await owner.submit(path);
    expect(posts(desk.harness)).toEqual([]);
    await desk.harness.settle();
    expect(await stateOf('netflix-weekly')).toMatchObject({
      done: 2,
      total: 2,
      lines: expect.stringContaining('보냄 2 / 2'),
    });
    await desk.harness.cron(SATURDAY);
    await desk.harness.settle();
    expect(posts(desk.harness)).toHaveLength(2);
  });

  test('shows how far a run has come', async () => {
    const { DB } = desk.harness.env;
    await DB.batch(
      [
        `INSERT INTO runs (job, slot, state, leased_until, started_at, finished_at, counts)
         VALUES ('menu', 5, 'done', 0, 5, 6, '{"told":3}')`,
        `INSERT INTO deliveries (dedupe_key, channel, account, address, run, state, due_at, created_at, finished_at)
         VALUES ('1', 'telegram', '', '1', 'menu@5', 'sent', 1, 1, 2),
                ('2', 'telegram', '', '2', 'menu@5', 'gone', 1, 1, 2),
                ('3', 'telegram', '', '3', 'menu@5', 'waiting', 1, 1, NULL),
                ('4', 'telegram', '', '4', 'menu@4', 'waiting', 1, 1, NULL)`,
      ].map((sql) => DB.prepare(sql)),
    );
    expect(await stateOf('menu')).toMatchObject({ isActive: true, done: 2, total: 3 });
    expect(await owner.page('/admin/jobs')).toContain('<progress value="2" max="3"');
  });

  test.each([
    ['07:45', Date.UTC(2026, 10, 22, 22, 45), '2026-11-23', 'breakfast'],
    ['10:00', Date.UTC(2026, 10, 23, 1), '2026-11-23', 'lunch'],
    ['13:00', Date.UTC(2026, 10, 23, 4), '2026-11-23', 'lunch'],
    ['20:30', Date.UTC(2026, 10, 23, 11, 30), '2026-11-24', 'breakfast'],
  ])(
    'started at %s the menu tells the meal that is on or comes next',
    async (_at, atMs, day, meal) => {
      const { world, env } = desk.harness;
      world.clock.advance(atMs - desk.harness.runtime.now());
      world.neis.setMeals(day, { breakfast: '우유', lunch: '비빔밥', dinner: '김밥' });
      await env.DB.batch(
        [
          `INSERT INTO people (channel, address, language, created_at)
         VALUES ('telegram', '1', 'ko', 1)`,
          `INSERT INTO topics (topic, person, is_on, changed_at) SELECT 'menu', id, 1, 1 FROM people`,
        ].map((sql) => env.DB.prepare(sql)),
      );
      owner = await logIn(desk);
      const path = await pathOf('menu');
      expect(await owner.page(path)).toContain('이미 받은 사람에게는 다시 보내지 않아요');
      await owner.submit(path);
      await desk.harness.settle();
      const { results } = await env.DB.prepare(`SELECT dedupe_key FROM deliveries`).all();
      expect(results).toEqual([{ dedupe_key: `menu:${day}:${meal}:telegram:1` }]);
    },
  );

  test('refuses what a page open for long asks for, and jobs that do not exist', async () => {
    const path = await pathOf('sweep');
    desk.harness.world.clock.advance(16 * MINUTE_MS);
    await owner.submit(path);
    expect(await owner.page('/admin/jobs')).toContain('열어 둔 지 오래된 페이지');
    await owner.submit(path.replace('sweep', 'no-job'));
    expect(await owner.page('/admin/jobs')).toContain('이미 없는 항목이에요');
    expect(await runs('sweep')).toEqual([]);
  });

  test('says so when the queue does not take it', async () => {
    const refusing = desk.harness.env.POLLS;
    desk.harness.redeploy({
      POLLS: { ...refusing, send: () => Promise.reject(new Error('unavailable')) },
    });
    await owner.submit(await pathOf('sweep'));
    expect(await owner.page('/admin/jobs')).toContain('대기열이 받지 않았어요');
    expect(await runs('sweep')).toEqual([{ state: 'failed', attempts: 0 }]);
  });

  test('answers its script with the state after a press', async () => {
    const path = await pathOf('sweep');
    const csrf = /name="csrf" value="([^"]+)"/.exec(await owner.page('/admin/jobs'))?.[1] ?? '';
    const answer = await owner.post(path, { csrf }, { accept: 'application/json' });
    expect(answer.status).toBe(200);
    expect(v.parse(stateSchema, await answer.json()).isActive).toBe(true);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('lets a script of ours run on this page only', async () => {
    const policyOf = async (path: string) =>
      (await owner.get(path)).headers.get('content-security-policy');
    expect(await policyOf('/admin/jobs')).toContain(`script-src 'self'; connect-src 'self'`);
    expect(await policyOf('/admin')).not.toContain('script-src');
    expect(await owner.page('/admin/jobs')).toContain('<script src="/jobs.js" defer=""></script>');
  });

  test('shows and starts nothing for others', async () => {
    const path = await pathOf('sweep');
    expect((await createBrowser(desk).get('/admin/jobs/state.json')).status).toBe(303);
    expect((await owner.post(path, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await runs('sweep')).toEqual([]);
  });
});

test.each([
  ['just before', SATURDAY - 1, SATURDAY],
  ['at it', SATURDAY, SATURDAY + 7 * 24 * HOUR_MS],
  ['in the week', SATURDAY + HOUR_MS, SATURDAY + 7 * 24 * HOUR_MS],
])('the next slot %s is the one after', (_when, now, next) => {
  expect(nextSlot(weekly('sat', 0), now)).toBe(next);
});
