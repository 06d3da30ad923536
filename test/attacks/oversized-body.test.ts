import { beforeEach, describe, expect, test } from 'vitest';
import { createHarness, type Harness } from '../worker/harness.ts';
import {
  delivery,
  expectAccepted,
  expectRefused,
  messageBody,
  OAUTH2_HEADER,
  signedDelivery,
} from './attack.ts';

const MIB = 1024 * 1024;
const WRONG = `sha256=${'A'.repeat(43)}=`;

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

/** A message in that many bytes: JSON may end in white space. */
function messageOf(bytes: number): string {
  const body = messageBody('1', 'big');
  return body + ' '.repeat(bytes - body.length);
}

/** A body without end, and what its reader does with it. */
function endless(): {
  readonly stream: ReadableStream<Uint8Array>;
  readonly seen: { bytes: number; cancelled: boolean };
} {
  const seen = { bytes: 0, cancelled: false };
  const chunk = new Uint8Array(64 * 1024).fill(0x20);
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      seen.bytes += chunk.length;
      controller.enqueue(chunk);
    },
    cancel() {
      seen.cancelled = true;
    },
  });
  return { stream, seen };
}

describe('a rightly signed body', () => {
  test('of 1 MiB is accepted', async () => {
    await expectAccepted(harness, await signedDelivery(messageOf(MIB)));
  });

  test.each([
    ['one byte more', MIB + 1],
    ['8 MiB', 8 * MIB],
  ])('of %s is refused with 413', async (_name, bytes) => {
    await expectRefused(harness, await signedDelivery(messageOf(bytes)), 413);
  });
});

describe('an oversized body', () => {
  test('without a signature is refused with 401', async () => {
    await expectRefused(harness, delivery(messageOf(8 * MIB), {}), 401);
  });

  test('with a malformed signature is refused with 401', async () => {
    await expectRefused(harness, delivery(messageOf(8 * MIB), { [OAUTH2_HEADER]: 'x' }), 401);
  });

  test('that never ends is refused with 413 at the limit, and read no further', async () => {
    const { stream, seen } = endless();
    await expectRefused(harness, delivery(stream, { [OAUTH2_HEADER]: WRONG }), 413);
    expect(seen.cancelled).toBe(true);
    expect(seen.bytes).toBeLessThan(2 * MIB);
  });

  test('that never ends and has no signature is refused with 401, hardly read', async () => {
    const { stream, seen } = endless();
    await expectRefused(harness, delivery(stream, {}), 401);
    expect(seen.bytes).toBeLessThan(MIB);
  });
});
