import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { linkPath } from '../../src/platforms/kakao/link.ts';
import {
  createKakaoDesk,
  type KakaoDesk,
  memos,
  personOf,
  pressOn,
  walkLogin,
} from '../platforms/kakao/kakaoDesk.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createHarness, type Harness } from './harness.ts';
import { halfHour } from './repoPollSteps.ts';
import { chatter, SKILL, turn } from './skillSteps.ts';
import { botMessages, connectTelegram, groupChat, privateChat, write } from './telegramSteps.ts';

const COMMITS = [
  { message: '장미를 심어요', author: '하나' },
  { message: 'Water the roses', author: 'Sam' },
];

// What issue 5 asks to be tried by hand: a repository is watched in the Kakao chat and in Telegram,
// two commits are pushed, half an hour passes.
describe('news of two commits', () => {
  let desk: KakaoDesk;
  let harness: Harness;
  let hana: number;
  let sam: number;
  beforeEach(async () => {
    desk = await createKakaoDesk();
    ({ harness } = desk);
    desk.kakao.connectSkill(SKILL, sandboxSecrets.KAKAO_SKILL_TOKEN);
    await connectTelegram(harness);
    hana = privateChat(harness);
    sam = privateChat(harness, 'en');
  });

  /** Follows the button that the bot shows for `연결` in the Kakao chat. */
  async function linkKakaoTalk(): Promise<void> {
    const { entry } = await turn(harness, '연결');
    const link = new URL(entry?.buttons[0]?.url ?? '');
    const { browser } = await walkLogin(desk, personOf(desk), {
      path: link.pathname + link.search,
    });
    await pressOn(browser, 'tie');
  }

  async function pushAndWait(): Promise<void> {
    harness.world.github.push('hana/garden', 'main', COMMITS);
    await halfHour(harness);
    await halfHour(harness);
  }

  /** The news among what the bot wrote in a chat. */
  const newsIn = (chatId: number) =>
    botMessages(harness, chatId)
      .map(({ text }) => text)
      .filter((text) => /새 커밋 2개|2 new commits/.test(text));

  test('watched in Telegram and in the Kakao chat comes to both, once, with both, in Korean', async () => {
    await write(harness, hana, '구독 hana/garden as 정원');
    await turn(harness, '구독 hana/garden as 뜰');
    await linkKakaoTalk();
    await pushAndWait();
    expect(newsIn(hana)).toEqual([
      expect.stringMatching(/정원.*새 커밋 2개.*Water the roses.*장미를 심어요/s),
    ]);
    expect(memos(desk, personOf(desk))).toEqual([
      expect.stringMatching(/뜰.*새 커밋 2개.*Water the roses.*장미를 심어요/s),
    ]);
  });

  test('comes to each person in their own language, and to a group', async () => {
    await write(harness, hana, '구독 hana/garden');
    await write(harness, sam, '/watch hana/garden');
    await write(harness, groupChat(harness), '/watch hana/garden');
    await pushAndWait();
    expect(newsIn(hana)[0]).toContain('새 커밋 2개');
    expect(newsIn(sam)[0]).toContain('2 new commits');
    expect([newsIn(hana), newsIn(sam), newsIn(groupChat(harness))]).toMatchObject(
      [1, 1, 1].map((length) => ({ length })),
    );
  });

  test('comes at once by the webhook of GitHub, and polling adds nothing', async () => {
    const { github } = harness.world;
    github.reachBy((request) => harness.fetch(request));
    await github.connectWebhook(
      'hana/garden',
      'https://soshik.example/webhook/github',
      sandboxSecrets.GITHUB_WEBHOOK_SECRET,
    );
    await write(harness, hana, '구독 hana/garden');
    github.push('hana/garden', 'main', COMMITS);
    await github.settled();
    await harness.settle();
    expect(newsIn(hana)).toHaveLength(1);
    expect(github.deliveries.map(({ event, status }) => [event, status])).toEqual([
      ['ping', 200],
      ['push', 202],
    ]);
    await github.redeliver();
    await harness.settle();
    await halfHour(harness);
    expect(newsIn(hana)).toHaveLength(1);
  });

  test('does not come to somebody who is linked to nothing the bot can reach', async () => {
    await turn(harness, '구독 hana/garden');
    await pushAndWait();
    const rows = await desk.env.DB.prepare('SELECT count(*) AS n FROM deliveries').first('n');
    expect(rows).toBe(0);
    expect((await turn(harness, '상태 1')).entry?.text).toMatch(/Water the roses.*장미를 심어요/s);
  });

  test('comes to the chat by the Event API where that is set up', async () => {
    harness.redeploy({ KAKAO_BOT_ID: desk.kakao.app.bot.id, KAKAO_EVENT_NAME: 'news' });
    await turn(harness, '구독 hana/garden as 뜰');
    await pushAndWait();
    await desk.kakao.settled();
    const told = desk.kakao
      .chat(chatter(harness).id)
      .filter(({ via }) => via === 'event')
      .map(({ text }) => text);
    expect(told).toEqual([expect.stringMatching(/뜰.*새 커밋 2개.*Water the roses/s)]);
  });

  test('comes to a group room by the Event API, once', async () => {
    harness.redeploy({ KAKAO_BOT_ID: desk.kakao.app.bot.id, KAKAO_EVENT_NAME: 'news' });
    const groupKey = desk.kakao.rooms[0]?.key ?? '';
    expect((await turn(harness, '구독 hana/garden as 뜰', { groupKey })).entry?.text).not.toContain(
      '연결',
    );
    await pushAndWait();
    await desk.kakao.settled();
    const told = desk.kakao.chat(groupKey).filter(({ via }) => via === 'event');
    expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/뜰.*새 커밋 2개/s)]);
  });

  test('does not stop at one who blocked the bot: the others are told', async () => {
    await write(harness, hana, '구독 hana/garden');
    await write(harness, sam, '/watch hana/garden');
    await harness.world.telegram.block(hana);
    await harness.settle();
    await pushAndWait();
    expect([newsIn(hana).length, newsIn(sam).length]).toEqual([0, 1]);
  });

  test('comes once to somebody who watches in two chats that share a KakaoTalk', async () => {
    await write(harness, hana, '구독 hana/garden');
    await turn(harness, '구독 hana/garden');
    await linkKakaoTalk();
    const person = await desk.env.DB.prepare(
      `SELECT id FROM people WHERE channel = 'telegram'`,
    ).first<number>('id');
    const path = (await linkPath(desk.ctx, person ?? 0)) ?? '';
    const { browser } = await walkLogin(desk, personOf(desk), { path });
    await pressOn(browser, 'tie');
    await pushAndWait();
    expect(memos(desk, personOf(desk))).toHaveLength(1);
    expect(newsIn(hana)).toEqual([]);
  });

  test('is not told to somebody who stopped watching, or paused it', async () => {
    await write(harness, hana, '구독 hana/garden');
    await write(harness, sam, '/watch hana/garden');
    await write(harness, hana, '해제 1');
    await write(harness, sam, 'pause 1');
    await pushAndWait();
    expect([newsIn(hana), newsIn(sam)]).toEqual([[], []]);
  });
});

