import { beforeEach, describe, expect, test } from 'vitest';
import { createHarness, type Harness, WEBHOOK } from '../worker/harness.ts';
import { CLIENT_SECRET, expectRefused, messageBody, OAUTH2_HEADER, sign } from './attack.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

const body = messageBody();

async function signed(method: string, address: string): Promise<Request> {
  return new Request(address, {
    method,
    headers: { [OAUTH2_HEADER]: await sign(CLIENT_SECRET, body) },
    body: method === 'GET' || method === 'HEAD' ? null : body,
    redirect: 'manual',
  });
}

describe('a rightly signed message', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'])(
    'sent by %s is refused with 405, which names the methods there are',
    async (method) => {
      const { headers } = await expectRefused(harness, await signed(method, WEBHOOK), 405);
      expect(headers.get('allow')).toBe('GET, POST');
    },
  );

  // The runtime itself gives a GET no body.
  test.each(['GET', 'HEAD'])(
    'whose signature comes by %s is a CRC without token: 400',
    async (method) => {
      await expectRefused(harness, await signed(method, WEBHOOK), 400);
    },
  );

  test.each([
    ['a trailing slash', `${WEBHOOK}/`],
    ['two slashes in front', WEBHOOK.replace('/webhook', '//webhook')],
    ['two slashes inside', WEBHOOK.replace('/twitter', '//twitter')],
    ['capitals', WEBHOOK.replace('/twitter', '/Twitter')],
    ['something behind', `${WEBHOOK}/events`],
    ['an escaped slash', WEBHOOK.replace('/twitter', '%2Ftwitter')],
    ['an escaped slash behind', `${WEBHOOK}%2F`],
  ])(
    'sent to the address with %s is refused with 404, never with a redirect',
    async (_name, address) => {
      await expectRefused(harness, await signed('POST', address), 404);
    },
  );
});

test('a CRC to the address with a trailing slash is refused with 404', async () => {
  const request = new Request(`${WEBHOOK}/?crc_token=abc`, { redirect: 'manual' });
  const { text } = await expectRefused(harness, request, 404);
  expect(text).not.toContain('sha256=');
});
