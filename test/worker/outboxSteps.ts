import { MINUTE_MS } from '../../src/lib/time.ts';
import { insertDeliveries, type NewDelivery } from '../../src/store/deliveries.ts';
import type { Harness } from './harness.ts';

/** A text as the outbox keeps it. */
export function textNotice(text: string): string {
  return JSON.stringify({ kind: 'text', language: 'ko', text, suggestions: [] });
}

/** Telegram chats of so many new people. */
export function telegramChats({ world }: Harness, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    String(world.telegram.addPerson({ name: `사람 ${index}`, language: 'ko' }).id),
  );
}

/** Ids of so many new people on X. */
export function readersOnX({ world }: Harness, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `18000000000000${1000 + index}`;
    world.x.people.push({ id, name: id, username: `reader_${id}`, language: 'ko' });
    return id;
  });
}

/** Writes news to the outbox, numbered from 0, and wakes it. */
export async function hand(
  harness: Harness,
  news: readonly (Pick<NewDelivery, 'channel' | 'address'> & Partial<NewDelivery>)[],
): Promise<void> {
  const { env, world } = harness;
  await insertDeliveries(
    env.DB,
    news.map((one, index) => ({
      dedupeKey: `news:${world.clock.now()}:${index}`,
      account: one.channel === 'twitter' ? world.x.bot.id : '',
      notice: textNotice(`소식 ${index}`),
      ...one,
    })),
    world.clock.now(),
  ).run();
  await env.DELIVERIES.sendBatch(
    [...new Set(news.map(({ channel }) => channel))].map((lane) => ({ body: { lane } })),
  );
}

/** How many deliveries there are in each state. */
export async function states({ env }: Harness): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    `SELECT state, count(*) AS count FROM deliveries GROUP BY state`,
  ).all<{ state: string; count: number }>();
  return Object.fromEntries(results.map(({ state, count }) => [state, count]));
}

/**
 * Lets time pass with its crons, minute by minute, until something has happened: for what is over again
 * some minutes later. When it has not by then, the test goes on at that instant.
 */
export async function passUntil(
  harness: Harness,
  hasHappened: () => boolean,
  latestMs: number,
): Promise<void> {
  const { clock } = harness.world;
  while (!hasHappened() && clock.now() < latestMs) {
    await pass(harness, Math.min(latestMs, clock.now() + MINUTE_MS));
  }
}

/**
 * Lets time pass with its crons, until an instant.
 *
 * @param everyMs how far they are from each other: through days that only repeat themselves with fewer
 */
export async function pass(
  harness: Harness,
  untilMs: number,
  everyMs = 30 * MINUTE_MS,
): Promise<void> {
  const { clock } = harness.world;
  while (clock.now() < untilMs) {
    const next = (Math.floor(clock.now() / everyMs) + 1) * everyMs;
    await harness.settle(Math.min(next, untilMs));
    if (next <= untilMs) await harness.cron(next);
    else clock.advance(Math.max(0, untilMs - clock.now()));
  }
  await harness.settle(untilMs);
}
