import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { keepPosters } from '../../../src/bot/outbox/posters.ts';
import { DAY_MS } from '../../../src/lib/time.ts';
import { wire } from '../../../src/wire.ts';
import { PICTURES } from '../../lib/web/pictures.ts';
import { createHarness, type Harness } from '../../worker/harness.ts';

const [PNG] = PICTURES;

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

const posters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `poster:netflix:${index}`,
    url: `https://occ-0-1.1.nflxso.net/${index < 10 ? 'broken' : 'fine'}/${index}.png`,
  }));

const brokenHost = async ({ url }: Request) =>
  url.includes('/fine/') ? new Response(PNG.bytes) : new Response(null, { status: 404 });

/** A day's collection: the first ten posters cannot be had. */
async function collect(count: number): Promise<void> {
  const runtime = { ...harness.runtime, fetch: brokenHost };
  await keepPosters(wire(harness.env, runtime), posters(count));
  harness.world.clock.advance(DAY_MS);
}

async function kept(): Promise<number> {
  const { keys } = await env.MEDIA.list({ prefix: 'poster:netflix:' });
  return keys.length;
}

describe('posters that are fetched ahead', () => {
  test('all come in their turn, though as many as a day takes cannot be had', async () => {
    for (let day = 0; day < 4; day++) await collect(30);
    expect(await kept()).toBe(20);
  });

  test('are known to be there behind the first thousand that are kept', async () => {
    await Promise.all(
      Array.from({ length: 1000 }, (_, index) => env.MEDIA.put(`poster:a:${index}`, '')),
    );
    for (let day = 0; day < 4; day++) await collect(20);
    const asked: string[] = [];
    const fetch = async ({ url }: Request) => {
      asked.push(url);
      return new Response(null, { status: 404 });
    };
    await keepPosters(wire(harness.env, { ...harness.runtime, fetch }), posters(20).slice(10));
    expect(asked).toEqual([]);
  });
});
