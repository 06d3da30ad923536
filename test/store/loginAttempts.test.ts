import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { countGuess, forgetGuesses } from '../../src/store/patience.ts';
import { emptyStorage } from '../emptyStorage.ts';

const NOW = Date.UTC(2026, 10, 22);

beforeEach(async () => {
  await emptyStorage();
});

const guess = (source: string, now = NOW) => countGuess(env.DB, source, now);

test('an address may guess ten times an hour', async () => {
  for (let guesses = 0; guesses < 10; guesses++) expect(await guess('203.0.113.1')).toBe(0);
  expect(await guess('203.0.113.1')).toBe(HOUR_MS);
  expect(await guess('203.0.113.2')).toBe(0);
  expect(await guess('203.0.113.1', NOW + HOUR_MS)).toBe(0);
});

test('guesses that are spread count for an hour from the last one', async () => {
  for (let guesses = 0; guesses < 10; guesses++) {
    expect(await guess('203.0.113.1', NOW + guesses * 50 * MINUTE_MS)).toBe(0);
  }
  expect(await guess('203.0.113.1', NOW + 10 * 50 * MINUTE_MS)).toBeGreaterThan(0);
});

test('guesses at the same time are all counted', async () => {
  const waits = await Promise.all(Array.from({ length: 22 }, () => guess('203.0.113.1')));
  expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(10);
});

test('guessing from many addresses locks nobody else out', async () => {
  for (let address = 0; address < 200; address++) await guess(`198.51.100.${address}`);
  for (let guesses = 0; guesses < 500; guesses++) await guess('203.0.113.1');
  expect(await guess('203.0.113.7')).toBe(0);
});

function attempts() {
  return env.DB.prepare('SELECT * FROM login_attempts').all();
}

test('a refusal writes no row', async () => {
  for (let guesses = 0; guesses < 11; guesses++) await guess('203.0.113.1');
  const before = (await attempts()).results;
  for (let guesses = 0; guesses < 5; guesses++) await guess('203.0.113.1', NOW + MINUTE_MS);
  expect((await attempts()).results).toEqual(before);
});

test('the right password is no guess', async () => {
  for (let logins = 0; logins < 150; logins++) {
    expect(await guess('203.0.113.1')).toBe(0);
    await forgetGuesses(env.DB, '203.0.113.1');
  }
});
