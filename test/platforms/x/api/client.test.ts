import { afterEach, describe, expect, test, vi } from 'vitest';
import { authorizationHeader } from '../../../../src/platforms/x/api/oauth1.ts';
import { type BoundClient, clientOf } from './bound.ts';
import { API_URL, credentials, json, NOW_MS, recorder } from './recorder.ts';

function clientThatGets(respond: () => Response | Promise<Response>) {
  const { runtime, sent } = recorder(respond);
  return { client: clientOf({ runtime, apiUrl: API_URL, credentials }), sent };
}

const dm = { data: { dm_conversation_id: '1-2', dm_event_id: '3', more: true } };

afterEach(() => {
  vi.useRealTimers();
});

describe('calls', () => {
  test.each<[string, (client: BoundClient) => Promise<unknown>, string, unknown, unknown, unknown]>(
    [
      [
        'a post',
        (client) => client.createPost({ text: '안녕' }),
        'POST /2/tweets',
        { text: '안녕' },
        { data: { id: '9', text: '안녕', edit_history_post_ids: ['9'] } },
        { id: '9', text: '안녕' },
      ],
      [
        'an answer with pictures',
        (client) => client.createPost({ text: '', mediaIds: ['1', '2'], inReplyTo: '7' }),
        'POST /2/tweets',
        { text: '', media: { media_ids: ['1', '2'] }, reply: { in_reply_to_tweet_id: '7' } },
        { data: { id: '9', text: 'https://t.co/x', edit_history_tweet_ids: ['9'] } },
        { id: '9', text: 'https://t.co/x' },
      ],
      [
        'the newest own posts',
        (client) => client.ownPosts('42', { max: 5 }),
        'GET /2/users/42/tweets?max_results=5',
        null,
        { data: [{ id: '1', text: 'a', lang: 'ko' }], meta: { result_count: 1 } },
        [{ id: '1', text: 'a' }],
      ],
      [
        'no own posts',
        (client) => client.ownPosts('42', { max: 100 }),
        'GET /2/users/42/tweets?max_results=100',
        null,
        { meta: { result_count: 0 } },
        [],
      ],
      [
        'alternative text',
        (client) => client.setAltText('5', '달 포스터'),
        'POST /2/media/metadata',
        { id: '5', metadata: { alt_text: { text: '달 포스터' } } },
        { data: { id: '5', associated_metadata: {} } },
        { id: '5' },
      ],
      [
        'a message of text',
        (client) => client.sendDirectMessage({ to: '2', text: 'hello' }),
        'POST /2/dm_conversations/with/2/messages',
        { text: 'hello' },
        dm,
        { eventId: '3' },
      ],
      [
        'who am I',
        (client) => client.me(),
        'GET /2/users/me',
        null,
        { data: { id: '42', name: '소식', username: 'soshik', protected: false } },
        { id: '42', username: 'soshik' },
      ],
    ],
  )('%s is one exact request', async (_name, act, line, body, answer, value) => {
    const { client, sent } = clientThatGets(() => json(answer, 201));
    expect(await act(client)).toEqual({ ok: true, value });
    expect(sent).toHaveLength(1);
    const { method, url, headers, text } = sent[0] ?? expect.unreachable();
    expect(`${method} ${url}`).toBe(line.replace(' ', ` ${API_URL}`));
    expect(text === '' ? null : JSON.parse(text)).toEqual(body);
    expect(headers).toMatchObject({
      'user-agent': 'soshik',
      authorization: await authorizationHeader(
        credentials,
        { method, url },
        { timestampSeconds: NOW_MS / 1000, nonce: '01'.repeat(16) },
      ),
    });
    expect(headers['content-type']).toBe(body === null ? undefined : 'application/json');
  });

  test('each call has its own nonce', async () => {
    const { client, sent } = clientThatGets(() => json({}));
    await client.me();
    await client.me();
    const nonces = sent.map(
      ({ headers }) => /oauth_nonce="(\w+)"/.exec(headers['authorization'] ?? '')?.[1],
    );
    expect(nonces).toEqual(['01'.repeat(16), '02'.repeat(16)]);
  });

  test('an OAuth 2.0 account sends its bearer token', async () => {
    const { runtime, sent } = recorder(() => json({}));
    const client = clientOf({
      runtime,
      apiUrl: API_URL,
      credentials: { accessToken: 'fake-access-token' },
    });
    await client.me();
    expect(sent[0]?.headers['authorization']).toBe('Bearer fake-access-token');
    expect(sent[0]?.url).toBe(`${API_URL}/2/users/me`);
  });
});

