import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { hasPatience, isLoop } from '../../src/bot/talk/patience.ts';
import { HOUR_MS } from '../../src/lib/time.ts';
import {
  countAttempt,
  countGuess,
  countUse,
  forgetUse,
  forgetUses,
  lockedMs,
  sourceOf,
  takeBackGuess,
  whoIs,
} from '../../src/store/patience.ts';
import { emptyStorage } from '../emptyStorage.ts';

const { DB } = env;
const NOW = Date.UTC(2026, 10, 28);
const TWO = { most: 2, perMs: 1000 };
const USE = { who: 'somebody', kind: 'answer' };

beforeEach(emptyStorage);

test.each([
  ['2001:db8::1', '2001:0DB8:0:0:ffff::2', true],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::', true],
  ['::1', '0:0:0:0:5:6:7:8', true],
  ['1::', '1:0:0:0:5:6:7:8', true],
  ['::2:3:4:5:6:7:8', '0:2:3:4::', true],
  ['2001:db8::1', '2001:db8:0:1::1', false],
  ['2001:db8::', '201:db8::', false],
  ['192.0.2.1', '192.0.2.2', false],
  ['1.23.4.5', '12.3.4.5', false],
])('an address %s counts as one with %s: %s', async (one, other, isSame) => {
  expect((await sourceOf(one)) === (await sourceOf(other))).toBe(isSame);
  expect(await sourceOf(one)).toMatch(/^[\da-f]{32}$/);
});

test('nobody is one with somebody of another channel', async () => {
  expect(await whoIs('telegram', '1')).toMatch(/^[\da-f]{32}$/);
  expect(await whoIs('telegram', '1')).not.toBe(await whoIs('twitter', '1'));
});

test('what somebody does counts in a window, and no further than a little over the limit', async () => {
  const use = (now: number, times?: number) => countUse(DB, USE, TWO, now, times);
  expect(await use(NOW)).toEqual({ used: 1, resetsAt: NOW + 1000 });
  expect(await use(NOW + 999, 2)).toEqual({ used: 3, resetsAt: NOW + 1000 });
  expect(await use(NOW + 999, 2)).toEqual({ used: 5, resetsAt: NOW + 1999 });
  expect(await use(NOW + 1000)).toEqual({ used: 1, resetsAt: NOW + 2000 });
  await forgetUses(DB, NOW + 1999);
  expect(await use(NOW + 1999)).toMatchObject({ used: 2 });
  await forgetUse(DB, USE.who, USE.kind).run();
  expect(await use(NOW + 1999)).toMatchObject({ used: 1 });
  await forgetUses(DB, NOW + 2999);
  expect(await DB.prepare(`SELECT count(*) AS n FROM patience`).first('n')).toBe(0);
});

test('a window of tries begins with the first, and one of guesses with the last', async () => {
  const limit = { attempts: 1, windowMs: 1000 };
  expect(await countAttempt(DB, 'check', limit, NOW)).toBe(0);
  expect(await countAttempt(DB, 'check', limit, NOW + 400)).toBe(600);
  expect(await countAttempt(DB, 'check', limit, NOW + 600)).toBe(400);
  expect(await countAttempt(DB, 'check', limit, NOW + 1000)).toBe(0);
  for (let nth = 0; nth < 10; nth++) expect(await countGuess(DB, 'guess', NOW + nth)).toBe(0);
  await takeBackGuess(DB, 'guess');
  expect(await countGuess(DB, 'guess', NOW + 20)).toBe(0);
  expect(await lockedMs(DB, 'guess', NOW + 20)).toBe(0);
  expect(await countGuess(DB, 'guess', NOW + 30)).toBe(HOUR_MS);
  expect(await lockedMs(DB, 'guess', NOW + 40)).toBe(HOUR_MS - 10);
  expect(await lockedMs(DB, 'nobody', NOW)).toBe(0);
});

test('somebody has GitHub looked up 25 times an hour, and everybody together 2,000 times', async () => {
  const bot = { db: DB, runtime: { now: () => NOW, randomBytes: () => new Uint8Array(), fetch } };
  const ask = (address: string) => hasPatience(bot, { channel: 'telegram', address }, 'lookup');
  for (let nth = 0; nth < 25; nth++) expect(await ask('1')).toBe(true);
  expect(await ask('1')).toBe(false);
  await DB.prepare(`UPDATE patience SET used = 1999 WHERE who = '*'`).run();
  expect(await ask('2')).toBe(true);
  expect(await ask('2')).toBe(false);
});

test('words nobody understands are a loop when they are the same again, and when they are many', async () => {
  const bot = { db: DB, runtime: { now: () => NOW, randomBytes: () => new Uint8Array(), fetch } };
  const hear = (said: string) => isLoop(bot, 'somebody', said, false);
  const loops: boolean[] = [];
  for (const said of ['a', 'b', ' a ', 'c', 'd']) loops.push(await hear(said));
  expect(loops).toEqual([false, false, true, false, true]);
});
