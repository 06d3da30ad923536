import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hmacBase64 } from '../sandbox/bytes.ts';
import { createHarness, type Harness, WEBHOOK } from '../worker/harness.ts';
import { answerTo, CLIENT_SECRET, CONSUMER_SECRET } from './attack.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_.~-';
const OPAQUE = /^[A-Za-z0-9+/=_.~-]{1,256}$/;

/** A binding that nothing may be asked of. */
function untouchable<Binding extends object>(binding: Binding): Binding {
  return new Proxy(binding, {
    get(_, property) {
      throw new Error(`CRC touched ${String(property)} of a binding`);
    },
  });
}

/** The Worker without anything to read from or write to. */
function withoutStorage(vars: Readonly<Record<string, string | undefined>> = {}): Promise<Harness> {
  return createHarness(vars, ({ env, runtime }) => ({
    runtime,
    env: {
      ...env,
      DB: untouchable(env.DB),
      TOKENS: untouchable(env.TOKENS),
      MEDIA: untouchable(env.MEDIA),
      EVENTS: untouchable(env.EVENTS),
      POLLS: untouchable(env.POLLS),
      DELIVERIES: untouchable(env.DELIVERIES),
    },
  }));
}

function crc(query: string): Request {
  return new Request(`${WEBHOOK}?${query}`, { redirect: 'manual' });
}

/** X may encode either way: a space as `+` or as `%20`. */
function askFor(token: string, form: boolean): Request {
  if (form) return crc(new URLSearchParams({ crc_token: token }).toString());
  return crc(`crc_token=${encodeURIComponent(token)}`);
}

const json = fc.oneof(
  fc.object().map((value) => JSON.stringify(value)),
  fc.array(fc.jsonValue()).map((value) => JSON.stringify(value)),
  fc.string().map((value) => JSON.stringify(value)),
);
const opaque = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(LETTERS)), minLength: min, maxLength: max });
/** An opaque token with something in it that does not belong there. */
const spoiled = fc
  .tuple(
    opaque(0, 40),
    fc.constantFrom(...Array.from(' "\'{}[]():,;<>\\`%&#?!*@$^|\n\r\t\0')),
    opaque(0, 40),
  )
  .map((parts) => parts.join(''));
const foreign = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((token) => !OPAQUE.test(token));
const oversized = opaque(257, 2000);
const notOpaque = fc.oneof(json, spoiled, foreign, oversized);

