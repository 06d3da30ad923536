import { beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/lib/encoding.ts';
import { HOUR_MS } from '../../src/lib/time.ts';
import {
  type Browser,
  createBrowser,
  createDesk,
  csrfOf,
  type Desk,
  logIn,
  ORIGIN,
  PASSWORD,
} from '../pages/admin/desk.ts';
import { fakeKey } from '../store/keys.ts';

const COOKIE = '__Host-soshik';
const pages = ['/admin', '/admin/twitter', '/admin/doctor', '/admin/events'];

let desk: Desk;
beforeEach(async () => {
  desk = await createDesk();
});

/** The browser is sent to log in, and shown nothing. */
async function expectOut(browser: Browser, path = '/admin'): Promise<void> {
  const response = await browser.get(path);
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toMatch(/^\/admin\/login(\?next=\/admin[/a-z]*)?$/);
  expect(await response.text()).toBe('');
}

describe('without the owner’s session', () => {
  test.each([...pages, '/admin/twitter/replay', '/login/twitter', '/admin/nothing'])(
    'GET %s leads to the login',
    async (path) => {
      await expectOut(createBrowser(desk), path);
    },
  );

  test.each([
    '/admin/twitter/setup',
    '/admin/deliveries/1/again',
    '/admin/logout',
    '/login/twitter',
  ])('POST %s is refused with 401', async (path) => {
    expect((await createBrowser(desk).post(path)).status).toBe(401);
  });

  test('findings as JSON are refused', async () => {
    const response = await createBrowser(desk).get('/admin/doctor.json', {
      authorization: 'Bearer fake-wrong-password',
    });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('findings');
  });
});

describe('a session cookie', () => {
  test('is for this host, https and http only, and for 12 hours', async () => {
    const response = await createBrowser(desk).post('/admin/login', { password: PASSWORD });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith(COOKIE)) ?? '';
    expect(cookie.split('; ').slice(1).toSorted()).toEqual([
      'HttpOnly',
      'Max-Age=43200',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ]);
  });

  test('with any character changed is refused', async () => {
    const owner = await logIn(desk);
    const cookie = owner.cookies.get(COOKIE) ?? '';
    for (let at = 0; at < cookie.length; at += 1) {
      const other = cookie[at] === 'A' ? 'B' : 'A';
      owner.cookies.set(COOKIE, cookie.slice(0, at) + other + cookie.slice(at + 1));
      await expectOut(owner);
    }
    owner.cookies.set(COOKIE, cookie);
    expect((await owner.get('/admin')).status).toBe(200);
  });

  test('is over after exactly 12 hours', async () => {
    const owner = await logIn(desk);
    for (let half = 1; half < 24; half++) {
      desk.harness.world.clock.advance(HOUR_MS / 2);
      expect((await owner.get('/admin')).status).toBe(200);
    }
    desk.harness.world.clock.advance(HOUR_MS / 2 - 1000);
    expect((await owner.get('/admin')).status).toBe(200);
    desk.harness.world.clock.advance(1000);
    await expectOut(owner);
  });

  test('is over once the password is another one', async () => {
    const owner = await logIn(desk);
    desk.harness.redeploy({ ADMIN_PASSWORD: 'another-fake-password' });
    await expectOut(owner);
    desk.harness.redeploy({ ADMIN_PASSWORD: PASSWORD });
    expect((await owner.get('/admin')).status).toBe(200);
  });

  test('made with another TOKEN_KEY is refused', async () => {
    const owner = await logIn(desk);
    desk.harness.redeploy({ TOKEN_KEY: fakeKey(2) });
    await expectOut(owner);
  });

  test('that was copied is over when the owner logs out', async () => {
    const owner = await logIn(desk);
    const thief = createBrowser(desk);
    thief.cookies.set(COOKIE, owner.cookies.get(COOKIE) ?? '');
    expect((await thief.get('/admin')).status).toBe(200);
    expect((await owner.submit('/admin/logout')).headers.get('location')).toBe('/admin/login?out');
    await expectOut(owner);
    await expectOut(thief);
  });

  test('cannot be a token of a form, nor a token a cookie', async () => {
    const owner = await logIn(desk);
    const cookie = owner.cookies.get(COOKIE) ?? '';
    const csrf = csrfOf(await owner.page('/admin'));
    expect((await owner.post('/admin/logout', { csrf: cookie })).status).toBe(403);
    owner.cookies.set(COOKIE, csrf);
    await expectOut(owner);
  });

  test('does not hold the password or anything it could be tried against', async () => {
    const owner = await logIn(desk);
    const [, , , body = ''] = (owner.cookies.get(COOKIE) ?? '').split('.');
    const text = atob(body.replaceAll('-', '+').replaceAll('_', '/'));
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain((await sha256Hex(PASSWORD)).slice(0, 16));
  });
});

