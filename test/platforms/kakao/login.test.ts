import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/time.ts';
import { linkPath } from '../../../src/platforms/kakao/link.ts';
import { createBrowser } from '../../pages/admin/desk.ts';
import {
  createKakaoDesk,
  type KakaoDesk,
  loginState,
  meetChat,
  memos,
  ORIGIN,
  personOf,
  pressOn,
  routeOf,
  tell,
  walkLogin,
} from './kakaoDesk.ts';

let desk: KakaoDesk;
beforeEach(async () => {
  desk = await createKakaoDesk();
});

async function linkFor(person: number): Promise<string> {
  const path = await linkPath(desk.ctx, person);
  if (path === null) throw new Error('no link');
  return path;
}

async function topics(): Promise<unknown[]> {
  const { results } = await desk.env.DB.prepare(
    `SELECT people.channel, people.kakao_id, topics.topic, topics.is_on
     FROM topics JOIN people ON people.id = topics.person`,
  ).all();
  return results;
}

/** A login begun in a browser of its own, up to Kakao's page. */
async function stateOf(path: string) {
  const browser = createBrowser(desk);
  const started = await browser.get(path);
  return { browser, there: started.headers.get('location') ?? '' };
}

describe('a direct login', () => {
  test('makes the menu come by KakaoTalk, and says what happens next', async () => {
    const id = personOf(desk);
    const { browser, back } = await walkLogin(desk, id);
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toBe('/login/kakao/news');
    expect(await topics()).toEqual([
      { channel: 'kakaotalk', kakao_id: id, topic: 'menu', is_on: 1 },
    ]);
    const page = await browser.page('/login/kakao/news');
    expect(page).toContain('나와의 채팅');
    expect(page).toContain('식단을 아침, 점심, 저녁');
    expect((await tell(desk, id)).kind).toBe('sent');
    expect(memos(desk, id)).toEqual(['점심이에요']);
  });

  test('asks for messages only, with the exact address of the callback', async () => {
    const started = await createBrowser(desk).get('/login/kakao?friends=1');
    const asked = new URL(started.headers.get('location') ?? '').searchParams;
    expect(asked.get('scope')).toBe('talk_message');
    expect(asked.get('redirect_uri')).toBe(`${ORIGIN}/login/kakao/callback`);
    expect(asked.get('state')).toMatch(/^[\w-]{43}$/);
  });

  test('asks for friends when that is wanted and the owner allows it', async () => {
    desk = await createKakaoDesk({ KAKAO_SEND_TO_FRIENDS: 'true' });
    const scopeOf = async (path: string) => {
      const started = await createBrowser(desk).get(path);
      return new URL(started.headers.get('location') ?? '').searchParams.get('scope');
    };
    expect(await scopeOf('/login/kakao')).toBe('talk_message');
    expect(await scopeOf('/login/kakao?friends=1')).toBe('talk_message,friends');
  });

  test('X-5: whose callback is opened once more is done already, in this browser only', async () => {
    const { browser } = await walkLogin(desk, personOf(desk));
    const callback = '/login/kakao/callback?code=used&state=used';
    const again = await browser.get(callback);
    expect([again.status, again.headers.get('location')]).toEqual([303, '/login/kakao/news']);
    expect(await browser.page('/login/kakao/news')).toContain('나와의 채팅');
    expect((await createBrowser(desk).get(callback)).status).toBe(403);
  });

  test('again keeps what the person switched off', async () => {
    const id = personOf(desk);
    const { browser } = await walkLogin(desk, id);
    expect((await pressOn(browser, 'news', { menu: 'off' })).status).toBe(303);
    expect(await browser.page('/login/kakao/news')).toContain('식단을 보내지 않고');
    await walkLogin(desk, id);
    expect(await topics()).toMatchObject([{ topic: 'menu', is_on: 0 }]);
  });

  test('without the consent to messages leads through consent again', async () => {
    const id = personOf(desk);
    const { back, browser } = await walkLogin(desk, id, { scopes: ['profile_nickname'] });
    expect(back.status).toBe(403);
    expect(await back.text()).toContain('동의하러 가기');
    expect(await loginState(desk, id)).toBeNull();
    expect((await desk.env.TOKENS.list()).keys).toEqual([]);
    const again = await walkLogin(desk, id, { browser });
    expect(again.back.status).toBe(303);
    expect(await loginState(desk, id)).toBe('connected');
  });

  test('that the person cancels says so and keeps nothing', async () => {
    const id = personOf(desk);
    const { back } = await walkLogin(desk, id, { deny: true });
    expect(back.status).toBe(400);
    expect(await back.text()).toContain('로그인을 취소했어요');
    expect(await loginState(desk, id)).toBeNull();
  });

  test('reads in English for those who ask for it', async () => {
    const browser = createBrowser(desk, { language: 'en' });
    await walkLogin(desk, personOf(desk, 'en'), { browser });
    expect(await browser.page('/login/kakao/news')).toContain('your own chat in KakaoTalk');
    const row = await desk.env.DB.prepare(`SELECT language FROM people`).first('language');
    expect(row).toBe('en');
  });

  test.each(['KAKAO_REST_API_KEY', 'TOKEN_KEY'])('names the missing %s', async (secret) => {
    desk = await createKakaoDesk({ [secret]: undefined });
    const response = await createBrowser(desk).get('/login/kakao');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain(secret);
  });

  test('with a wrong client secret tells what Kakao says, and no secret', async () => {
    desk = await createKakaoDesk({ KAKAO_CLIENT_SECRET: 'fake-wrong-secret' });
    const { back } = await walkLogin(desk, personOf(desk));
    expect(back.status).toBe(502);
    const page = await back.text();
    expect(page).toContain('Bad client credentials');
    expect(page).not.toContain('fake-wrong-secret');
  });
});