describe('a machine that is registered by the API', () => {
  const HOOK = 'https://machine.example/hooks/soshik';
  let harness: Harness;
  let heard: { headers: Record<string, string>; body: string }[];
  beforeEach(async () => {
    heard = [];
    harness = await createHarness({}, ({ runtime }) => ({
      runtime: {
        ...runtime,
        async fetch(request) {
          if (request.url !== HOOK) return runtime.fetch(request);
          heard.push({ headers: Object.fromEntries(request.headers), body: await request.text() });
          return new Response(null, { status: 204 });
        },
      },
    }));
    harness.world.github.addRepository({ owner: 'hana', name: 'garden' });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is told once, signed as the package of Standard Webhooks verifies', async () => {
    const registered = await harness.fetch(
      new Request('https://soshik.example/api/', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${sandboxSecrets.API_KEY}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          id: HOOK,
          type: 'webhook',
          fav_repository: 'hana/garden',
          branch: 'main',
          nick_name: '정원',
        }),
      }),
    );
    const { secret } = await registered.json<{ secret: string }>();
    harness.world.github.push('hana/garden', 'main', COMMITS);
    await halfHour(harness);
    await halfHour(harness);
    expect(heard).toHaveLength(1);
    const [call = { headers: {}, body: '' }] = heard;
    // The package compares the timestamp with its own clock.
    const sentAt = Number(call.headers['webhook-timestamp']) * 1000;
    vi.useFakeTimers({ toFake: ['Date'], now: sentAt });
    const receiver = new Webhook(secret);
    expect(receiver.verify(call.body, call.headers)).toMatchObject({
      type: 'commits',
      data: { nickname: '정원', total: 2, commits: [{}, {}] },
    });
    expect(() => receiver.verify(`${call.body} `, call.headers)).toThrow('signature');
  });
});
