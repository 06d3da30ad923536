import { describe, expect, test } from 'vitest';
import type { ConsumerApp } from './app.ts';
import { createTwitterApp } from './app.ts';
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
  const { oauth1 } = createTwitterApp({
    runtime,
    apiUrl: API_URL,
    webUrl: 'https://x.example',
    consumer,
  });
  return { oauth1: oauth1 ?? expect.unreachable(), sent };
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

  test('is ended by name', async () => {
    const { oauth1, sent } = appThatGets(() => json({ access_token: 'fake%2Fbearer%3D' }));
    expect(await oauth1.invalidateBearer('fake%2Fbearer%3D')).toMatchObject({ ok: true });
    expect(sent).toEqual([
      {
        method: 'POST',
        url: `${API_URL}/oauth2/invalidate_token`,
        headers,
        text: 'access_token=fake%252Fbearer%253D',
        form: null,
      },
    ]);
  });

  test('a malformed one is not sent', async () => {
    const { oauth1, sent } = appThatGets(() => json({}));
    expect(await oauth1.invalidateBearer('fake\nbearer')).toMatchObject({ reason: 'invalid' });
    expect(sent).toEqual([]);
  });
});

const steps = {
  fetch: (app: ConsumerApp) => app.fetchBearer(),
  invalidate: (app: ConsumerApp) => app.invalidateBearer('fake-bearer'),
} as const;

const credentialsRefused = {
  errors: [
    { code: 99, label: 'authenticity_token_error', message: 'Unable to verify your credentials' },
  ],
};

test.each<[keyof typeof steps, number, unknown, string, boolean]>([
  ['fetch', 403, credentialsRefused, 'keys-refused', false],
  ['fetch', 401, { errors: [{ code: 32 }] }, 'keys-refused', false],
  ['fetch', 401, '', 'keys-refused', false],
  ['fetch', 403, { errors: [{ code: 170, message: 'Missing grant_type' }] }, 'invalid', false],
  ['fetch', 429, { errors: [{ code: 88 }] }, 'rate-limited', false],
  ['fetch', 503, 'Over capacity', 'unavailable', true],
  ['fetch', 200, '<html>', 'unavailable', true],
  ['fetch', 200, { ...bearer, token_type: 'mac' }, 'unavailable', true],
  ['fetch', 200, { ...bearer, access_token: 'a b' }, 'unavailable', true],
  ['invalidate', 401, { errors: [{ code: 89 }] }, 'expired', false],
  ['invalidate', 403, { errors: [{ code: 89 }] }, 'expired', false],
  ['invalidate', 403, credentialsRefused, 'keys-refused', false],
  ['invalidate', 404, '', 'invalid', false],
])('%s, %i %j: %s', async (step, status, body, reason, mayHaveActed) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { oauth1 } = appThatGets(() => new Response(text, { status }));
  expect(await steps[step](oauth1)).toMatchObject({ ok: false, reason, status, mayHaveActed });
});
