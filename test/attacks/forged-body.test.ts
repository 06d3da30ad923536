import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { concat, utf8 } from '../sandbox/bytes.ts';
import { createHarness, type Harness } from '../worker/harness.ts';
import {
  answerTo,
  CLIENT_SECRET,
  delivery,
  expectAccepted,
  expectRefused,
  gzip,
  messageBody,
  OAUTH2_HEADER,
  sign,
  signedDelivery,
  storedKeys,
} from './attack.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

const original = messageBody('1800000000000000001', '고양이 e\u0301 🐈');

function reordered(body: string): string {
  const entries = Object.entries<unknown>(JSON.parse(body));
  return JSON.stringify(Object.fromEntries(entries.toReversed()));
}

function pieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let from = 0;
  return new ReadableStream({
    pull(controller) {
      if (from >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(from, from + size));
      from += size;
    },
  });
}

describe('a right signature of another body', () => {
  test.each([
    ['another message', () => messageBody('1800000000000000002')],
    ['the same message with one letter changed', () => original.replace('고양이', '고양아')],
    ['no body at all', () => ''],
    ['the same JSON with its keys in another order', () => reordered(original)],
    ['the same JSON, indented', () => JSON.stringify(JSON.parse(original), null, 2)],
    ['the same JSON with a space behind a colon', () => original.replace(':', ': ')],
    ['the same JSON with its Korean escaped', () => original.replace('고', '\\uace0')],
    ['the same JSON with a key twice', () => original.replace('{', '{"for_user_id":"1",')],
    ['the same text, composed', () => original.normalize('NFC')],
    ['a byte order mark in front', () => `\ufeff${original}`],
    ['a newline behind', () => `${original}\n`],
    ['CRLF behind', () => `${original}\r\n`],
    ['a NUL behind', () => `${original}\0`],
    ['a space in front', () => ` ${original}`],
    ['the body twice', () => original + original],
    ['the body without its last byte', () => original.slice(0, -1)],
  ])('does not carry over to %s: 401', async (_name, forge) => {
    const forged = forge();
    expect(forged).not.toBe(original);
    const signature = await sign(CLIENT_SECRET, original);
    await expectRefused(harness, delivery(forged, { [OAUTH2_HEADER]: signature }), 401);
  });

  test('does not carry over to its gzip: 401', async () => {
    const headers = {
      'content-encoding': 'gzip',
      [OAUTH2_HEADER]: await sign(CLIENT_SECRET, original),
    };
    await expectRefused(harness, delivery(await gzip(original), headers), 401);
  });

  test('does not carry over from a replacement character to the lone surrogate it stands for: 401', async () => {
    const replaced = utf8(messageBody('1', '\ufffd'));
    const at = replaced.findIndex((byte, index) => byte === 0xef && replaced[index + 1] === 0xbf);
    const surrogate = Uint8Array.of(0xed, 0xa0, 0x80);
    const forged = concat([replaced.subarray(0, at), surrogate, replaced.subarray(at + 3)]);
    const signature = await sign(CLIENT_SECRET, replaced);
    await expectRefused(harness, delivery(forged, { [OAUTH2_HEADER]: signature }), 401);
  });

  test('does not survive a single flipped bit, wherever it is', async () => {
    const bytes = utf8(original);
    const signature = await sign(CLIENT_SECRET, bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const forged = bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte));
        const { status } = await answerTo(
          harness,
          delivery(forged, { [OAUTH2_HEADER]: signature }),
        );
        expect(status).toBe(401);
      }),
      { numRuns: 200 },
    );
    expect(await storedKeys(harness)).toEqual([]);
    expect(harness.queues.waiting).toEqual([]);
  });
});

describe('a body that comes in pieces, cut inside a character', () => {
  test.each([1, 2, 7])('of %i bytes is accepted with the right signature', async (size) => {
    const stream = pieces(utf8(original), size);
    const signature = await sign(CLIENT_SECRET, original);
    await expectAccepted(harness, delivery(stream, { [OAUTH2_HEADER]: signature }));
  });

  test.each([1, 2, 7])('of %i bytes is refused with one byte changed: 401', async (size) => {
    const bytes = utf8(original);
    const forged = bytes.map((byte, index) => (index === bytes.length - 10 ? byte ^ 1 : byte));
    const signature = await sign(CLIENT_SECRET, original);
    await expectRefused(
      harness,
      delivery(pieces(forged, size), { [OAUTH2_HEADER]: signature }),
      401,
    );
  });
});

test('a plain body under a gzip header is taken as the bytes that were signed', async () => {
  await expectAccepted(
    harness,
    await signedDelivery(original, OAUTH2_HEADER, { 'content-encoding': 'gzip' }),
  );
});
