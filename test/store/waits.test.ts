import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../src/lib/time.ts';
import { keepWait, readWait } from '../../src/store/waits.ts';
import { emptyStorage } from '../emptyStorage.ts';

const { DB } = env;
const CHAT = { lane: 'telegram', account: '', address: '7' } as const;

beforeEach(emptyStorage);

/** Seconds until the next try, each time the platform says 40 again. */
async function tries(count: number, cause: 'limit' | 'sender'): Promise<number[]> {
  const waits: number[] = [];
  let now = 1_000_000;
  for (let index = 0; index < count; index++) {
    await keepWait(DB, { ...CHAT, until: now + 40 * SECOND_MS, reason: 'wait 429', cause }, now);
    const until = (await readWait(DB, CHAT))?.until ?? 0;
    waits.push((until - now) / SECOND_MS);
    now = until;
  }
  return waits;
}

test('a limit that stays though its wait is kept is tried less and less, up to each 20 minutes', async () => {
  expect(await tries(11, 'limit')).toEqual([40, 40, 40, 40, 60, 120, 240, 480, 960, 1200, 1200]);
});

test('what waits for the owner is tried as often as ever', async () => {
  expect(await tries(7, 'sender')).toEqual([40, 40, 40, 40, 40, 40, 40]);
});

test('a longer wait that the platform names holds', async () => {
  await tries(8, 'limit');
  const now = 900_000_000;
  const until = now + 50 * MINUTE_MS;
  await keepWait(DB, { ...CHAT, until, reason: 'wait 429', cause: 'limit' }, now);
  expect((await readWait(DB, CHAT))?.until).toBe(until);
});
