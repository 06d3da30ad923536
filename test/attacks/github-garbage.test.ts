import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { hex } from '../../src/lib/encoding.ts';
import { fromBase64, hmacBase64, utf8 } from '../sandbox/bytes.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createHarness, type Harness } from '../worker/harness.ts';
import { watch } from '../worker/repoPollSteps.ts';
import {
  anyBody,
  expectNothingSent,
  githubPayload,
  MANY,
  rowCounts,
  TIMEOUT_MS,
} from './garbage.ts';

let harness: Harness;
/** GitHub's number of a repository that somebody watches. */
let watchedId: number;
beforeEach(async () => {
  harness = await createHarness();
  watchedId = harness.world.github.addRepository({ owner: 'hana', name: 'garden' }).id;
  await watch(harness, 'ko', 'hana/garden');
});

/** Posts a delivery, signed with a secret, by default the right one. */
async function post(
  event: string,
  delivery: string,
  body: string,
  secret: string = sandboxSecrets.GITHUB_WEBHOOK_SECRET,
): Promise<number> {
  const bytes = utf8(body);
  const mac = fromBase64(await hmacBase64('SHA-256', secret, bytes)) ?? new Uint8Array();
  const response = await harness.fetch(
    new Request('https://soshik.example/webhook/github', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': delivery,
        'x-hub-signature-256': `sha256=${hex(mac)}`,
      },
      body: bytes,
    }),
  );
  return response.status;
}

const event = fc.oneof(
  fc.constantFrom('push', 'release', 'repository', 'ping', 'fork', '__proto__'),
  fc.stringMatching(/^\w{0,9}$/),
);
/** Few, so that the same comes again. */
const delivery = fc.oneof(
  fc.nat({ max: 50 }).map((number) => `guid-${number}`),
  fc.stringMatching(/^[ -~]{0,9}$/),
);
const payload = fc.constant(null).chain(() => githubPayload(watchedId));

const right = () =>
  JSON.stringify({ ref: 'refs/heads/main', deleted: false, repository: { id: watchedId } });

test(
  'signed deliveries with anything in them tell nobody anything',
  async () => {
    const body = payload.map((value) => JSON.stringify(value) ?? '');
    expect(await post('push', 'right', right())).toBe(202);
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(event, delivery, body, async (name, id, text) => {
        const status = await post(name, id, text);
        expect([200, 202, 400]).toContain(status);
        statuses.add(status);
      }),
      { numRuns: 2 * MANY },
    );
    expect(statuses).toEqual(new Set([200, 202, 400]));
    expect((await rowCounts(harness)).events).toBeLessThanOrEqual(300);
    // The watched branch is looked at, and nothing has changed.
    await harness.settle();
    expect(harness.world.github.calls.graphql).toBeGreaterThan(0);
    expect(harness.queues.dead).toEqual([]);
    expect(await rowCounts(harness)).toMatchObject({ people: 1, deliveries: 0 });
    expectNothingSent(harness);
  },
  TIMEOUT_MS,
);

test(
  'many signed bodies that are no JSON, or anything in JSON, leave nothing behind',
  async () => {
    await fc.assert(
      fc.asyncProperty(event, delivery, anyBody, async (name, id, text) => {
        expect([200, 202, 400]).toContain(await post(name, id, text));
      }),
      { numRuns: MANY },
    );
    expect(await rowCounts(harness)).toMatchObject({ events: 0, deliveries: 0 });
    expectNothingSent(harness);
  },
  TIMEOUT_MS,
);

test(
  'many right ones under other secrets are refused, and nothing is looked at',
  async () => {
    const secret = fc
      .string({ minLength: 1, unit: 'grapheme-ascii' })
      .filter((value) => value !== sandboxSecrets.GITHUB_WEBHOOK_SECRET);
    await fc.assert(
      fc.asyncProperty(secret, async (other) => {
        expect(await post('push', 'guid', right(), other)).toBe(401);
      }),
      { numRuns: MANY },
    );
    expect(await rowCounts(harness)).toMatchObject({ events: 0 });
    expect([harness.queues.waiting, harness.world.requests]).toEqual([[], []]);
  },
  TIMEOUT_MS,
);
