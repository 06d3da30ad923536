import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { notice } from '../../../src/bot/notice/notice.ts';
import { DAY_MS, HOUR_MS } from '../../../src/lib/time.ts';
import { linkPath } from '../../../src/platforms/kakao/link.ts';
import { kakaoKeeperKey } from '../../../src/platforms/kakao/settings.ts';
import { keepKakaoAlive } from '../../../src/platforms/kakao/upkeep.ts';
import {
  createKakaoDesk,
  type KakaoDesk,
  loginState,
  meetChat,
  memos,
  personOf,
  pressOn,
  routeOf,
  tell,
  waiting,
  walkLogin,
} from './kakaoDesk.ts';

const TOKEN = { host: 'kauth.kakao.com', path: '/oauth/token' } as const;

let desk: KakaoDesk;
let id: string;
beforeEach(async () => {
  desk = await createKakaoDesk();
  id = personOf(desk);
});

/** Somebody of Telegram whose news goes to their KakaoTalk. */
async function tieTelegram(): Promise<number> {
  const person = await meetChat(desk, 'telegram', '501');
  const path = (await linkPath(desk.ctx, person)) ?? '';
  const { browser } = await walkLogin(desk, id, { path });
  await pressOn(browser, 'tie');
  return person;
}

async function endOfLogin(): Promise<number | null> {
  const status = await desk.ctx.keeperOf(kakaoKeeperKey(id)).status();
  return status.kind === 'known' ? (status.login?.refreshExpiresAt ?? null) : null;
}

const refreshes = () => desk.calls.filter((call) => call === 'POST /oauth/token').length;

/** Upkeep does its daily run. */
async function days(count: number): Promise<void> {
  for (let day = 0; day < count; day++) {
    desk.clock.advance(DAY_MS);
    await keepKakaoAlive(desk.ctx);
  }
}

