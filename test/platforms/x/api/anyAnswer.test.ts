import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Runtime } from '../../../../src/lib/runtime.ts';
import { clientOf, loginsOf } from './bound.ts';
import { API_URL, credentials, NOW_MS } from './recorder.ts';

/** Bodies near enough to X's own to get past the first checks. */
const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('1', '7', 'DuplicateUrlFailed', 'invalid_grant', 'invalid_request', 'bearer', ''),
);
const value: fc.Arbitrary<unknown> = fc.oneof(word, fc.boolean(), fc.double(), fc.constant(null));
const names = (
  'id url valid created_at deleted attempted job_id subscribed subscription_id event_type filter ' +
  'tag webhook_id user_id subscriptions access_token refresh_token token_type expires_in scope ' +
  'next_token error error_description errors message code meta result_count'
).split(' ');
const fields = fc.dictionary(fc.constantFrom(...names), value);
const envelope = fc.record(
  {
    data: fc.oneof(fields, fc.array(fields), fc.record({ subscription: fields }), value),
    errors: fc.oneof(fc.array(fc.oneof(fields, value)), value),
    meta: fc.oneof(fields, value),
  },
  { requiredKeys: [] },
);
const form = fc
  .dictionary(
    fc.constantFrom('oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed', 'user_id'),
    word,
  )
  .map((entries) => new URLSearchParams(entries).toString());
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  fc.json(),
  form,
  fc.oneof(envelope, fields).map((body) => JSON.stringify(body)),
);
const statuses = fc.oneof(
  fc.constantFrom(200, 201, 400, 401, 403, 404, 409, 429, 503),
  fc.integer({ min: 200, max: 599 }),
);

const steps = stepsOf(() => Promise.reject(new Error('not asked')));

describe('whatever X answers is a value with a reason, never an exception', () => {
  test.each(Object.keys(steps))('%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(statuses, bodies, async (status, body) => {
        const hasNoBody = status === 204 || status === 205 || status === 304;
        const respond = () => Promise.resolve(new Response(hasNoBody ? null : body, { status }));
        const act = stepsOf(respond)[name] ?? expect.unreachable();
        const result = await act();
        if (result.ok) {
          // A 400 or 409 may be one too: it says that what was asked for is there already.
          expect(status).toBeLessThan(410);
          expect([401, 402, 408]).not.toContain(status);
        } else {
          expect(result.reason).toMatch(/^[a-z-]+$/);
          expect(result.detail.length).toBeGreaterThan(0);
          expect(result.detail.length).toBeLessThanOrEqual(300);
          expect(result.retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 100 },
    );
  });
});

type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly detail: string;
      readonly retryAfterMs?: number;
    };

function stepsOf(fetch: Runtime['fetch']): Record<string, () => Promise<Outcome>> {
  const runtime = {
    now: () => NOW_MS,
    randomBytes: (length: number) => new Uint8Array(length),
    fetch,
  };
  const options = { runtime, apiUrl: API_URL };
  const { oauth1, oauth2 } = loginsOf({
    ...options,
    webUrl: 'https://x.example',
    consumer: { key: 'fake-key', secret: 'fake-secret' },
    oauth2: { clientId: 'fake-client' },
  });
  const app = clientOf({ ...options, credentials: { accessToken: 'fake-bearer' } });
  const user = clientOf({ ...options, credentials });
  const { token, tokenSecret } = credentials;
  const range = { fromAt: 0, toAt: 60_000 };
  return {
    requestToken: () => oauth1.requestToken({ callback: 'oob' }),
    accessToken: () => oauth1.accessToken({ token, tokenSecret, verifier: 'fake' }),
    invalidateToken: () => oauth1.invalidateToken({ token, tokenSecret }),
    fetchBearer: () => oauth1.fetchBearer(),
    refreshToken: () => oauth2.refreshToken('fake'),
    revokeToken: () => oauth2.revokeToken('fake', 'refresh_token'),
    registerWebhook: () => app.registerWebhook('https://soshik.example/'),
    listWebhooks: () => app.listWebhooks(),
    revalidateWebhook: () => app.revalidateWebhook('1'),
    removeWebhook: () => app.removeWebhook('1'),
    replayWebhook: () => app.replayWebhook('1', range),
    createSubscription: () =>
      user.createSubscription({ eventType: 'dm.received', userId: '1', webhookId: '1', tag: 'a' }),
    listSubscriptions: () => user.listSubscriptions(),
    deleteSubscription: () => app.deleteSubscription('1'),
    subscribe: () => user.subscribe('1'),
    listSubscribedUsers: () => app.listSubscribedUsers('1'),
    unsubscribe: () => app.unsubscribe('1', '1'),
  };
}
