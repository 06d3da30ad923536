import { beforeEach, describe, expect, test } from 'vitest';
import { SECOND_MS } from '../../../src/lib/time.ts';
import { linkPath } from '../../../src/platforms/kakao/link.ts';
import {
  createKakaoDesk,
  type KakaoDesk,
  loginState,
  meetChat,
  ORIGIN,
  personOf,
  pressOn,
  routeOf,
  tell,
  waiting,
  walkLogin,
} from './kakaoDesk.ts';

const ADMIN = 'KakaoAK sandbox-kakao-admin-key';

let desk: KakaoDesk;
let id: string;
beforeEach(async () => {
  desk = await createKakaoDesk();
  id = personOf(desk);
});

async function tieTelegram() {
  const person = await meetChat(desk, 'telegram', '501');
  const path = (await linkPath(desk.ctx, person)) ?? '';
  const { browser } = await walkLogin(desk, id, { path });
  await pressOn(browser, 'tie');
  return { person, browser };
}

async function call(authorization: string | null, userId: string): Promise<Response> {
  return desk.fetch(
    new Request(
      `${ORIGIN}/webhook/kakao/unlink?app_id=1&user_id=${userId}&referrer_type=UNLINK_FROM_APPS`,
      {
        headers: authorization === null ? {} : { authorization },
      },
    ),
  );
}

async function keptTokens(): Promise<string[]> {
  const { keys } = await desk.env.TOKENS.list();
  return keys.map(({ name }) => name);
}

async function keeperKnows(): Promise<string> {
  return (await desk.ctx.keeperOf(`kakao:${id}`).usable()).kind;
}

describe('the unlink webhook', () => {
  test.each(['GET', 'POST'] as const)('deletes the tokens at once (%s)', async (method) => {
    const { person } = await tieTelegram();
    expect((await desk.kakao.unlink(id, { method }))?.status).toBe(200);
    expect(await keptTokens()).toEqual([]);
    expect(await keeperKnows()).toBe('unknown');
    expect(await loginState(desk, id)).toBe('gone UNLINK_FROM_APPS');
    expect(await routeOf(desk, person)).toBe('telegram 501');
  });

  test('keeps what the person wants to hear of', async () => {
    await walkLogin(desk, id);
    await desk.kakao.unlink(id);
    expect(await desk.env.DB.prepare(`SELECT kakao_id FROM people`).first('kakao_id')).toBeNull();
    expect(await desk.env.DB.prepare(`SELECT is_on FROM topics`).first('is_on')).toBe(1);
    await walkLogin(desk, id);
    expect((await tell(desk, id)).kind).toBe('sent');
    expect(await desk.env.DB.prepare(`SELECT count(*) AS n FROM people`).first('n')).toBe(1);
  });

  test('answers 200 for somebody unknown', async () => {
    expect((await call(ADMIN, '777')).status).toBe(200);
  });

  test.each([
    ['nothing', null],
    ['a wrong key', 'KakaoAK sandbox-kakao-admin-kez'],
    ['a blank key', 'KakaoAK '],
    ['another scheme', 'Bearer sandbox-kakao-admin-key'],
  ])('refuses %s and changes nothing', async (_what, authorization) => {
    await walkLogin(desk, id);
    expect((await call(authorization, id)).status).toBe(401);
    expect(await keptTokens()).toEqual([`kakao:${id}`]);
  });

  test.each([undefined, '', ' '])('is closed without an admin key set (%j)', async (adminKey) => {
    desk = await createKakaoDesk({ KAKAO_ADMIN_KEY: adminKey });
    await walkLogin(desk, id);
    for (const authorization of [ADMIN, 'KakaoAK ', 'KakaoAK null', null]) {
      expect((await call(authorization, id)).status).toBe(401);
    }
    expect(await keptTokens()).toEqual([`kakao:${id}`]);
  });

  test('asks for the user it is about', async () => {
    expect((await call(ADMIN, '')).status).toBe(400);
    expect((await call(ADMIN, '../1')).status).toBe(400);
  });

  test('refuses a body that is too large', async () => {
    const request = new Request(`${ORIGIN}/webhook/kakao/unlink`, {
      method: 'POST',
      headers: { authorization: ADMIN },
      body: 'x'.repeat(65 * 1024),
    });
    expect((await desk.fetch(request)).status).toBe(413);
  });
});

