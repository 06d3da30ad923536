import { describe, expect, test } from 'vitest';
import { authorizationHeader } from '../../../../src/platforms/x/api/oauth1.ts';
import { clientOf } from './bound.ts';
import type { Recorded } from './recorder.ts';
import { API_URL, credentials, json, NOW_MS, recorder } from './recorder.ts';

const wish = { eventType: 'dm.received', userId: '42', webhookId: '146', tag: 'dm' } as const;
const told = {
  subscription_id: '7',
  event_type: 'dm.received',
  filter: { user_id: '42' },
  tag: 'dm',
  webhook_id: '146',
  created_at: '2026-11-22T03:00:00Z',
};
const read = { id: '7', eventType: 'dm.received', userId: '42', webhookId: '146', tag: 'dm' };

function appThatGets(respond: (call: Recorded) => Response) {
  const { runtime, sent } = recorder(respond);
  const options = { runtime, apiUrl: API_URL };
  return {
    app: clientOf({ ...options, credentials: { accessToken: 'fake-bearer' } }),
    oauth1: clientOf({ ...options, credentials }),
    oauth2: clientOf({ ...options, credentials: { accessToken: 'fake-access' } }),
    sent,
  };
}

describe('subscribing', () => {
  test('is one exact request, with whichever credential asks', async () => {
    const { app, oauth1, oauth2, sent } = appThatGets(() => json({ data: { subscription: told } }));
    const value = { ok: true, value: { id: '7' } };
    expect(await oauth1.createSubscription(wish)).toEqual(value);
    expect(await oauth2.createSubscription(wish)).toEqual(value);
    expect(await app.createSubscription(wish)).toEqual(value);
    const url = `${API_URL}/2/activity/subscriptions`;
    const stamp = { timestampSeconds: NOW_MS / 1000, nonce: '01'.repeat(16) };
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual([
      await authorizationHeader(credentials, { method: 'POST', url }, stamp),
      'Bearer fake-access',
      'Bearer fake-bearer',
    ]);
    for (const call of sent) {
      expect(call).toMatchObject({ method: 'POST', url });
      expect(JSON.parse(call.text)).toEqual({
        event_type: 'dm.received',
        filter: { user_id: '42' },
        tag: 'dm',
        webhook_id: '146',
      });
    }
  });

  test.each<[string, number, unknown, string | null]>([
    ['inside data', 200, { data: { subscription: told }, meta: { total_subscriptions: 1 } }, '7'],
    ['flat', 201, { data: told }, '7'],
    ['as a list', 200, { data: [told] }, '7'],
    ['as a list of two', 200, { data: [told, { ...told, subscription_id: '8' }] }, '7'],
    ['with errors beside it', 200, { data: told, errors: [{ title: 'x' }] }, '7'],
    ['without words', 204, null, null],
    ['without an id', 200, { data: { subscription: { ...told, subscription_id: null } } }, null],
    ['as an empty list', 200, { data: [] }, null],
  ])('an answer %s is understood', async (_name, status, body, id) => {
    const text = body === null ? null : JSON.stringify(body);
    const { app } = appThatGets(() => new Response(text, { status }));
    expect(await app.createSubscription(wish)).toEqual({ ok: true, value: { id } });
  });

  test.each<[number, unknown, string]>([
    [400, { errors: [{ message: 'DuplicateSubscriptionFailed: is there' }] }, 'duplicate'],
    [400, { detail: 'This is a duplicate of another subscription' }, 'duplicate'],
    [409, '', 'duplicate'],
    [409, { type: 'https://api.x.com/2/problems/invalid-request' }, 'duplicate'],
    [400, { errors: [{ message: 'SubscriptionLimitExceeded: 1500' }] }, 'limit'],
    [400, { errors: [{ message: 'filter is missing' }] }, 'invalid'],
    [403, { detail: 'This event requires an OAuth access token' }, 'forbidden'],
    [
      403,
      { type: 'https://api.x.com/2/problems/unsupported-authentication', title: 'Unsupported' },
      'unauthorized',
    ],
    [401, { detail: 'duplicate' }, 'unauthorized'],
    [402, '', 'credits-depleted'],
    [429, { detail: 'duplicate' }, 'retry'],
    [500, { detail: 'duplicate' }, 'retry'],
    [200, '<html>', 'retry'],
    [200, { errors: [{ title: 'Forbidden' }] }, 'retry'],
    [200, '', 'retry'],
  ])('%i %j: %s', async (status, body, reason) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { oauth1 } = appThatGets(() => new Response(text, { status }));
    expect(await oauth1.createSubscription(wish)).toMatchObject({ ok: false, reason, status });
  });

  test.each([
    ['no id of a person', { userId: 'me' }],
    ['no id of a webhook', { webhookId: '' }],
    ['no tag', { tag: '' }],
    ['a tag of 201 characters', { tag: 'a'.repeat(201) }],
  ])('with %s is refused before anything is sent', async (_name, wrong) => {
    const { app, sent } = appThatGets(() => json({}));
    expect(await app.createSubscription({ ...wish, ...wrong })).toMatchObject({
      reason: 'invalid',
      status: null,
    });
    expect(sent).toEqual([]);
  });
});