describe('the CRC endpoint', () => {
  test('never signs one of 2,000 tokens that are not opaque', async () => {
    const harness = await withoutStorage();
    await fc.assert(
      fc.asyncProperty(notOpaque, fc.boolean(), async (token, form) => {
        const { status, text } = await answerTo(harness, askFor(token, form));
        expect(status).toBe(400);
        expect(text).not.toContain('response_token');
        expect(text).not.toContain('sha256=');
      }),
      { numRuns: 2000 },
    );
  }, 60_000);

  test('signs every opaque token of 1 to 256 characters, however it is encoded', async () => {
    const harness = await withoutStorage();
    await fc.assert(
      fc.asyncProperty(opaque(1, 256), fc.boolean(), async (token, form) => {
        const { status, text } = await answerTo(harness, askFor(token, form));
        const mac = await hmacBase64('SHA-256', CLIENT_SECRET, token);
        expect([status, JSON.parse(text)]).toEqual([200, { response_token: `sha256=${mac}` }]);
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  test.each([
    ['no token', ''],
    ['an empty token', 'crc_token='],
    ['a token without value', 'crc_token'],
    ['the same token twice', 'crc_token=abc&crc_token=abc'],
    ['two tokens', 'crc_token=abc&crc_token=%7B%7D'],
    ['a second token under an escaped name', 'crc_token=abc&crc%5Ftoken=def'],
    ['an empty and a good token', 'crc_token=&crc_token=abc'],
    ['a name in capitals', 'CRC_TOKEN=abc'],
    ['a name in brackets', 'crc_token[]=abc'],
    ['a space written as +', 'crc_token=a+b'],
    ['a space written as %20', 'crc_token=a%20b'],
    ['a newline behind', 'crc_token=abc%0A'],
    ['a NUL behind', 'crc_token=abc%00'],
    ['a percent sign that escapes nothing', 'crc_token=%zz'],
    ['an escape cut short', 'crc_token=abc%'],
    ['bytes that are no UTF-8', 'crc_token=%ff%fe'],
    ['a letter escaped twice', 'crc_token=%2561'],
    ['full-width letters', 'crc_token=%EF%BD%81'],
    ['257 characters', `crc_token=${'a'.repeat(257)}`],
    ['100,000 characters', `crc_token=${'a'.repeat(100_000)}`],
  ])('refuses %s with 400 and gives no signature', async (_name, query) => {
    const { status, text } = await answerTo(await withoutStorage(), crc(query));
    expect(status).toBe(400);
    expect(text).not.toContain('sha256=');
  });

  test.each([
    ['1 character', 'a'],
    ['256 characters', 'a'.repeat(256)],
    ['every character there may be', LETTERS],
  ])('signs a token of %s', async (_name, token) => {
    const { status, text } = await answerTo(await withoutStorage(), askFor(token, false));
    const mac = await hmacBase64('SHA-256', CLIENT_SECRET, token);
    expect([status, JSON.parse(text)]).toEqual([200, { response_token: `sha256=${mac}` }]);
  });

  test('answers a token beside other parameters: X adds a nonce', async () => {
    const { status, text } = await answerTo(
      await withoutStorage(),
      crc('nonce=%7B%7D&crc_token=abc&x=crc_token'),
    );
    const mac = await hmacBase64('SHA-256', CLIENT_SECRET, 'abc');
    expect([status, JSON.parse(text)]).toEqual([200, { response_token: `sha256=${mac}` }]);
  });

  test('answers as JSON, not packed', async () => {
    const { headers } = await answerTo(await withoutStorage(), askFor('abc', false));
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('content-encoding')).toBeNull();
  });
});

describe('which secret answers', () => {
  const none = undefined;
  test.each([
    ['auto', CLIENT_SECRET, CONSUMER_SECRET, CLIENT_SECRET],
    ['auto', none, CONSUMER_SECRET, CONSUMER_SECRET],
    ['auto', CLIENT_SECRET, none, CLIENT_SECRET],
    ['auto', ' ', CONSUMER_SECRET, CONSUMER_SECRET],
    // Short enough to be guessed: as if it were not there.
    ['auto', 'CONSUMER-SECRET', CONSUMER_SECRET, CONSUMER_SECRET],
    ['client', CLIENT_SECRET, CONSUMER_SECRET, CLIENT_SECRET],
    ['consumer', CLIENT_SECRET, CONSUMER_SECRET, CONSUMER_SECRET],
    [none, CLIENT_SECRET, CONSUMER_SECRET, CLIENT_SECRET],
    ['', CLIENT_SECRET, CONSUMER_SECRET, CLIENT_SECRET],
  ])('kind %s with client %s and consumer %s: %s', async (kind, client, consumer, secret) => {
    const harness = await withoutStorage({
      TWITTER_WEBHOOK_SECRET_KIND: kind,
      TWITTER_CLIENT_SECRET: client,
      TWITTER_API_SECRET: consumer,
    });
    const { status, text } = await answerTo(harness, askFor('abc', false));
    const mac = await hmacBase64('SHA-256', secret, 'abc');
    expect([status, JSON.parse(text)]).toEqual([200, { response_token: `sha256=${mac}` }]);
  });

  test.each([
    ['auto', none, none],
    ['auto', '', '   '],
    ['client', none, CONSUMER_SECRET],
    ['client', '  ', CONSUMER_SECRET],
    ['client', 'CONSUMER-SECRET', CONSUMER_SECRET],
    ['auto', 'test', 'SECRET-VALUE'],
    ['consumer', CLIENT_SECRET, none],
  ])(
    'kind %s with client %s and consumer %s: none, 503 and no signature',
    async (kind, client, consumer) => {
      const harness = await withoutStorage({
        TWITTER_WEBHOOK_SECRET_KIND: kind,
        TWITTER_CLIENT_SECRET: client,
        TWITTER_API_SECRET: consumer,
      });
      const { status, text } = await answerTo(harness, askFor('abc', false));
      expect(status).toBe(503);
      expect(text).not.toContain('sha256=');
      expect(text).not.toContain('response_token');
    },
  );
});
