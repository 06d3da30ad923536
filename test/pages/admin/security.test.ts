import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/lib/time.ts';
import {
  type Browser,
  createBrowser,
  createDesk,
  type Desk,
  logIn,
  ORIGIN,
  PASSWORD,
} from './desk.ts';
import { turnOn } from './factor.ts';

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
});

const clock = () => desk.harness.world.clock;

async function make(scope: string, days = '30'): Promise<string> {
  const made = await owner.submit('/admin/security/keys/make', { name: '배포', scope, days });
  return /soshik_[\w-]{43}/.exec(await made.text())?.[0] ?? '';
}

/** What a key that is good is told: nobody has this id. */
const OPEN = 404;

const ask = (key: string, method = 'GET', path = '/api/alias/?id=1') =>
  desk.fetch(
    new Request(`${ORIGIN}${path}`, { method, headers: { authorization: `Bearer ${key}` } }),
  );

describe('the owner’s session', () => {
  test('is over after an hour in which nothing was done', async () => {
    clock().advance(59 * MINUTE_MS);
    expect((await owner.get('/admin')).status).toBe(200);
    clock().advance(59 * MINUTE_MS);
    expect((await owner.get('/admin')).status).toBe(200);
    clock().advance(HOUR_MS);
    expect((await owner.get('/admin')).status).toBe(303);
  });

  test('stands in a list, from which another one is ended', async () => {
    const other = await logIn(desk);
    const page = await owner.page('/admin/security');
    const [, id] = /sessions\/([0-9a-f]{64})\/end/.exec(page) ?? [];
    await owner.submit(`/admin/security/sessions/${id}/end`);
    expect((await other.get('/admin')).status).toBe(303);
    expect((await owner.get('/admin')).status).toBe(200);
  });

  test('ends everywhere at one press', async () => {
    const other = await logIn(desk);
    await owner.submit('/admin/security/sessions/end');
    expect((await other.get('/admin')).status).toBe(303);
    expect((await owner.get('/admin')).status).toBe(303);
  });
});

describe('a quarter of an hour after the password was typed', () => {
  beforeEach(() => clock().advance(16 * MINUTE_MS));

  test.each<[string, 'GET' | 'POST', string]>([
    ['the export', 'GET', '/admin/data/soshik.json'],
    ['erasing', 'POST', '/admin/data/erase/people'],
    ['connecting an account', 'POST', '/login/twitter?v=2'],
    ['a key of the API', 'POST', '/admin/security/keys/make'],
    ['the second factor', 'POST', '/admin/security/factor/begin'],
  ])('%s asks for it again', async (_what, method, path) => {
    const fields = { word: '모두 잊기', name: 'x' };
    const asked = method === 'GET' ? await owner.get(path) : await owner.submit(path, fields);
    expect(asked.status).toBe(303);
    const again = asked.headers.get('location') ?? '';
    expect(again).toMatch(/^\/admin\/again\?next=\/admin\/[a-z]+$/);
    expect(await owner.page(again)).toContain('비밀번호를 다시 넣어 주세요');
    expect((await owner.submit('/admin/again', { password: 'wrong-wrong-wrong' })).status).toBe(
      401,
    );
    const typed = await owner.submit('/admin/again', { password: PASSWORD, next: '/admin/data' });
    expect(typed.headers.get('location')).toBe('/admin/data');
    const now = method === 'GET' ? await owner.get(path) : await owner.submit(path, fields);
    expect(now.headers.get('location') ?? '').not.toContain('/admin/again');
  });
});

describe('the second factor', () => {
  test('is wanted from the first right code on, and each code is good once', async () => {
    const app = await turnOn(desk, owner);
    const browser = createBrowser(desk);
    expect(await browser.page('/admin/login')).toContain('name="code"');
    expect((await browser.post('/admin/login', { password: PASSWORD })).status).toBe(401);
    const used = { password: PASSWORD, code: await app.code() };
    expect((await browser.post('/admin/login', used)).status).toBe(401);
    clock().advance(30 * SECOND_MS);
    const fresh = { password: PASSWORD, code: await app.code() };
    expect((await browser.post('/admin/login', fresh)).status).toBe(303);
  });

  test('is not wanted before a code has shown that the app has it', async () => {
    await owner.submit('/admin/security/factor/begin');
    await owner.submit('/admin/security/factor/on', { code: '000000' });
    expect((await createBrowser(desk).post('/admin/login', { password: PASSWORD })).status).toBe(
      303,
    );
  });

  test('is off for another ADMIN_PASSWORD, which is the way back in', async () => {
    await turnOn(desk, owner);
    desk.harness.redeploy({ ADMIN_PASSWORD: 'another-fake-password' });
    const browser = createBrowser(desk);
    const back = await browser.post('/admin/login', { password: 'another-fake-password' });
    expect(back.status).toBe(303);
  });

  test('wrong digits count as wrong passwords', async () => {
    await turnOn(desk, owner);
    const browser = createBrowser(desk, { address: '198.51.100.9' });
    const tries: number[] = [];
    for (let turn = 0; turn < 12; turn++) {
      const typed = { password: PASSWORD, code: '123456' };
      tries.push((await browser.post('/admin/login', typed)).status);
    }
    expect(tries.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(tries.at(-1)).toBe(429);
  });
});

describe('a key of the API', () => {
  test('opens it until its day, and is shown once', async () => {
    const key = await make('write');
    expect((await ask(key)).status).toBe(OPEN);
    const page = await owner.page('/admin/security');
    expect(page).toContain('배포');
    expect(page).not.toContain(key);
    clock().advance(29 * DAY_MS);
    expect((await ask(key)).status).toBe(OPEN);
    clock().advance(2 * DAY_MS);
    expect((await ask(key)).status).toBe(401);
  });

  test('that may only look changes nothing', async () => {
    const key = await make('read');
    expect((await ask(key, 'POST', '/api/')).status).toBe(403);
    expect((await ask(key, 'DELETE', '/api/del/')).status).toBe(403);
  });

  test('that may only look reads what stays, not what is gone once it was read', async () => {
    const key = await make('read');
    expect((await ask(key, 'GET', '/api/alias/?id=nobody')).status).toBe(404);
    const refused = await ask(key, 'GET', '/api/');
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('/admin/security');
  });

  test('that is deleted opens nothing', async () => {
    const key = await make('read');
    const [, id] = /keys\/(\d+)\/drop/.exec(await owner.page('/admin/security')) ?? [];
    await owner.submit(`/admin/security/keys/${id}/drop`);
    expect((await ask(key)).status).toBe(401);
  });

  test('stands beside API_KEY, which stays', async () => {
    desk.harness.redeploy({ API_KEY: 'fake-api-key-of-the-owner' });
    await make('read');
    expect((await ask('fake-api-key-of-the-owner')).status).not.toBe(401);
    expect((await ask(`soshik_${'A'.repeat(43)}`)).status).toBe(401);
  });
});
