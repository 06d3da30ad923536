import { describe, expect, test } from 'vitest';
import { loginsOf } from './bound.ts';
import { API_URL, json, recorder } from './recorder.ts';

/** Published in X's docs (docs/platforms/x.md, Test vectors). */
const consumer = {
  key: 'xvz1evFS4wEEPTGEFPHBog',
  secret: 'L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg',
};
const BASIC =
  'Basic eHZ6MWV2RlM0d0VFUFRHRUZQSEJvZzpMOHFxOVBaeVJnNmllS0dFS2hab2xHQzB2SldMdzhpRUo4OERSZHlPZw==';

function appThatGets(respond: () => Response | Promise<Response>) {
  const { runtime, sent } = recorder(respond);
  const { oauth1 } = loginsOf({
    runtime,
    apiUrl: API_URL,
    webUrl: 'https://x.example',
    consumer,
  });
  return { oauth1, sent };
}

const headers = {
  'user-agent': 'soshik',
  authorization: BASIC,
  'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
};
const bearer = { token_type: 'bearer', access_token: 'fake%2Fbearer%3D' };

describe('the app-only bearer', () => {
  test('is asked for with the key pair as X publishes it', async () => {
    const { oauth1, sent } = appThatGets(() => json(bearer));
    expect(await oauth1.fetchBearer()).toEqual({
      ok: true,
      value: { accessToken: 'fake%2Fbearer%3D' },
    });
    expect(sent).toEqual([
      {
        method: 'POST',
        url: `${API_URL}/oauth2/token`,
        headers,
        text: 'grant_type=client_credentials',
        form: null,
      },
    ]);
  });
});

const credentialsRefused = {
  errors: [
    { code: 99, label: 'authenticity_token_error', message: 'Unable to verify your credentials' },
  ],
};

test.each<[number, unknown, string, boolean]>([
  [403, credentialsRefused, 'keys-refused', false],
  [401, { errors: [{ code: 32 }] }, 'keys-refused', false],
  [401, '', 'keys-refused', false],
  [403, { errors: [{ code: 170, message: 'Missing grant_type' }] }, 'invalid', false],
  [429, { errors: [{ code: 88 }] }, 'rate-limited', false],
  [503, 'Over capacity', 'unavailable', true],
  [200, '<html>', 'unavailable', true],
  [200, { ...bearer, token_type: 'mac' }, 'unavailable', true],
  [200, { ...bearer, access_token: 'a b' }, 'unavailable', true],
])('%i %j: %s', async (status, body, reason, mayHaveActed) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { oauth1 } = appThatGets(() => new Response(text, { status }));
  expect(await oauth1.fetchBearer()).toMatchObject({ ok: false, reason, status, mayHaveActed });
});
