import { describe, expect, test } from 'vitest';
import { type BoundClient, clientOf } from './bound.ts';
import { API_URL, credentials, json, recorder } from './recorder.ts';

interface Clients {
  readonly app: BoundClient;
  readonly user: BoundClient;
}

function clientsThatGet(respond: () => Response) {
  const { runtime, sent } = recorder(respond);
  const options = { runtime, apiUrl: API_URL };
  const app = clientOf({ ...options, credentials: { accessToken: 'fake-bearer' } });
  return { app, user: clientOf({ ...options, credentials }), sent };
}

const ALL = '/2/account_activity/webhooks/146/subscriptions/all';

describe('calls', () => {
  test.each<[string, (clients: Clients) => Promise<unknown>, string, string, unknown, unknown]>([
    [
      'subscribing',
      ({ user }) => user.subscribe('146'),
      `POST ${ALL}`,
      'OAuth',
      { data: { subscribed: true } },
      { subscribed: true },
    ],
    [
      'listing',
      ({ app }) => app.listSubscribedUsers('146'),
      `GET ${ALL}/list`,
      'Bearer',
      {
        data: {
          application_id: '1',
          webhook_id: '146',
          webhook_url: 'https://soshik.example/',
          subscriptions: [{ user_id: '42' }, { user_id: '43' }],
        },
      },
      ['42', '43'],
    ],
    [
      'listing none',
      ({ app }) => app.listSubscribedUsers('146'),
      `GET ${ALL}/list`,
      'Bearer',
      { data: { webhook_id: '146' } },
      [],
    ],
    [
      'unsubscribing',
      ({ app }) => app.unsubscribe('146', '42'),
      'DELETE /2/account_activity/webhooks/146/subscriptions/42/all',
      'Bearer',
      { data: { subscribed: false } },
      { subscribed: false },
    ],
  ])('%s is one exact request', async (_name, act, line, scheme, answer, value) => {
    const clients = clientsThatGet(() => json(answer));
    expect(await act(clients)).toEqual({ ok: true, value });
    expect(clients.sent).toHaveLength(1);
    const { method, url, headers, text } = clients.sent[0] ?? expect.unreachable();
    expect(`${method} ${url}`).toBe(line.replace(' ', ` ${API_URL}`));
    expect(headers['authorization']?.split(' ')[0]).toBe(scheme);
    expect(text).toBe(method === 'POST' ? '{}' : '');
  });

  test('204 without words means what was asked for', async () => {
    const { app, user } = clientsThatGet(() => new Response(null, { status: 204 }));
    expect(await user.subscribe('1')).toEqual({ ok: true, value: { subscribed: true } });
    expect(await app.unsubscribe('1', '2')).toEqual({ ok: true, value: { subscribed: false } });
  });
});

const reasoned = (word: string) => ({
  errors: [{ message: `${word}: no` }],
  title: 'Invalid Request',
  type: 'https://api.twitter.com/2/problems/invalid-request',
});

describe('what an error means', () => {
  test.each<[number, unknown]>([
    [400, reasoned('DuplicateSubscriptionFailed')],
    [409, reasoned('Conflict')],
    [409, ''],
  ])('subscribing again is a success: %i %j', async (status, body) => {
    const { user } = clientsThatGet(() => json(body, status));
    expect(await user.subscribe('146')).toEqual({ ok: true, value: { subscribed: true } });
  });

  test.each<[string, (clients: Clients) => Promise<unknown>, number, unknown, string]>([
    [
      'subscribe',
      ({ user }) => user.subscribe('1'),
      400,
      reasoned('WebhookIdInvalid'),
      'webhook-not-found',
    ],
    [
      'subscribe',
      ({ user }) => user.subscribe('1'),
      400,
      reasoned('SubscriptionLimitExceeded'),
      'limit',
    ],
    ['subscribe', ({ user }) => user.subscribe('1'), 403, { title: 'Forbidden' }, 'forbidden'],
    ['subscribe', ({ user }) => user.subscribe('1'), 401, '', 'unauthorized'],
    ['subscribe', ({ user }) => user.subscribe('1'), 200, {}, 'retry'],
    ['list', ({ app }) => app.listSubscribedUsers('1'), 200, { errors: [] }, 'retry'],
    [
      'unsubscribe',
      ({ app }) => app.unsubscribe('1', '2'),
      400,
      reasoned('SubscriptionNotFound'),
      'not-found',
    ],
  ])('%s: %s %i %j: %s', async (_name, act, status, body, reason) => {
    const clients = clientsThatGet(() => json(body, status));
    expect(await act(clients)).toMatchObject({ ok: false, reason, status });
  });
});

test.each<[string, (clients: Clients) => Promise<unknown>]>([
  ['subscribe', ({ user }) => user.subscribe('a')],
  ['list', ({ app }) => app.listSubscribedUsers('../1')],
  ['unsubscribe, webhook', ({ app }) => app.unsubscribe('a', '2')],
  ['unsubscribe, account', ({ app }) => app.unsubscribe('1', 'me')],
])('%s without an id is refused before anything is sent', async (_name, act) => {
  const clients = clientsThatGet(() => json({}));
  expect(await act(clients)).toMatchObject({ ok: false, reason: 'invalid', status: null });
  expect(clients.sent).toEqual([]);
});
