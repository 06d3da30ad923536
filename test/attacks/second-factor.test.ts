import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '../../src/lib/time.ts';
import {
  type Browser,
  createBrowser,
  createDesk,
  type Desk,
  logIn,
  PASSWORD,
} from '../pages/admin/desk.ts';
import { type App, turnOn } from '../pages/admin/factor.ts';
import { fakeKey } from '../store/keys.ts';

let desk: Desk;
let owner: Browser;
let app: App;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
  app = await turnOn(desk, owner);
  desk.harness.world.clock.advance(30 * SECOND_MS);
});

const ELSEWHERE = { address: '198.51.100.9' };

const findings = async (browser: Browser, password = PASSWORD) =>
  (await browser.get('/admin/doctor.json', { authorization: `Bearer ${password}` })).status;

describe('whoever has the password, but not the app', () => {
  test('guesses ten codes an hour, however often the password is shown in between', async () => {
    const thief = createBrowser(desk, ELSEWHERE);
    const tries: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const guess = { password: PASSWORD, code: String(100_000 + turn) };
      tries.push((await thief.post('/admin/login', guess)).status);
      await findings(thief);
    }
    expect(tries).toEqual([
      ...Array.from({ length: 10 }, () => 401),
      ...Array.from({ length: 10 }, () => 429),
    ]);
    const right = { password: PASSWORD, code: await app.code() };
    expect((await thief.post('/admin/login', right)).status).toBe(429);
  });

  test('guesses no more codes by asking for all at once', async () => {
    const thief = createBrowser(desk, ELSEWHERE);
    const tries = await Promise.all(
      Array.from({ length: 20 }, async (_, turn) => {
        await findings(thief);
        const guess = { password: PASSWORD, code: String(100_000 + turn) };
        return (await thief.post('/admin/login', guess)).status;
      }),
    );
    expect(tries.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
  });

  test('spends no code of the owner’s once locked out', async () => {
    const thief = createBrowser(desk, ELSEWHERE);
    for (let turn = 0; turn < 11; turn++) {
      await thief.post('/admin/login', { password: PASSWORD, code: '000000' });
    }
    const right = { password: PASSWORD, code: await app.code() };
    expect((await thief.post('/admin/login', right)).status).toBe(429);
    expect((await createBrowser(desk).post('/admin/login', right)).status).toBe(303);
  });
});

test('the check-up opens to the password alone as often as the owner asks, and locks nobody out', async () => {
  for (let turn = 0; turn < 30; turn++) expect(await findings(createBrowser(desk))).toBe(200);
  const right = { password: PASSWORD, code: await app.code() };
  expect((await createBrowser(desk).post('/admin/login', right)).status).toBe(303);
});

test('password and code together forget the wrong tries before them', async () => {
  for (let round = 0; round < 2; round++) {
    for (let turn = 0; turn < 9; turn++) {
      const wrong = { password: PASSWORD, code: '000000' };
      expect((await createBrowser(desk).post('/admin/login', wrong)).status).toBe(401);
    }
    const right = { password: PASSWORD, code: await app.code() };
    expect((await createBrowser(desk).post('/admin/login', right)).status).toBe(303);
    desk.harness.world.clock.advance(30 * SECOND_MS);
  }
});

const logInWith = async (code: string, password = PASSWORD) =>
  (await createBrowser(desk).post('/admin/login', { password, code })).status;

const OTHER_KEY = fakeKey(77);

/** `TOKEN_KEY` as it is changed without a gap: a new one in front of the old. */
function changeKey(): void {
  desk.harness.redeploy({ TOKEN_KEY: `${OTHER_KEY},${desk.harness.env.TOKEN_KEY}` });
}

test('a code that two browsers show at once lets one of them in', async () => {
  const code = await app.code();
  const both = await Promise.all([logInWith(code), logInWith(code)]);
  expect(both.toSorted()).toEqual([303, 401]);
});

describe('another TOKEN_KEY', () => {
  test('in front of the old one leaves the second factor on', async () => {
    changeKey();
    expect(await logInWith('')).toBe(401);
    expect(await logInWith(await app.code())).toBe(303);
  });

  test('leaves it on when the old one is dropped after somebody logged in', async () => {
    changeKey();
    expect(await logInWith(await app.code())).toBe(303);
    desk.harness.redeploy({ TOKEN_KEY: OTHER_KEY });
    desk.harness.world.clock.advance(30 * SECOND_MS);
    expect(await logInWith('')).toBe(401);
    expect(await logInWith(await app.code())).toBe(303);
  });

  test('leaves it on when the old one is dropped after a day, though nobody logged in', async () => {
    changeKey();
    await desk.harness.cron(desk.harness.world.clock.now() + DAY_MS);
    await desk.harness.settle();
    desk.harness.redeploy({ TOKEN_KEY: OTHER_KEY });
    expect(await logInWith('')).toBe(401);
    expect(await logInWith(await app.code())).toBe(303);
  });

  test('without the old one lets nobody in, until the old one is back', async () => {
    const old = desk.harness.env.TOKEN_KEY;
    desk.harness.redeploy({ TOKEN_KEY: OTHER_KEY });
    expect(await logInWith('')).toBe(401);
    expect(await logInWith(await app.code())).toBe(401);
    desk.harness.redeploy({ TOKEN_KEY: `${OTHER_KEY},${old}` });
    expect(await logInWith(await app.code())).toBe(303);
  });

  test('without the old one, and lost: the owner deletes the row that the docs name', async () => {
    desk.harness.redeploy({ TOKEN_KEY: OTHER_KEY });
    await desk.harness.env.DB.prepare(
      `DELETE FROM settings WHERE key = 'admin-second-factor'`,
    ).run();
    expect(await logInWith('')).toBe(303);
  });

  test('is no bar to switching it off by another ADMIN_PASSWORD', async () => {
    changeKey();
    desk.harness.redeploy({ ADMIN_PASSWORD: 'another-fake-password' });
    expect(await logInWith('', 'another-fake-password')).toBe(303);
  });
});

test.each([
  ['no JSON', 'no JSON'],
  ['of another form', '{"isOn":true}'],
  ['sealed by nobody', '{"sealed":"v1.00000000.AAAA","step":0,"isOn":true}'],
])('what is kept of it but is %s lets nobody in', async (_what, value) => {
  await desk.harness.env.DB.prepare(
    `UPDATE settings SET value = ?1 WHERE key = 'admin-second-factor'`,
  )
    .bind(value)
    .run();
  expect(await logInWith('')).toBe(401);
  expect(await logInWith(await app.code())).toBe(401);
});
