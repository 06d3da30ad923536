import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { claimSetting, readKept } from '../../src/store/settings.ts';
import { emptyStorage } from '../emptyStorage.ts';

const { DB } = env;

beforeEach(emptyStorage);

test('of two that claim a place one has it, until what is there has become old', async () => {
  const claim = (value: string, now: number) =>
    claimSetting(DB, 'place', value, { before: now - 100, now });
  const both = await Promise.all([claim('one', 1000), claim('other', 1000)]);
  expect(both.filter(Boolean)).toHaveLength(1);
  expect(await readKept(DB, 'place')).toBe(both[0] ? '"one"' : '"other"');
  expect(await claim('third', 1099)).toBe(false);
  expect(await claim('fourth', 1100)).toBe(true);
  expect(await readKept(DB, 'place')).toBe('"fourth"');
});
