import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { clearLoginAttempts, countLoginAttempt } from '../../src/store/loginAttempts.ts';

const NOW = Date.UTC(2026, 10, 22);

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.MIGRATIONS);
});

const guess = (source: string, now = NOW) => countLoginAttempt(env.DB, source, now);

test('an address may guess five times in a quarter of an hour', async () => {
  for (let guesses = 0; guesses < 5; guesses++) expect(await guess('203.0.113.1')).toBe(0);
  expect(await guess('203.0.113.1')).toBe(15 * MINUTE_MS);
  expect(await guess('203.0.113.2')).toBe(0);
  expect(await guess('203.0.113.1', NOW + 15 * MINUTE_MS)).toBe(0);
});

test('guesses at the same time are all counted', async () => {
  const waits = await Promise.all(Array.from({ length: 12 }, () => guess('203.0.113.1')));
  expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(5);
});

test('guessing from many addresses is stopped as well', async () => {
  for (let address = 0; address < 100; address++) {
    expect(await guess(`198.51.100.${address}`)).toBe(0);
  }
  expect(await guess('203.0.113.7')).toBe(HOUR_MS);
});

test('one address that is stopped does not lock the others out', async () => {
  for (let guesses = 0; guesses < 500; guesses++) await guess('203.0.113.1');
  expect(await guess('203.0.113.2')).toBe(0);
});

test('the right password is no guess', async () => {
  for (let logins = 0; logins < 150; logins++) {
    expect(await guess('203.0.113.1')).toBe(0);
    await clearLoginAttempts(env.DB, '203.0.113.1');
  }
});