describe('tokens', () => {
  test('KV holds no plaintext', async () => {
    await walkLogin(desk, id);
    desk.clock.advance(7 * HOUR_MS);
    await tell(desk, id);
    const { keys } = await desk.env.TOKENS.list({ prefix: 'kakao:' });
    expect(keys.map(({ name }) => name)).toEqual([`kakao:${id}`]);
    const kept = (await desk.env.TOKENS.get(`kakao:${id}`)) ?? '';
    const sealed = /^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/;
    expect(kept).toMatch(sealed);
    const secrets = [...desk.tokens.access, ...desk.tokens.refresh];
    expect(secrets.length).toBeGreaterThan(1);
    for (const secret of secrets) {
      expect(kept).not.toContain(secret);
      expect(
        atob(kept.split('.')[3]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
      ).not.toContain(secret);
    }
  });

  test('are renewed before a send when six hours have passed', async () => {
    await walkLogin(desk, id);
    desk.clock.advance(6 * HOUR_MS);
    expect((await tell(desk, id)).kind).toBe('sent');
    expect(refreshes()).toBe(2);
    expect(desk.kakao.refusals).toEqual([]);
  });

  test('that Kakao ended early are renewed once and the message still goes', async () => {
    await walkLogin(desk, id);
    desk.faults.add({
      host: 'kapi.kakao.com',
      kind: 'status',
      status: 401,
      body: { code: -401, msg: 'this access token does not exist' },
    });
    expect((await tell(desk, id)).kind).toBe('sent');
    expect(memos(desk, id)).toHaveLength(1);
    expect(refreshes()).toBe(2);
  });

  test('a refresh answer without refresh token keeps the old one, with its end', async () => {
    await walkLogin(desk, id);
    const end = await endOfLogin();
    for (let day = 0; day < 3; day++) {
      desk.clock.advance(DAY_MS);
      expect((await tell(desk, id)).kind).toBe('sent');
    }
    expect(desk.tokens.refresh).toHaveLength(3);
    expect(new Set(desk.tokens.refresh).size).toBe(1);
    expect(await endOfLogin()).toBe(end);
  });

  test('rotation in the last month keeps the new refresh token', async () => {
    await walkLogin(desk, id);
    const end = (await endOfLogin()) ?? 0;
    desk.clock.advance(35 * DAY_MS);
    await tell(desk, id);
    expect(await endOfLogin()).toBeGreaterThan(end + 30 * DAY_MS);
    desk.clock.advance(55 * DAY_MS);
    expect((await tell(desk, id)).kind).toBe('sent');
    expect(new Set(desk.tokens.refresh).size).toBe(2);
  });

  test('rotation keeps the new one even when the answer is lost once', async () => {
    await walkLogin(desk, id);
    desk.clock.advance(35 * DAY_MS);
    desk.faults.add({ ...TOKEN, kind: 'network' });
    expect((await tell(desk, id)).kind).toBe('sent');
    desk.clock.advance(55 * DAY_MS);
    expect((await tell(desk, id)).kind).toBe('sent');
  });

  test('an answer without a new refresh token may get lost at no cost', async () => {
    await walkLogin(desk, id);
    desk.clock.advance(10 * DAY_MS);
    desk.faults.add({ ...TOKEN, kind: 'lost-answer' });
    expect((await tell(desk, id)).kind).toBe('sent');
    desk.clock.advance(10 * DAY_MS);
    expect((await tell(desk, id)).kind).toBe('sent');
  });

  test('a new refresh token that is lost on its way cannot be had again: the person is told', async () => {
    await tieTelegram();
    desk.clock.advance(35 * DAY_MS);
    desk.faults.add({ ...TOKEN, kind: 'lost-answer' });
    expect((await tell(desk, id)).kind).toBe('wait');
    expect(await loginState(desk, id)).toBe('log-in-again answer-lost');
    expect(await waiting(desk)).toEqual([
      expect.stringMatching(/^telegram 501: 카카오 로그인이 끝나서/),
    ]);
  });

  test('T-10: the owner is told, once, where the person has no chat to be told in', async () => {
    const untold = () =>
      desk.env.DB.prepare(`SELECT kind FROM owner_news WHERE kind LIKE 'kakao%'`).all();
    await walkLogin(desk, id);
    desk.clock.advance(35 * DAY_MS);
    desk.faults.add({ ...TOKEN, kind: 'lost-answer' });
    expect((await tell(desk, id)).kind).toBe('wait');
    expect((await tell(desk, id)).kind).toBe('wait');
    expect(await loginState(desk, id)).toBe('log-in-again answer-lost');
    expect((await untold()).results).toEqual([{ kind: 'kakao-login-over' }]);
    const texts = desk.ctx.platforms.flatMap(
      ({ newsText }) => newsText?.({ kind: 'kakao-login-over', detail: {} })?.ko ?? [],
    );
    expect(texts).toEqual([expect.stringContaining('로그인이 끝나서 소식이 멈췄어요')]);
    // Somebody with a chat is told there, and the owner nothing.
    await desk.env.DB.exec(`DELETE FROM owner_news`);
    await tieTelegram();
    desk.clock.advance(35 * DAY_MS);
    desk.faults.add({ ...TOKEN, kind: 'lost-answer' });
    await tell(desk, id);
    expect((await untold()).results).toEqual([]);
  });

  test('50 concurrent sends at expiry refresh once', async () => {
    await walkLogin(desk, id);
    desk.clock.advance(6 * HOUR_MS);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => tell(desk, id, { id: `message-${index}` })),
    );
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(memos(desk, id)).toHaveLength(50);
    expect(refreshes()).toBe(2);
  });
});

