import { beforeEach, describe, expect, test } from 'vitest';
import { fromBase64 } from '../sandbox/bytes.ts';
import { createHarness, type Harness } from '../worker/harness.ts';
import {
  CLIENT_SECRET,
  CONSUMER_SECRET,
  delivery,
  expectAccepted,
  expectRefused,
  LEGACY_HEADER,
  messageBody,
  OAUTH2_HEADER,
  sign,
} from './attack.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A message whose right signature has letters that differ between the base64 alphabets. */
async function signedBody(secret: string): Promise<{ body: string; right: string }> {
  for (let id = 1; id < 1000; id += 1) {
    const body = messageBody(String(id));
    const right = await sign(secret, body);
    if (right.includes('+') && right.includes('/')) return { body, right };
  }
  throw new Error('no signature with + and /');
}

function hexOf(right: string): string {
  const mac = fromBase64(right.slice('sha256='.length)) ?? [];
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The same bytes in other letters: the last letter before `=` carries two bits of nothing. */
function withOtherTrailingBits(right: string): string {
  const last = ALPHABET.indexOf(right.at(-2) ?? '');
  return `${right.slice(0, -2)}${ALPHABET[last + 1]}=`;
}

/** Each makes something out of the right value that no longer is X's. */
const forgeries: readonly (readonly [name: string, forge: (right: string) => string])[] = [
  ['is empty', () => ''],
  ['is the prefix alone', () => 'sha256='],
  ['names sha1', (right) => right.replace('sha256', 'sha1')],
  ['names sha512', (right) => right.replace('sha256', 'sha512')],
  ['names no algorithm', (right) => right.slice('sha256='.length)],
  ['names SHA256 in capitals', (right) => right.replace('sha256', 'SHA256')],
  ['names Sha256', (right) => right.replace('sha256', 'Sha256')],
  ['names the algorithm twice', (right) => `sha256=${right}`],
  ['has a colon for the equals sign', (right) => right.replace('sha256=', 'sha256:')],
  ['is a hex digest', (right) => `sha256=${hexOf(right)}`],
  ['is base64 of the hex digest', (right) => `sha256=${btoa(hexOf(right))}`],
  ['uses the base64url alphabet', (right) => right.replaceAll('+', '-').replaceAll('/', '_')],
  ['has no padding', (right) => right.slice(0, -1)],
  ['has double padding', (right) => `${right}=`],
  ['is one character short', (right) => `${right.slice(0, -2)}=`],
  ['is one character long', (right) => `${right.slice(0, -1)}A=`],
  ['is cut in half', (right) => `${right.slice(0, 29)}=`],
  ['has other trailing bits', withOtherTrailingBits],
  ['has a space after the prefix', (right) => right.replace('sha256=', 'sha256= ')],
  ['has a space inside', (right) => `${right.slice(0, 20)} ${right.slice(20)}`],
  ['has a tab inside', (right) => `${right.slice(0, 20)}\t${right.slice(20)}`],
  ['is quoted', (right) => `"${right}"`],
  ['is percent-encoded', (right) => encodeURIComponent(right)],
  ['carries a parameter', (right) => `${right}; v=1`],
  ['is the right value twice, comma-joined', (right) => `${right},${right}`],
  ['is a wrong and the right value', (right) => `sha256=${'A'.repeat(43)}=, ${right}`],
  ['is the right and a wrong value', (right) => `${right}, sha256=${'A'.repeat(43)}=`],
  ['is zero bytes', () => `sha256=${'A'.repeat(43)}=`],
  ['is in the other case', (right) => `sha256=${right.slice('sha256='.length).toLowerCase()}`],
  ['is a hundred thousand characters', (right) => right + right.repeat(2000)],
];

describe.each([
  [OAUTH2_HEADER, CLIENT_SECRET],
  [LEGACY_HEADER, CONSUMER_SECRET],
])('%s', (header, secret) => {
  test('with the right value is accepted, so the rows below are refused for their forgery', async () => {
    const { body, right } = await signedBody(secret);
    await expectAccepted(harness, delivery(body, { [header]: right }));
  });

  test.each(forgeries)('that %s is refused with 401', async (_name, forge) => {
    const { body, right } = await signedBody(secret);
    const forged = forge(right);
    expect(forged).not.toBe(right);
    await expectRefused(harness, delivery(body, { [header]: forged }), 401);
  });

  test.each([
    ['second', (right: string) => ['sha256=x', right]],
    ['first', (right: string) => [right, 'sha256=x']],
    ['both times', (right: string) => [right, right]],
  ])('sent twice with the right value %s is refused with 401', async (_name, values) => {
    const { body, right } = await signedBody(secret);
    const request = delivery(body, {});
    for (const value of values(right)) request.headers.append(header, value);
    await expectRefused(harness, request, 401);
  });
});

test.each([
  ['a full-width equals sign', (right: string) => right.replace('sha256=', 'sha256\uff1d')],
  ['a Cyrillic s', (right: string) => right.replace('sha256', '\u0455ha256')],
  ['a zero-width space in front', (right: string) => `\u200b${right}`],
])('a signature with %s is refused with 401', async (_name, forge) => {
  const { body, right } = await signedBody(CLIENT_SECRET);
  await expectRefused(harness, delivery(body, { [OAUTH2_HEADER]: forge(right) }), 401);
});

test.each([
  'X-Hub-Signature-256',
  'Authorization',
  'X-Twitter-Webhook-Signature',
  'X-Twitter-Webhooks-Signature-OAuth1',
])('a delivery with the right signature under %s is refused with 401', async (name) => {
  const { body, right } = await signedBody(CLIENT_SECRET);
  await expectRefused(harness, delivery(body, { [name]: right }), 401);
});

test('a delivery without any signature header is refused with 401', async () => {
  await expectRefused(harness, delivery(messageBody(), {}), 401);
});