describe('a form', () => {
  let owner: Browser;
  let csrf: string;
  beforeEach(async () => {
    owner = await logIn(desk);
    csrf = csrfOf(await owner.page('/admin'));
  });

  async function expectNotDone(response: Response): Promise<void> {
    expect(response.status).toBe(403);
    expect((await owner.get('/admin')).status).toBe(200);
  }

  test('without a token is not carried out', async () => {
    await expectNotDone(await owner.post('/admin/logout'));
  });

  test('with the token of another session is not carried out', async () => {
    const other = csrfOf(await (await logIn(desk)).page('/admin'));
    expect(other).not.toBe(csrf);
    await expectNotDone(await owner.post('/admin/logout', { csrf: other }));
  });

  test('of over 64 KiB is not carried out', async () => {
    await expectNotDone(await owner.post('/admin/logout', { csrf, more: 'x'.repeat(70_000) }));
  });

  test.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site of an old browser', { origin: 'https://evil.example', 'sec-fetch-site': '' }],
    ['a sister host', { origin: 'https://x.soshik.example', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a client that tells neither', { origin: '', 'sec-fetch-site': '' }],
    ['the same host by http', { origin: 'http://soshik.example' }],
  ])('with the right token from %s is not carried out', async (_name, headers) => {
    await expectNotDone(await owner.post('/admin/logout', { csrf }, headers));
  });

  test('to log in from another site is not carried out', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const stranger = createBrowser(desk);
    const response = await stranger.post('/admin/login', { password: PASSWORD }, headers);
    expect(response.status).toBe(403);
    expect(stranger.cookies.has(COOKIE)).toBe(false);
  });

  test.each(['/admin/twitter/setup', '/admin/twitter/replay', '/admin/logout'])(
    'of %s does nothing by GET',
    async (path) => {
      const calls = desk.harness.world.requests.length;
      await owner.get(path);
      expect(desk.harness.world.requests.length).toBe(calls);
      expect((await owner.get('/admin')).status).toBe(200);
    },
  );
});

describe('a password', () => {
  test('can be guessed at ten times an hour from one address, also all at once', async () => {
    const guesser = createBrowser(desk);
    const statuses = await Promise.all(
      Array.from({ length: 17 }, async (_, turn) => {
        const password = `fake-guess-number-${turn}`;
        return (await guesser.post('/admin/login', { password })).status;
      }),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);

    const right = await guesser.post('/admin/login', { password: PASSWORD });
    expect(right.status).toBe(429);
    expect(await right.text()).toContain('60분 뒤에 다시');
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(3500);

    desk.harness.world.clock.advance(HOUR_MS);
    expect((await guesser.post('/admin/login', { password: PASSWORD })).status).toBe(303);
  });

  test('is guessed at by findings as JSON within the same limit', async () => {
    const guesser = createBrowser(desk);
    const guess = async (password: string) =>
      (await guesser.get('/admin/doctor.json', { authorization: `Bearer ${password}` })).status;
    for (let turn = 0; turn < 10; turn += 1) expect(await guess(`guess-${turn}`)).toBe(401);
    expect(await guess(PASSWORD)).toBe(429);
    expect((await guesser.post('/admin/login', { password: PASSWORD })).status).toBe(429);
  });

  test.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:0db8:0001:0002:3:4:5:6', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['203.0.113.7', '203.0.113.8', false],
  ])('guessed at from %s and %s: one network %s', async (one, other, isSame) => {
    const first = createBrowser(desk, { address: one });
    for (let turn = 0; turn < 11; turn += 1) {
      await first.post('/admin/login', { password: `fake-guess-${turn}` });
    }
    const second = createBrowser(desk, { address: other });
    const { status } = await second.post('/admin/login', { password: PASSWORD });
    expect(status).toBe(isSame ? 429 : 303);
  });

  test('that is right forgets the wrong tries before it', async () => {
    const owner = createBrowser(desk);
    for (let round = 0; round < 3; round += 1) {
      for (let turn = 0; turn < 9; turn += 1) {
        expect((await owner.post('/admin/login', { password: 'wrong' })).status).toBe(401);
      }
      expect((await owner.post('/admin/login', { password: PASSWORD })).status).toBe(303);
    }
  });

  test('and the address it was tried from are never stored', async () => {
    await createBrowser(desk).post('/admin/login', { password: 'fake-wrong-password' });
    const { results } = await desk.harness.env.DB.prepare('SELECT * FROM login_attempts').all();
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(results)).not.toMatch(/203\.0\.113\.7|fake-wrong-password/);
  });
});

describe('the owner’s pages are off', () => {
  test.each([
    ['without a password', { ADMIN_PASSWORD: undefined }, 'ADMIN_PASSWORD'],
    ['with a blank password', { ADMIN_PASSWORD: '   ' }, 'ADMIN_PASSWORD'],
    ['with a password of 11 characters', { ADMIN_PASSWORD: 'fake-123456' }, '12자 이상'],
    ['without TOKEN_KEY', { TOKEN_KEY: undefined }, 'TOKEN_KEY'],
    ['with a TOKEN_KEY that is none', { TOKEN_KEY: 'not a key' }, 'TOKEN_KEY'],
  ])('%s, and say what to set', async (_name, vars, words) => {
    const off = await createDesk(vars);
    const browser = createBrowser(off);
    for (const path of [...pages, '/admin/login', '/login/twitter']) {
      const response = await browser.get(path);
      expect(response.status).toBe(503);
      expect(await response.text()).toContain(words);
    }
    const blank = await browser.post('/admin/login', { password: '' });
    expect(blank.status).toBe(503);
  });

  test('over plain http, but for this machine', async () => {
    const plain = createBrowser(desk, { origin: ORIGIN.replace('https', 'http') });
    expect((await plain.get('/admin')).status).toBe(403);
    const local = createBrowser(desk, { origin: 'http://localhost:8787' });
    expect((await local.post('/admin/login', { password: PASSWORD })).status).toBe(303);
    expect([...local.cookies.keys()]).toContain('soshik');
    expect((await local.get('/admin')).status).toBe(200);
  });
});
