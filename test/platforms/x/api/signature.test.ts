import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  crcResponse,
  crcSecret,
  isOpaqueToken,
  signatureClaim,
  verifySignature,
} from '../../../../src/platforms/x/api/signature.ts';
import { hmacBase64, utf8 } from '../../../sandbox/bytes.ts';

const secrets = { client: 'fake-client-secret', consumer: 'fake-consumer-secret' };
const OAUTH2 = 'X-Twitter-Webhooks-Signature-OAuth2';
const LEGACY = 'X-Twitter-Webhooks-Signature';

async function isRight(
  configured: Parameters<typeof signatureClaim>[0],
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<boolean> {
  const claimed = signatureClaim(configured, new Headers(headers));
  return claimed !== undefined && (await verifySignature(claimed, utf8(body)));
}

/** Its last digit holds two bits that nobody reads. */
function sameBytes(value: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = digits[digits.indexOf(value.at(-2) ?? '') + 1] ?? '';
  return `${value.slice(0, -2)}${last}=`;
}

// Signatures that others computed (docs/platforms/x.md, Test vectors).
describe('published vectors', () => {
  test.each([
    ['test', 'test=1&other_test=2', '25Cu3iwbbiqBTwQRzcKJZwisjf736V2Q8UaTlkfLSoc='],
    [
      'test',
      '{"test_number":1,"test_string":"two"}',
      'YWHphPn/JFq43jkF0y4/w8R/SelmLjvpunhVFY8JhlI=',
    ],
    [
      'SECRET-VALUE',
      '{"for_user_id":"2244994945","follow_events":[]}',
      'jlSMkj72sqpIWJdl8rdKiEf1zPMRJkvY1VWxVhuPD4c=',
    ],
    [
      'CONSUMER-SECRET',
      '{"for_user_id":"2244994945","follow_events":[]}',
      'IdtPMVhr8Hql9OtN7YTX/+gknTMNOui0D4ixytI8bD0=',
    ],
  ])('under the key %s, the signature of %s is right in both headers', async (key, body, mac) => {
    const value = `sha256=${mac}`;
    expect(await isRight({ client: key }, { [OAUTH2]: value }, body)).toBe(true);
    expect(await isRight({ consumer: key }, { [LEGACY]: value }, body)).toBe(true);
    expect(await isRight({ client: key }, { [OAUTH2]: value }, `${body} `)).toBe(false);
  });

  test.each([
    ['test', 'foo', 'HlU5y5rWhNi1SHftUCyOxuT6JRuDqeVBKWp1yvldR04='],
    ['SECRET-VALUE', 'challenge_string', 'xT/YyTRZde5T1HbCK7K2bpcELYOIMkZVbgYjsESw+AM='],
    ['CONSUMER-SECRET', 'challenge_string', '9CnCWcBcOApA1LHdqkjWbF2DBNdBrnAJPmL5qTUUANQ='],
  ])('under the key %s, %s is answered as CRC wants it', async (key, token, mac) => {
    expect(await crcResponse(key, token)).toBe(`sha256=${mac}`);
  });
});

describe('a delivery', () => {
  const body = '{"a":"고양이"}';
  const signed = async (key: string) => `sha256=${await hmacBase64('SHA-256', key, body)}`;

  test('is judged by the OAuth2 header when there is one and a client secret', async () => {
    const [client, consumer] = [await signed(secrets.client), await signed(secrets.consumer)];
    expect(await isRight(secrets, { [OAUTH2]: client, [LEGACY]: 'sha256=' }, body)).toBe(true);
    expect(await isRight(secrets, { [OAUTH2]: consumer, [LEGACY]: consumer }, body)).toBe(false);
  });

  test('is judged by the legacy header when there is no other, or no client secret', async () => {
    const consumer = await signed(secrets.consumer);
    expect(await isRight(secrets, { [LEGACY]: consumer }, body)).toBe(true);
    const headers = { [OAUTH2]: 'sha256=', [LEGACY]: consumer };
    expect(await isRight({ consumer: secrets.consumer }, headers, body)).toBe(true);
  });

  test('at an address pinned to the consumer secret is judged by the legacy header first', async () => {
    const [client, consumer] = [await signed(secrets.client), await signed(secrets.consumer)];
    const pinned = (headers: Readonly<Record<string, string>>) =>
      signatureClaim(secrets, new Headers(headers), 'consumer')?.secret;
    expect(pinned({ [OAUTH2]: client, [LEGACY]: consumer })).toBe(secrets.consumer);
    expect(pinned({ [OAUTH2]: client })).toBe(secrets.client);
  });

  test.each([
    ['something before it', (value: string) => `v1,${value}`],
    ['something behind it', (value: string) => `${value},v1`],
    ['a last digit that decodes to the same bytes', sameBytes],
    ['no name of the digest', (value: string) => value.slice('sha256='.length)],
  ])('whose signature has %s is none', async (_what, change) => {
    const value = change(await signed(secrets.client));
    expect(signatureClaim(secrets, new Headers({ [OAUTH2]: value }))).toBeUndefined();
  });

  test.each([
    ['no header', secrets, []],
    ['no secret for its header', { client: secrets.client }, [LEGACY]],
    ['no secret at all', {}, [OAUTH2, LEGACY]],
  ])('with %s has nothing to be judged by', async (_name, configured, names) => {
    const value = await signed(secrets.consumer);
    const headers = new Headers(names.map((name) => [name, value]));
    expect(signatureClaim(configured, headers)).toBeUndefined();
  });

  test('is right for exactly the bytes that were signed, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.uint8Array({ maxLength: 300 }),
        async (bytes, others) => {
          const one = new Uint8Array(bytes);
          const other = new Uint8Array(others);
          const value = `sha256=${await hmacBase64('SHA-256', secrets.client, one)}`;
          const claimed = signatureClaim(secrets, new Headers({ [OAUTH2]: value }));
          if (!claimed) throw new Error('a right signature is no claim');
          const same = one.length === other.length && one.every((byte, at) => byte === other[at]);
          expect(await verifySignature(claimed, one)).toBe(true);
          expect(await verifySignature(claimed, other)).toBe(same);
        },
      ),
    );
  });
});

describe('crc_token', () => {
  test.each([
    ['a', true],
    ['a'.repeat(256), true],
    ['+/=_.~-', true],
    ['', false],
    ['a'.repeat(257), false],
    ['a b', false],
    ['abc\n', false],
    ['{}', false],
    ['"abc"', false],
    ['고양이', false],
  ])('%j is opaque: %s', (token, expected) => {
    expect(isOpaqueToken(token)).toBe(expected);
  });

  test('that is not opaque is never signed', async () => {
    await expect(crcResponse('test', '{"a":1}')).rejects.toThrow(
      new RangeError('crc_token is not opaque'),
    );
  });

  test('that is JSON of an object, a list or a text is never opaque', () => {
    fc.assert(
      fc.property(fc.oneof(fc.object(), fc.array(fc.jsonValue()), fc.string()), (value) => {
        expect(isOpaqueToken(JSON.stringify(value))).toBe(false);
      }),
    );
  });
});

describe('the secret that answers CRC', () => {
  const { client, consumer } = secrets;
  test.each([
    ['auto', secrets, client],
    ['auto', { consumer }, consumer],
    ['auto', {}, undefined],
    ['client', secrets, client],
    ['client', { consumer }, undefined],
    ['consumer', secrets, consumer],
    ['consumer', { client }, undefined],
  ] as const)('by %s of %j is %s', (kind, configured, expected) => {
    expect(crcSecret(configured, kind)).toBe(expected);
  });
});
