import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { botMessages, connectTelegram, privateChat, write } from '../../worker/telegramSteps.ts';
import { type Browser, createDesk, csrfOf, type Desk, logIn } from './desk.ts';

let desk: Desk;
let owner: Browser;
let chat: number;
beforeEach(async () => {
  desk = await createDesk();
  await connectTelegram(desk.harness);
  chat = privateChat(desk.harness);
  await write(desk.harness, chat, '도움말');
  owner = await logIn(desk);
});

/** The tests that arrived in the chat. */
function arrived(): string[] {
  return botMessages(desk.harness, chat)
    .map(({ text }) => text)
    .filter((text) => text.includes('시험 메시지예요'));
}

/** Presses the first button of a page that leads to such an address, and opens what it leads to. */
async function press(page: string, to: RegExp): Promise<string> {
  const text = await owner.page(page);
  const [, action = ''] = new RegExp(`action="(${to.source})"`).exec(text) ?? [];
  const answer = await owner.post(action, { csrf: csrfOf(text) });
  return owner.page(answer.headers.get('location') ?? '');
}

const TO_PERSON = /\/admin\/messages\/test\/\d+/;

describe('a test message', () => {
  test('goes to a person as news does, and the log shows it as a test', async () => {
    const done = await press('/admin/people', TO_PERSON);
    expect(arrived()).toHaveLength(1);
    expect(done).toContain('시험 메시지를 보냈어요');
    expect(done).toContain('<h2>시험 메시지</h2>');
    expect(await owner.page('/admin/messages')).toMatch(
      /<a href="\/admin\/messages\/\d+">시험 메시지</,
    );
  });

  test('goes where a message of the log went, and not where a reply went: that is forgotten', async () => {
    await press('/admin/people', TO_PERSON);
    const [tried = 0, reply = 0] = await ids();
    const done = await press(`/admin/messages/${tried}`, /\/admin\/messages\/\d+\/test/);
    expect(done).toContain('시험 메시지를 보냈어요');
    expect(arrived()).toHaveLength(2);
    expect(await owner.page(`/admin/messages/${reply}`)).not.toContain('/test"');
    await owner.submit(`/admin/messages/${reply}/test`);
    expect(await owner.page('/admin/messages')).toContain('이미 없는 항목이에요');
    expect(arrived()).toHaveLength(2);
  });

  test('goes to the owner’s chat of a channel, where there is one', async () => {
    expect(await owner.page('/admin/messages')).toMatch(
      /아직 주인의 대화가 없는 통로<\/strong><small>[^<]*텔레그램/,
    );
    const page = await (await owner.submit('/admin/owner')).text();
    await write(desk.harness, chat, `주인 ${/주인 ([A-Z0-9]{8})/.exec(page)?.[1]}`);
    const done = await press('/admin/messages', /\/admin\/messages\/test\?channel=telegram/);
    expect(done).toContain('시험 메시지를 보냈어요');
    expect(arrived()).toHaveLength(1);
  });

  test('that the platform refuses says so in words', async () => {
    await desk.harness.world.telegram.block(chat);
    const done = await press('/admin/people', TO_PERSON);
    expect(done).toContain('플랫폼이 시험 메시지를 받지 않았어요');
    expect(done).toContain('이 사람에게 더는 닿지 않아요');
    expect(arrived()).toEqual([]);
  });

  test('waits with what waits, and is not sent an hour later', async () => {
    const { DB } = desk.harness.env;
    const now = desk.harness.runtime.now();
    await DB.prepare(
      `INSERT INTO waits VALUES ('telegram', '', '', ?1, 'no-answer', 'trouble', 1, ?2)`,
    )
      .bind(now + 2 * HOUR_MS, now)
      .run();
    expect(await press('/admin/people', TO_PERSON)).toContain('차례를 기다려요');
    await desk.harness.settle(now + 3 * HOUR_MS);
    expect(arrived()).toEqual([]);
  });

  test('goes three times to one person in ten minutes, and to nobody for another site', async () => {
    for (let time = 0; time < 4; time += 1) {
      await press('/admin/people', TO_PERSON);
      desk.harness.world.clock.advance(MINUTE_MS);
    }
    expect(arrived()).toHaveLength(3);
    expect(await press('/admin/people', TO_PERSON)).toContain('너무 자주 보냈어요');
    desk.harness.world.clock.advance(10 * MINUTE_MS);
    const forged = await owner.post(
      '/admin/messages/test/1',
      {},
      { origin: 'https://evil.example' },
    );
    expect(forged.status).toBe(403);
    expect((await owner.post('/admin/messages/test/1', { csrf: 'x' })).status).toBe(403);
    expect(arrived()).toHaveLength(3);
  });

  test('goes nowhere where the bot cannot write first', async () => {
    await desk.harness.env.DB.exec(`UPDATE people SET channel = 'kakao'`);
    desk.harness.redeploy({ KAKAO_BOT_ID: undefined });
    expect(await press('/admin/people', TO_PERSON)).toContain('먼저 말을 걸 수 없어서');
    expect(await ids()).toHaveLength(1);
  });
});

/** Ids of all that was said, the newest first. */
async function ids(): Promise<number[]> {
  const { results } = await desk.harness.env.DB.prepare(
    `SELECT id FROM deliveries ORDER BY id DESC`,
  ).all<{ id: number }>();
  return results.map(({ id }) => id);
}