test('the way through consent again leads to the same chat', async () => {
  const id = personOf(desk);
  const person = await meetChat(desk, 'telegram', '501');
  const path = await linkFor(person);
  const { back, browser } = await walkLogin(desk, id, { path, scopes: ['profile_nickname'] });
  const again = /href="(\/login\/kakao\?link=[^"]+)"/.exec(await back.text())?.[1] ?? '';
  await walkLogin(desk, id, { path: again, browser });
  await pressOn(browser, 'tie');
  expect(await routeOf(desk, person)).toBe(`kakaotalk ${id}`);
});

describe('login CSRF', () => {
  test('wrong state: an answer with another state logs nobody in', async () => {
    const id = personOf(desk);
    const { browser, there } = await stateOf('/login/kakao');
    const target = new URL(await desk.kakao.logIn(there, id));
    target.searchParams.set('state', 'x'.repeat(43));
    const response = await browser.get(target.href);
    expect(response.status).toBe(403);
    expect(await loginState(desk, id)).toBeNull();
  });

  test('the answer of a login begun in another browser logs nobody in', async () => {
    const id = personOf(desk);
    const { there } = await stateOf('/login/kakao');
    const target = await desk.kakao.logIn(there, id);
    const victim = await stateOf('/login/kakao');
    expect((await victim.browser.get(target)).status).toBe(403);
    expect((await createBrowser(desk).get(target)).status).toBe(403);
    expect(await loginState(desk, id)).toBeNull();
  });

  test('an answer works once', async () => {
    const id = personOf(desk);
    const { browser, there } = await stateOf('/login/kakao');
    const target = await desk.kakao.logIn(there, id);
    const first = await browser.get(target);
    const exchanges = () => desk.calls.filter((call) => call === 'POST /oauth/token').length;
    const done = exchanges();
    expect(done).toBeGreaterThan(0);
    const second = await browser.get(target);
    expect([first, second].map(({ status }) => status)).toEqual([303, 303]);
    expect(second.headers.get('location')).toBe('/login/kakao/news');
    expect(exchanges()).toBe(done);
  });

  test('an answer after ten minutes is too late', async () => {
    const id = personOf(desk);
    const { browser, there } = await stateOf('/login/kakao');
    const target = await desk.kakao.logIn(there, id);
    desk.clock.advance(10 * MINUTE_MS);
    const response = await browser.get(target);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('시간이 너무 지났어요');
  });

  test('another site cannot begin a login by itself', async () => {
    const response = await createBrowser(desk).get('/login/kakao', {
      'sec-fetch-site': 'cross-site',
    });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie().join()).not.toContain('soshik-kakao-login');
    expect(await response.text()).toContain('href="/login/kakao"');
  });

  test.each(['news', 'tie', 'logout', 'unlink'])(
    'a form of another site does nothing (%s)',
    async (action) => {
      const id = personOf(desk);
      const { browser } = await walkLogin(desk, id);
      const page = await browser.page('/login/kakao/news');
      const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const post = (fields: Readonly<Record<string, string>>, headers: HeadersInit = {}) =>
        browser.post(`/login/kakao/${action}`, { menu: 'off', ...fields }, headers);
      const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      expect((await post({ csrf }, foreign)).status).toBe(403);
      expect((await post({})).status).toBe(403);
      expect((await post({ csrf: `${csrf}x` })).status).toBe(403);
      browser.cookies.clear();
      expect((await post({ csrf })).status).toBe(403);
      expect(await topics()).toMatchObject([{ is_on: 1 }]);
      expect(await loginState(desk, id)).toBe('connected');
    },
  );
});