describe('refused before anything is sent', () => {
  test.each<[string, (client: BoundClient) => Promise<unknown>]>([
    ['an empty post', (client) => client.createPost({ text: ' \n' })],
    [
      'five images',
      (client) => client.createPost({ text: 'a', mediaIds: ['1', '2', '3', '4', '5'] }),
    ],
    ['a media id that is none', (client) => client.createPost({ text: 'a', mediaIds: ['x'] })],
    ['a reply to no id', (client) => client.createPost({ text: 'a', inReplyTo: '' })],
    ['posts of a name', (client) => client.ownPosts('soshik', { max: 5 })],
    ['four posts', (client) => client.ownPosts('42', { max: 4 })],
    ['101 posts', (client) => client.ownPosts('42', { max: 101 })],
    ['half a post', (client) => client.ownPosts('42', { max: 5.5 })],
    ['alternative text of no id', (client) => client.setAltText('', 'a')],
    ['blank alternative text', (client) => client.setAltText('1', ' ')],
    ['a message to a name', (client) => client.sendDirectMessage({ to: '@soshik', text: 'a' })],
    ['an empty message', (client) => client.sendDirectMessage({ to: '1', text: '' })],
    [
      'a message that is too long',
      (client) => client.sendDirectMessage({ to: '1', text: 'a'.repeat(10_001) }),
    ],
  ])('%s', async (_name, act) => {
    const { client, sent } = clientThatGets(() => json({}));
    expect(await act(client)).toMatchObject({
      ok: false,
      reason: 'invalid',
      status: null,
      mayHaveActed: false,
    });
    expect(sent).toEqual([]);
  });
});

describe('answers that do not come', () => {
  test('a call ends after ten seconds, and X may have acted', async () => {
    vi.useFakeTimers();
    const { client } = clientThatGets(() => new Promise<Response>(() => {}));
    const posting = client.createPost({ text: 'a' });
    await vi.advanceTimersByTimeAsync(9999);
    expect(await Promise.race([posting, Promise.resolve('still waiting')])).toBe('still waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(await posting).toMatchObject({ reason: 'retry', status: null, mayHaveActed: true });
  });

  test('after a broken connection X may have acted', async () => {
    const { client } = clientThatGets(() => Promise.reject(new TypeError('connection reset')));
    expect(await client.sendDirectMessage({ to: '1', text: 'a' })).toMatchObject({
      reason: 'retry',
      mayHaveActed: true,
    });
  });

  test('an answer over one megabyte is not read to its end', async () => {
    const { client } = clientThatGets(() => new Response('x'.repeat(1_000_001)));
    expect(await client.me()).toMatchObject({ reason: 'retry', detail: 'No answer: too-large' });
  });

  test.each([[{ errors: [{ title: 'Forbidden' }] }], [{ meta: { result_count: 3 } }], [{}]])(
    '%j in place of a timeline is not taken for an empty one',
    async (body) => {
      const { client } = clientThatGets(() => json(body));
      expect(await client.ownPosts('42', { max: 5 })).toMatchObject({ ok: false });
    },
  );

  test('a post whose id cannot be read may be out', async () => {
    const { client } = clientThatGets(() => json({ data: { id: 9, text: 'a' } }, 201));
    expect(await client.createPost({ text: 'a' })).toMatchObject({
      reason: 'retry',
      status: 201,
      mayHaveActed: true,
    });
  });
});