describe('listing', () => {
  test('follows the pages to their end', async () => {
    const token = 'sixteen-or-more&b=\ud800';
    const { app, sent } = appThatGets(({ url }) =>
      url.includes('pagination_token')
        ? json({ data: [{ subscription_id: '8', event_type: 'post.create' }], meta: {} })
        : json({ data: [told], meta: { next_token: token } }),
    );
    expect(await app.listSubscriptions()).toEqual({
      ok: true,
      value: [
        read,
        { id: '8', eventType: 'post.create', userId: null, webhookId: null, tag: null },
      ],
    });
    const url = `${API_URL}/2/activity/subscriptions?max_results=1000`;
    expect(sent.map((call) => call.url)).toEqual([
      url,
      `${url}&pagination_token=sixteen-or-more%26b%3D%EF%BF%BD`,
    ]);
  });

  test.each([
    ['one page without meta', { data: [told] }, [read]],
    ['an empty token', { data: [told], meta: { next_token: '' } }, [read]],
    ['an empty list', { data: [], meta: { total_subscriptions: 0 } }, []],
    ['none, counted', { meta: { result_count: 0 } }, []],
    ['none, in total', { meta: { total_subscriptions: 0 } }, []],
  ])('%s is understood', async (_name, body, value) => {
    const { oauth1 } = appThatGets(() => json(body));
    expect(await oauth1.listSubscriptions()).toEqual({ ok: true, value });
  });

  test.each([[{}], [{ errors: [{ title: 'Forbidden' }] }], [{ data: [{}] }]])(
    '%j is not taken for an empty list',
    async (body) => {
      const { app } = appThatGets(() => json(body));
      expect(await app.listSubscriptions()).toMatchObject({ ok: false });
    },
  );

  test('a page that fails fails the list', async () => {
    const { app } = appThatGets(({ url }) =>
      url.includes('pagination_token')
        ? json({}, 429)
        : json({ data: [told], meta: { next_token: 'the-token-of-page-2' } }),
    );
    expect(await app.listSubscriptions()).toMatchObject({ ok: false, reason: 'retry' });
  });

  test('pages without end are given up', async () => {
    const { app, sent } = appThatGets(() =>
      json({ data: [], meta: { next_token: 'again-and-again-and' } }),
    );
    expect(await app.listSubscriptions()).toMatchObject({ ok: false, reason: 'invalid' });
    expect(sent).toHaveLength(150);
  });
});

describe('ending', () => {
  test('one subscription', async () => {
    const { app, sent } = appThatGets(() =>
      json({ data: { deleted: true }, meta: { total_subscriptions: 0 } }),
    );
    expect(await app.deleteSubscription('7')).toEqual({ ok: true, value: { deleted: true } });
    expect(sent[0]).toMatchObject({
      method: 'DELETE',
      url: `${API_URL}/2/activity/subscriptions/7`,
      headers: { authorization: 'Bearer fake-bearer' },
    });
  });

  test.each<[number, unknown, string]>([
    [404, { title: 'Not Found Error' }, 'not-found'],
    [400, { errors: [{ message: 'SubscriptionNotFound: 7' }] }, 'not-found'],
    [401, '', 'unauthorized'],
    [200, {}, 'retry'],
  ])('%i %j: %s', async (status, body, reason) => {
    const { app } = appThatGets(() => json(body, status));
    expect(await app.deleteSubscription('7')).toMatchObject({ ok: false, reason, status });
  });

  test('204 without words is an end', async () => {
    const { app } = appThatGets(() => new Response(null, { status: 204 }));
    expect(await app.deleteSubscription('7')).toEqual({ ok: true, value: { deleted: true } });
  });

  test('what is no id is refused before anything is sent', async () => {
    const { app, sent } = appThatGets(() => json({}));
    expect(await app.deleteSubscription('1/..')).toMatchObject({ reason: 'invalid' });
    expect(sent).toEqual([]);
  });
});
