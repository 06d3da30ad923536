import { beforeEach, describe, expect, test, vi } from 'vitest';
import { utf8 } from '../../sandbox/bytes.ts';
import { sandboxSecrets } from '../../sandbox/secrets.ts';
import { createHarness, type Harness, WEBHOOK } from '../../worker/harness.ts';
import { aaa, BOT, dmPayload, legacyPost, messageCreate, PERSON, xaa } from './api/samples.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

async function deliver(body: object): Promise<Response> {
  const bytes = utf8(JSON.stringify(body));
  const headers = await harness.world.x.sign(bytes);
  return harness.fetch(new Request(WEBHOOK, { method: 'POST', headers, body: bytes }));
}

async function inbox(): Promise<unknown[]> {
  const { results } = await harness.env.DB.prepare(
    'SELECT key, channel, type, account, state, content FROM inbox ORDER BY key',
  ).all();
  return results;
}

describe('a signed delivery', () => {
  test('of a message is kept with what the bot needs, queued and answered with an empty 200', async () => {
    const response = await deliver(xaa('dm.received', dmPayload({ id: '9001', text: '고양이' })));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(await inbox()).toEqual([
      {
        key: `x:dm:${BOT}:9001`,
        channel: 'twitter',
        type: 'dm.received',
        account: BOT,
        state: 'waiting',
        content: JSON.stringify({
          channel: 'twitter',
          account: BOT,
          address: PERSON,
          text: '고양이',
        }),
      },
    ]);
    expect(harness.queues.waiting.map(({ queue, body }) => [queue, body])).toEqual([
      ['soshik-events', { key: `x:dm:${BOT}:9001` }],
    ]);
  });

  test('is answered before anybody is written to', async () => {
    await deliver(xaa('dm.received', dmPayload({ id: '9001' })));
    expect(harness.world.requests).toEqual([]);
  });

  test.each([
    ['an encrypted message', xaa('chat.received', { id: '1', encoded_event: 'c2VjcmV0' })],
    ['a follower', xaa('follow.follow', { source: {}, target: {} })],
    ['what the bot said itself', xaa('dm.sent', dmPayload({ id: '1', from: BOT, to: PERSON }))],
    ['a post', aaa({ tweet_create_events: [legacyPost] })],
    ['a kind of event nobody knows yet', { moon_events: [{ id: '1' }] }],
    ['a message nobody can answer', { direct_message_events: [{ id: '1' }] }],
  ])('of %s is counted, without its content, and nothing is queued', async (_name, body) => {
    const response = await deliver(body);
    expect(response.status).toBe(200);
    expect(await inbox()).toMatchObject([{ state: 'done', content: null }]);
    expect(harness.queues.waiting).toEqual([]);
  });

  test('of several events keeps each, and queues those that are work', async () => {
    await deliver(
      aaa({
        direct_message_events: [
          messageCreate({ id: '1' }),
          messageCreate({ id: '2' }),
          messageCreate({ id: '3', from: BOT, to: PERSON }),
        ],
        tweet_create_events: [legacyPost],
      }),
    );
    expect(await inbox()).toHaveLength(4);
    expect(harness.queues.waiting.map(({ body }) => body)).toEqual([
      { key: `x:dm:${BOT}:1` },
      { key: `x:dm:${BOT}:2` },
    ]);
  });

  test('of an event with a long identity is kept under a short key, the same for a copy', async () => {
    const post = { ...legacyPost, id_str: '9'.repeat(5000) };
    await deliver(aaa({ tweet_create_events: [post] }));
    await deliver(aaa({ tweet_create_events: [post] }));
    await deliver(aaa({ tweet_create_events: [{ ...post, id_str: '8'.repeat(5000) }] }));
    const key = expect.stringMatching(/^x:tweet_create_events:[0-9a-f]{64}$/);
    expect(await inbox()).toMatchObject([{ key }, { key }]);
  });
});

test('the log of a delivery holds neither the words of a message nor a secret', async () => {
  const log = vi.spyOn(console, 'log');
  await deliver(xaa('dm.received', dmPayload({ id: '9001', text: 'my own words' })));
  await harness.settle();
  const lines = log.mock.calls.flat().join('\n');
  log.mockRestore();
  expect(lines).toContain('"event":');
  for (const secret of ['my own words', ...Object.values(sandboxSecrets)]) {
    expect(lines).not.toContain(secret);
  }
});
