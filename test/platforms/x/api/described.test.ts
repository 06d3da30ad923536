import { describe, expect, test } from 'vitest';
import { EVENT_CHOICES } from '../../../../src/platforms/x/subscriptions.ts';
import { publishedLimits } from '../../../sandbox/x/limits.ts';
import { expectDescribed, faultsOf } from '../described.ts';
import { operations } from '../operations.ts';
import { type BoundClient, clientOf } from './bound.ts';
import type { Recorded } from './recorder.ts';
import { credentials, json, recorder } from './recorder.ts';

const GIF = { bytes: new Uint8Array(5_000_000), type: 'image/gif' } as const;
const JPEG = { bytes: new Uint8Array(9), type: 'image/jpeg' } as const;
const dmReceived = { eventType: 'dm.received', userId: '1', webhookId: '2', tag: 'a' } as const;

const calls: readonly [string, (client: BoundClient) => Promise<unknown>][] = [
  ['createPost', (client) => client.createPost({ text: 'a' })],
  ['createPost', (client) => client.createPost({ text: 'a', mediaIds: ['1'], inReplyTo: '2' })],
  ['ownPosts', (client) => client.ownPosts('1', { max: 100 })],
  ['uploadMedia in one request', (client) => client.uploadMedia(JPEG)],
  ['uploadMedia in segments', (client) => client.uploadMedia(GIF)],
  ['setAltText', (client) => client.setAltText('1', 'a')],
  ['sendDirectMessage', (client) => client.sendDirectMessage({ to: '1', text: 'a' })],
  ['me', (client) => client.me()],
  ['createSubscription', (client) => client.createSubscription(dmReceived)],
  ['listSubscriptions', (client) => client.listSubscriptions()],
  ['subscribe', (client) => client.subscribe('1')],
];

const appCalls: readonly [string, (app: BoundClient) => Promise<unknown>][] = [
  ['registerWebhook', (app) => app.registerWebhook('https://soshik.example/webhook/twitter')],
  ['listWebhooks', (app) => app.listWebhooks()],
  ['revalidateWebhook', (app) => app.revalidateWebhook('1')],
  ['removeWebhook', (app) => app.removeWebhook('1')],
  ['replayWebhook', (app) => app.replayWebhook('1', { fromAt: 0, toAt: 86_400_000 })],
  ...EVENT_CHOICES.map(({ type: eventType }): [string, (app: BoundClient) => Promise<unknown>] => [
    `createSubscription to ${eventType}`,
    (app) => app.createSubscription({ ...dmReceived, eventType }),
  ]),
  ['listSubscriptions, two pages', (app) => app.listSubscriptions()],
  ['deleteSubscription', (app) => app.deleteSubscription('1')],
  ['listSubscribedUsers', (app) => app.listSubscribedUsers('1')],
  ['unsubscribe', (app) => app.unsubscribe('1', '2')],
];

/** Answers every step so that the next one follows; the media is ready at the second question. */
function respond({ method, url }: Recorded): Response {
  if (method === 'GET' && url.endsWith('/2/activity/subscriptions?max_results=1000')) {
    return json({ data: [], meta: { next_token: 'a'.repeat(16) } });
  }
  const processing_info = url.endsWith('/finalize')
    ? { state: 'pending', check_after_secs: 0 }
    : undefined;
  return json({ data: { id: '1', processing_info } });
}

describe('requests as X describes them', () => {
  test.each(calls)('%s', async (_name, act) => {
    const { runtime, sent } = recorder(respond);
    await act(clientOf({ runtime, apiUrl: 'https://api.x.com', credentials }));
    expect(sent.length).toBeGreaterThan(0);
    expectDescribed();
  });

  test.each(appCalls)('%s', async (_name, act) => {
    const { runtime, sent } = recorder(respond);
    await act(
      clientOf({ runtime, apiUrl: 'https://api.x.com', credentials: { accessToken: 'fake' } }),
    );
    expect(sent.length).toBeGreaterThan(0);
    expectDescribed();
  });

  test.each([
    ['an unknown path', '/2/tweet', '{}'],
    ['an unknown key', '/2/tweets', '{"text":"a","oops":1}'],
    ['a number for a text', '/2/tweets', '{"text":1}'],
    ['a name for an id', '/2/dm_conversations/with/a/messages', '{"text":"a"}'],
    ['an empty message', '/2/dm_conversations/with/1/messages', '{}'],
    ['an unknown parameter', '/2/tweets?oops=1', '{"text":"a"}'],
    ['an unknown event', '/2/activity/subscriptions', '{"event_type":"oops","filter":{}}'],
  ])('%s is found out', (_what, path, text) => {
    const call = {
      method: 'POST',
      url: `https://api.x.com${path}`,
      type: 'application/json',
      text,
    };
    expect(faultsOf(call)).not.toEqual([]);
  });
});

test('the sandbox has the limits that X publishes', () => {
  const limits = publishedLimits();
  const sandboxed = {
    'POST /2/tweets': limits.posts,
    'DELETE /2/tweets/{id}': limits.deletes,
    'GET /2/users/me': limits.me,
    'POST /2/dm_conversations/with/{participant_id}/messages': limits.directMessages,
    'POST /2/media/upload': limits.uploads,
    'POST /2/media/upload/{id}/append': limits.chunks,
    'GET /2/media/upload': limits.mediaStatus,
    'POST /2/media/metadata': limits.metadata,
    'POST /2/webhooks': limits.webhooks,
    'POST /2/webhooks/replay': limits.replays,
    'POST /2/activity/subscriptions': limits.subscribe,
  };
  for (const [name, { isShared = false, ...counted }] of Object.entries(sandboxed)) {
    const { of, ...published } =
      operations.find(({ method, path }) => `${method} ${path}` === name)?.limits ?? {};
    expect([name, counted, isShared]).toEqual([
      name,
      expect.objectContaining(published),
      of === 'app',
    ]);
  }
});