describe('an account event', () => {
  test.each([
    ['user-unlinked', 'gone user-unlinked'],
    ['account-disabled', 'gone account-disabled'],
    ['tokens-revoked', 'log-in-again tokens-revoked'],
    ['user-scope-withdraw', 'log-in-again user-scope-withdraw'],
    ['credential-compromise', 'log-in-again credential-compromise'],
    ['sessions-revoked', 'log-in-again sessions-revoked'],
  ] as const)('%s deletes the tokens at once', async (kind, state) => {
    await walkLogin(desk, id);
    expect((await desk.kakao.securityEvent(id, kind))?.status).toBe(202);
    expect(await keptTokens()).toEqual([]);
    expect(await keeperKnows()).toBe('unknown');
    expect(await loginState(desk, id)).toBe(state);
  });

  test('after which the person can come back is told by the chat, which stays tied', async () => {
    const { person } = await tieTelegram();
    await desk.kakao.securityEvent(id, 'tokens-revoked');
    await desk.kakao.securityEvent(id, 'tokens-revoked');
    expect(await waiting(desk)).toEqual([
      expect.stringMatching(/^telegram 501: 카카오 로그인이 끝나서/),
    ]);
    await walkLogin(desk, id);
    expect(await routeOf(desk, person)).toBe(`kakaotalk ${id}`);
  });

  test.each(['user-linked', 'user-profile-changed', 'account-enabled'] as const)(
    '%s is taken and changes nothing',
    async (kind) => {
      await walkLogin(desk, id);
      expect((await desk.kakao.securityEvent(id, kind))?.status).toBe(202);
      expect(await loginState(desk, id)).toBe('connected');
    },
  );

  test.each([
    ['for another app', { aud: 'fake-other-app' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['from last week', { iat: Math.floor(Date.UTC(2026, 10, 15) / SECOND_MS) }],
  ])('%s is refused and changes nothing', async (_what, claims) => {
    await walkLogin(desk, id);
    expect((await desk.kakao.securityEvent(id, 'user-unlinked', claims))?.status).toBe(400);
    expect(await loginState(desk, id)).toBe('connected');
  });

  test('is asked for again when the keys cannot be fetched', async () => {
    await walkLogin(desk, id);
    desk.faults.add({ host: 'kauth.kakao.com', kind: 'network' });
    expect((await desk.kakao.securityEvent(id, 'user-unlinked'))?.status).toBe(503);
  });

  test('that is no token at all is refused', async () => {
    const request = new Request(`${ORIGIN}/webhook/kakao/events`, { method: 'POST', body: '{}' });
    expect((await desk.fetch(request)).status).toBe(400);
  });
});

describe('leaving', () => {
  test('by logging out kills the tokens at Kakao and here', async () => {
    const { browser } = await walkLogin(desk, id);
    const answer = await pressOn(browser, 'logout');
    expect(answer.headers.get('location')).toBe('/login/kakao/news?left=both');
    expect(await browser.page('/login/kakao/news?left=both')).toContain('토큰을 모두 지웠어요');
    expect(await keptTokens()).toEqual([]);
    expect(await loginState(desk, id)).toBe('gone logout');
    expect(desk.kakao.scopes(id)).toContain('talk_message');
    expect(await tell(desk, id)).toMatchObject({ kind: 'wait' });
  });

  test('by unlinking ends the consent at Kakao too', async () => {
    const { browser } = await walkLogin(desk, id);
    await pressOn(browser, 'unlink');
    expect(desk.kakao.scopes(id)).toEqual([]);
    expect(await loginState(desk, id)).toBe('gone unlink');
  });

  test('works here even when Kakao is away, and says what is left to do', async () => {
    const { browser } = await walkLogin(desk, id);
    desk.faults.add({ host: 'kapi.kakao.com', kind: 'status', status: 503 });
    const answer = await pressOn(browser, 'unlink');
    expect(await browser.page(answer.headers.get('location') ?? '')).toContain(
      '연결된 서비스 관리',
    );
    expect(await keptTokens()).toEqual([]);
  });
});

test('pages let nothing in from elsewhere and leave no trace', async () => {
  const { browser } = await walkLogin(desk, id);
  const { headers } = await browser.get('/login/kakao/news');
  expect(headers.get('content-security-policy')).toContain(`default-src 'none'`);
  expect(headers.get('content-security-policy')).toContain(`form-action 'self';`);
  expect(headers.get('cache-control')).toBe('no-store');
});
