import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/time.ts';
import { failingChannels } from '../../src/store/deliveryList.ts';
import { emptyStorage } from '../emptyStorage.ts';

const { DB } = env;
const NOW = Date.UTC(2026, 10, 22, 3, 10);

beforeEach(emptyStorage);

/** Addresses of Telegram that wait after a failed try, and messages that went out to one person. */
async function given({ failing, sent }: { failing: number; sent: number }): Promise<void> {
  const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)`;
  const write = `INSERT INTO deliveries
      (dedupe_key, channel, account, address, state, attempts, note, due_at, created_at)`;
  await DB.batch([
    DB.prepare(
      `${numbers} ${write} SELECT 'f' || i, 'telegram', '', 'f' || i, 'waiting', 1, 'retry 400', 1, 1 FROM n`,
    ).bind(failing),
    DB.prepare(
      `${numbers} ${write} SELECT 's' || i, 'telegram', '', 's', 'sending', 1, NULL, 1, 1 FROM n`,
    ).bind(sent),
    DB.prepare(`UPDATE deliveries SET state = 'sent', finished_at = ?1 WHERE address = 's'`).bind(
      NOW,
    ),
    // Another channel's crowd, written after them.
    DB.prepare(
      `${numbers} ${write} SELECT 'c' || i, 'twitter', '', 'c' || i, 'waiting', 0, NULL, 1, 1 FROM n`,
    ).bind(1200),
  ]);
}

test.each([
  [{ failing: 1, sent: 1 }, []],
  [{ failing: 2, sent: 1 }, ['telegram']],
  [{ failing: 2, sent: 3 }, []],
])('of a channel with %o the channels in trouble are %j', async (counts, channels) => {
  await given(counts);
  expect(await failingChannels(DB, NOW - HOUR_MS)).toEqual(channels);
});
