import { describe, test } from 'vitest';
import { hmacBase64, toBase64, utf8 } from '../sandbox/bytes.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createHarness } from '../worker/harness.ts';
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

const body = messageBody();

/** HMAC fills a key up with zero bytes: this one signs as the empty key does. */
const EMPTY_KEY = '\0';

async function sha256(text: string): Promise<string> {
  return `sha256=${toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))))}`;
}

describe('a signature', () => {
  test.each([
    ['of a wrong secret of the same length', () => sign(`${CLIENT_SECRET.slice(0, -1)}x`, body)],
    ['of the secret in capitals', () => sign(CLIENT_SECRET.toUpperCase(), body)],
    ['of the secret with a newline behind', () => sign(`${CLIENT_SECRET}\n`, body)],
    ['of the secret with a space in front', () => sign(` ${CLIENT_SECRET}`, body)],
    ['of the secret in base64', () => sign(btoa(CLIENT_SECRET), body)],
    ['of the empty key', () => sign(EMPTY_KEY, body)],
    ['of the word undefined', () => sign('undefined', body)],
    ['of the word null', () => sign('null', body)],
    ['of the API key, which is public', () => sign(sandboxSecrets.TWITTER_API_KEY, body)],
    ['of the access token secret', () => sign(sandboxSecrets.TWITTER_ACCESS_TOKEN_SECRET, body)],
    ['of the OAuth 1.0a signing key', () => sign(`${CONSUMER_SECRET}&`, body)],
    ['of the consumer secret', () => sign(CONSUMER_SECRET, body)],
    ['with key and body swapped', () => sign(body, CLIENT_SECRET)],
    ['that is a plain hash of the body', () => sha256(body)],
    ['that is a hash of secret and body', () => sha256(CLIENT_SECRET + body)],
    [
      'that is HMAC-SHA1 under the name sha256',
      async () => `sha256=${await hmacBase64('SHA-1', CLIENT_SECRET, body)}`,
    ],
  ])('%s is refused with 401', async (_name, forge) => {
    const harness = await createHarness();
    await expectRefused(harness, delivery(body, { [OAUTH2_HEADER]: await forge() }), 401);
  });

  test('in the legacy header of the client secret is refused with 401', async () => {
    const harness = await createHarness();
    const forged = await sign(CLIENT_SECRET, body);
    await expectRefused(harness, delivery(body, { [LEGACY_HEADER]: forged }), 401);
  });
});

describe('two signature headers', () => {
  test.each([
    ['wrong', `sha256=${'A'.repeat(43)}=`],
    ['malformed', 'sha256='],
    ['empty', ''],
  ])(
    'of which the OAuth2 one is %s are refused with 401, whatever the legacy one says',
    async (_name, forged) => {
      const harness = await createHarness();
      const headers = {
        [OAUTH2_HEADER]: forged,
        [LEGACY_HEADER]: await sign(CONSUMER_SECRET, body),
      };
      await expectRefused(harness, delivery(body, headers), 401);
    },
  );

  test('with their values swapped are refused with 401', async () => {
    const harness = await createHarness();
    const headers = {
      [OAUTH2_HEADER]: await sign(CONSUMER_SECRET, body),
      [LEGACY_HEADER]: await sign(CLIENT_SECRET, body),
    };
    await expectRefused(harness, delivery(body, headers), 401);
  });

  test('of which only the OAuth2 one is right are accepted: it has the say', async () => {
    const harness = await createHarness();
    const headers = {
      [OAUTH2_HEADER]: await sign(CLIENT_SECRET, body),
      [LEGACY_HEADER]: `sha256=${'A'.repeat(43)}=`,
    };
    await expectAccepted(harness, delivery(body, headers));
  });

  test('of an app without a client secret are judged by the legacy one', async () => {
    const harness = await createHarness({ TWITTER_CLIENT_SECRET: undefined });
    const right = await sign(CONSUMER_SECRET, body);
    const wrong = { [OAUTH2_HEADER]: right, [LEGACY_HEADER]: `sha256=${'A'.repeat(43)}=` };
    await expectRefused(harness, delivery(body, wrong), 401);
    await expectRefused(harness, delivery(body, { [OAUTH2_HEADER]: right }), 401);
    const both = { [OAUTH2_HEADER]: await sign(CLIENT_SECRET, body), [LEGACY_HEADER]: right };
    await expectAccepted(harness, delivery(body, both));
  });
});

describe('a secret configured as', () => {
  const blanks = [
    ['nothing', undefined, [EMPTY_KEY, 'undefined']],
    ['an empty text', '', [EMPTY_KEY]],
    ['three spaces', '   ', [EMPTY_KEY, '   ']],
    ['a newline', '\n', [EMPTY_KEY, '\n']],
  ] as const;

  test.each(blanks)(
    '%s opens no door: every delivery is refused with 401',
    async (_name, blank, keys) => {
      const harness = await createHarness({
        TWITTER_CLIENT_SECRET: blank,
        TWITTER_API_SECRET: blank,
      });
      for (const key of keys) {
        const forged = await sign(key, body);
        await expectRefused(harness, delivery(body, { [OAUTH2_HEADER]: forged }), 401);
        await expectRefused(harness, delivery(body, { [LEGACY_HEADER]: forged }), 401);
      }
    },
  );

  test.each(blanks)(
    '%s for the client leaves the legacy header in charge',
    async (_name, blank, keys) => {
      const harness = await createHarness({ TWITTER_CLIENT_SECRET: blank });
      for (const key of keys) {
        const forged = await sign(key, body);
        await expectRefused(harness, delivery(body, { [OAUTH2_HEADER]: forged }), 401);
      }
      const right = await sign(CONSUMER_SECRET, body);
      await expectAccepted(harness, delivery(body, { [LEGACY_HEADER]: right }));
    },
  );

  test('the right text with a newline behind works as X has it, without the newline', async () => {
    const harness = await createHarness({ TWITTER_CLIENT_SECRET: `${CLIENT_SECRET}\n` });
    const pasted = await sign(`${CLIENT_SECRET}\n`, body);
    await expectRefused(harness, delivery(body, { [OAUTH2_HEADER]: pasted }), 401);
    const right = await sign(CLIENT_SECRET, body);
    await expectAccepted(harness, delivery(body, { [OAUTH2_HEADER]: right }));
  });
});