describe('two months pass', () => {
  test('with upkeep: messages go on', async () => {
    await walkLogin(desk, id);
    for (let day = 0; day < 65; day++) {
      desk.clock.advance(DAY_MS);
      expect((await keepKakaoAlive(desk.ctx)).failures).toEqual([]);
    }
    expect((await tell(desk, id)).kind).toBe('sent');
    expect(refreshes()).toBeLessThan(10);
    expect(await waiting(desk)).toEqual([]);
  });

  test('without upkeep: the person is told to log in again, once, by the chat that still works', async () => {
    const person = await tieTelegram();
    desk.clock.advance(61 * DAY_MS);
    expect(await tell(desk, id)).toMatchObject({ kind: 'wait' });
    expect(await tell(desk, id)).toMatchObject({ kind: 'wait' });
    expect(await loginState(desk, id)).toBe('log-in-again expired');
    expect(await routeOf(desk, person)).toBe('telegram 501');
    expect(await waiting(desk)).toHaveLength(1);
    const told = await desk.env.DB.prepare(`SELECT notice FROM deliveries`).first<string>('notice');
    expect(v.parse(notice, JSON.parse(told ?? ''))).toMatchObject({
      kind: 'text',
      links: [{ label: '카카오로 로그인', url: 'https://soshik.example/login/kakao' }],
    });
  });

  test('and a new login makes the news go to KakaoTalk again, without a link', async () => {
    const person = await tieTelegram();
    desk.clock.advance(61 * DAY_MS);
    await tell(desk, id);
    await walkLogin(desk, id);
    expect(await routeOf(desk, person)).toBe(`kakaotalk ${id}`);
    expect((await tell(desk, id)).kind).toBe('sent');
  });

  test('without upkeep but with use: messages go on', async () => {
    await walkLogin(desk, id);
    for (let week = 0; week < 12; week++) {
      desk.clock.advance(7 * DAY_MS);
      expect((await tell(desk, id)).kind).toBe('sent');
    }
  });
});

describe('upkeep', () => {
  test('warns by the chat a week before the end when Kakao does not renew, once', async () => {
    await tieTelegram();
    await days(35 - 7);
    desk.faults.add({ ...TOKEN, kind: 'status', status: 503, times: 500 });
    await days(52 - 28);
    expect(await waiting(desk)).toEqual([]);
    await days(6);
    expect(await waiting(desk)).toEqual([
      'telegram 501: 카카오 로그인이 1월 21일 (목)에 끝나요. 그 전에 다시 로그인하면 소식이 끊기지 않아요.',
    ]);
  });

  test('warns by KakaoTalk itself while that works', async () => {
    await tieTelegram();
    const body = { token_type: 'bearer', access_token: 'fake-access', expires_in: 21_599 };
    desk.faults.add({ ...TOKEN, kind: 'status', status: 200, body, times: 500 });
    await days(55);
    expect(await waiting(desk)).toEqual([expect.stringMatching(/^kakaotalk \d+: 카카오 로그인이/)]);
  });

  test('tells who has to log in again, and who has no chat costs nothing', async () => {
    await walkLogin(desk, id);
    desk.kakao.revokeTokens(id);
    await days(31);
    expect(await loginState(desk, id)).toBe('log-in-again refused');
    expect(await waiting(desk)).toEqual([]);
    const calls = desk.calls.length;
    await days(3);
    expect(desk.calls).toHaveLength(calls);
  });

  test('leaves no login behind though others fail before it', async () => {
    await walkLogin(desk, id);
    await walkLogin(desk, personOf(desk, 'en'));
    desk.faults.add({ ...TOKEN, kind: 'status', status: 503, times: 2 });
    desk.clock.advance(31 * DAY_MS);
    const kept = await keepKakaoAlive(desk.ctx);
    expect(kept.failures).toHaveLength(1);
    expect(kept.counts).toEqual({ kakaoLogins: 2 });
    desk.clock.advance(DAY_MS);
    expect((await keepKakaoAlive(desk.ctx)).failures).toEqual([]);
  });

  test('asks for nothing where nobody logged in', async () => {
    expect(await keepKakaoAlive(desk.ctx)).toEqual({
      counts: { kakaoLogins: 0 },
      failures: [],
      hasMore: false,
    });
    expect(desk.calls).toEqual([]);
  });
});