describe('a link from the chat', () => {
  test('ties the chat to the login once the person agrees', async () => {
    const id = personOf(desk);
    const person = await meetChat(desk, 'telegram', '501');
    const { browser } = await walkLogin(desk, id, { path: await linkFor(person) });
    expect(await browser.page('/login/kakao/news')).toContain('텔레그램의 대화 501에서 받던 소식');
    expect(await routeOf(desk, person)).toBe('telegram 501');
    expect((await pressOn(browser, 'tie')).status).toBe(303);
    expect(await routeOf(desk, person)).toBe(`kakaotalk ${id}`);
    expect(await browser.page('/login/kakao/news')).not.toContain(
      '텔레그램의 대화 501에서 받던 소식',
    );
    expect(await topics()).toEqual([]);
  });

  test('that was followed before (replayed link) ties nobody else', async () => {
    const [id, other] = [personOf(desk), personOf(desk, 'en')];
    const person = await meetChat(desk, 'telegram', '501');
    const path = await linkFor(person);
    const late = await walkLogin(desk, other, { path });
    const { browser } = await walkLogin(desk, id, { path });
    await pressOn(browser, 'tie');
    expect((await pressOn(late.browser, 'tie')).status).toBe(400);
    expect(await routeOf(desk, person)).toBe(`kakaotalk ${id}`);
    const again = await createBrowser(desk).get(path);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain('이미 쓴 링크');
  });

  test.each([
    ['is older than 15 minutes', (path: string) => path, 15 * MINUTE_MS],
    ['was changed', (path: string) => `${path.slice(0, -1)}!`, 0],
    ['was made up', () => '/login/kakao?link=v1.00000000.9.e30.x', 0],
  ])('that %s is refused before Kakao is asked', async (_what, change, afterMs) => {
    const path = change(await linkFor(await meetChat(desk, 'telegram', '501')));
    desk.clock.advance(afterMs);
    const response = await createBrowser(desk).get(path);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('링크가 더는 통하지 않아요');
    expect(desk.calls).toEqual([]);
  });

  test('takes over the menu of an earlier direct login', async () => {
    const id = personOf(desk);
    await walkLogin(desk, id);
    const person = await meetChat(desk, 'telegram', '501');
    const { browser } = await walkLogin(desk, id, { path: await linkFor(person) });
    await pressOn(browser, 'tie');
    const { results } = await desk.env.DB.prepare(
      `SELECT people.id FROM topics JOIN routes ON routes.person = topics.person
       JOIN people ON people.id = topics.person WHERE topics.is_on`,
    ).all();
    expect(results).toEqual([{ id: person }]);
  });
});
