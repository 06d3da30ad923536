import { describe, expect, test } from 'vitest';
import { createPng } from '../png.ts';
import { createWorld, type World } from '../world.ts';
import { call, idIn, upload } from './client.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const hour = 3_600_000;
const minute = 60_000;
const png = await createPng(4, 3, () => [200, 30, 40]);

const post = async (world: World, body: object) => await call(world, 'POST', '/2/tweets', { body });

const read = async (world: World, query = '') =>
  await call(world, 'GET', `/2/users/${world.x.bot.id}/tweets${query}`);

const invalid = {
  title: 'Invalid Request',
  detail: 'One or more parameters to your request was invalid.',
  type: 'https://api.x.com/2/problems/invalid-request',
};

describe('posting', () => {
  test('a post with pictures shows on the timeline with the alternative texts it had then', async () => {
    const world = createWorld({ startAt });
    const id = await upload(world, png);
    const told = await call(world, 'POST', '/2/media/metadata', {
      body: { id, metadata: { alt_text: { text: '포스터' } } },
    });
    expect(told).toMatchObject({ status: 200, json: { data: { id } } });
    const posted = await post(world, { text: '[달 & 파도]', media: { media_ids: [id] } });
    expect(posted.status).toBe(201);
    expect(posted.json).toEqual({
      data: {
        id: idIn(posted.json),
        text: expect.stringMatching(/^\[달 &amp; 파도\] https:\/\/t\.co\/\w{10}$/),
        edit_history_tweet_ids: [idIn(posted.json)],
      },
    });
    expect(world.x.timeline()).toEqual([
      {
        id: idIn(posted.json),
        author: world.x.bot.id,
        text: '[달 & 파도]',
        createdAt: startAt,
        media: [{ id, alt: '포스터', bytes: png, type: 'image/png' }],
        deleted: false,
      },
    ]);
  });

  test('ids grow, also while the clock stands still, and tell the time', async () => {
    const world = createWorld({ startAt });
    const first = BigInt(idIn((await post(world, { text: '하나' })).json));
    const second = BigInt(idIn((await post(world, { text: '둘' })).json));
    world.clock.advance(1000);
    const third = BigInt(idIn((await post(world, { text: '셋' })).json));
    expect(second).toBeGreaterThan(first);
    expect(Number((third >> 22n) - (first >> 22n))).toBe(1000);
  });

  test.each([
    ['140 Korean syllables', '가'.repeat(140), 201],
    ['141 Korean syllables', '가'.repeat(141), 400],
    ['280 letters', 'a'.repeat(280), 201],
    ['281 letters', 'a'.repeat(281), 400],
    ['140 family emoji', '👨‍👩‍👧‍👦'.repeat(140), 201],
    [
      'a link behind 256 letters and a space',
      `${'a'.repeat(256)} https://example.com/long/path`,
      201,
    ],
    [
      'a link behind 257 letters and a space',
      `${'a'.repeat(257)} https://example.com/long/path`,
      400,
    ],
    ['nothing but blanks', ' \n', 400],
    ['a byte order mark inside', 'a\ufeffb', 400],
  ])('%s: %#', async (_, text, status) => {
    const world = createWorld({ startAt });
    expect((await post(world, { text })).status).toBe(status);
  });

  test.each([
    ['an unknown key', { text: 'a', status: 'a' }],
    ['an unknown key inside', { text: 'a', media: { ids: ['1'] } }],
    ['a number for a text', { text: 1 }],
    ['no text and no media', {}],
    ['an empty list of media', { text: 'a', media: { media_ids: [] } }],
    ['a media id that nobody uploaded', { text: 'a', media: { media_ids: ['1'] } }],
    ['an id that is none', { text: 'a', reply: { in_reply_to_tweet_id: 'x' } }],
  ])('%s is an invalid request', async (_, body) => {
    const world = createWorld({ startAt });
    const { status, json } = await post(world, body);
    expect(status).toBe(400);
    expect(json).toMatchObject(invalid);
    expect(world.x.timeline()).toEqual([]);
  });

  test('a form instead of JSON is an invalid request', async () => {
    const world = createWorld({ startAt });
    const body = new URLSearchParams({ text: 'a' });
    expect((await call(world, 'POST', '/2/tweets', { body })).status).toBe(400);
  });

  test('four pictures are taken, five are not', async () => {
    const world = createWorld({ startAt });
    const ids = await Promise.all(Array.from({ length: 5 }, () => upload(world, png)));
    expect((await post(world, { media: { media_ids: ids } })).status).toBe(400);
    expect((await post(world, { media: { media_ids: ids.slice(1) } })).status).toBe(201);
  });

  test('a picture can be used until 24 hours after its upload', async () => {
    const world = createWorld({ startAt });
    const media = { media_ids: [await upload(world, png)] };
    world.clock.advance(24 * hour - 1);
    expect((await post(world, { text: 'a', media })).status).toBe(201);
    world.clock.advance(1);
    expect((await post(world, { text: 'b', media })).status).toBe(400);
  });

  test('a picture meant for messages is no picture for a post', async () => {
    const world = createWorld({ startAt });
    const media = { media_ids: [await upload(world, png, 'dm_image')] };
    expect((await post(world, { text: 'a', media })).status).toBe(400);
  });

  test('the same text again within 48 hours is a duplicate, unless the first was deleted', async () => {
    const world = createWorld({ startAt });
    const first = idIn((await post(world, { text: '같은 글' })).json);
    world.clock.advance(48 * hour - 1);
    const again = await post(world, { text: '같은 글 ' });
    expect(again.status).toBe(403);
    expect(again.json).toEqual({
      detail: 'You are not allowed to create a Tweet with duplicate content.',
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
    });
    expect((await call(world, 'DELETE', `/2/tweets/${first}`)).json).toEqual({
      data: { deleted: true },
    });
    expect((await post(world, { text: '같은 글' })).status).toBe(201);
    world.clock.advance(48 * hour);
    expect((await post(world, { text: '같은 글' })).status).toBe(201);
    expect(world.x.timeline().map(({ deleted }) => deleted)).toEqual([false, false, true]);
  });

  test('a reply needs a post that is there', async () => {
    const world = createWorld({ startAt });
    const first = idIn((await post(world, { text: 'a' })).json);
    const reply = { in_reply_to_tweet_id: first };
    expect((await post(world, { text: 'b', reply })).status).toBe(201);
    expect(world.x.timeline()[0]?.replyTo).toBe(first);
    await call(world, 'DELETE', `/2/tweets/${first}`);
    expect((await post(world, { text: 'c', reply })).status).toBe(403);
    const unknown = { in_reply_to_tweet_id: '1' };
    expect((await post(world, { text: 'd', reply: unknown })).status).toBe(403);
  });

  test.each([
    ['a mention', '비밀계정 @moonlight_bakery', 403],
    ['an at sign that names nobody', '서울 @ 밤', 201],
    ['a mention taken apart', '비밀계정 @\u2060moonlight_bakery', 201],
    ['two cashtags', '$AAA $BBB', 403],
    ['one cashtag', '$AAA', 201],
    ['a hashtag', '#퇴사하고 싶은 날', 201],
  ])('self-serve rules: %s', async (_, text, status) => {
    const world = createWorld({ startAt });
    expect((await post(world, { text })).status).toBe(status);
  });

  test('after 100 posts in a quarter of an hour the next waits until the reset', async () => {
    const world = createWorld({ startAt });
    for (let count = 0; count < 99; count += 1) await post(world, { text: `글 ${count}` });
    const last = await post(world, { text: '백 번째' });
    expect(last.status).toBe(201);
    expect(last.headers.get('x-rate-limit-limit')).toBe('100');
    expect(last.headers.get('x-rate-limit-remaining')).toBe('0');
    const reset = Number(last.headers.get('x-rate-limit-reset'));
    expect(reset * 1000).toBe(startAt + 15 * minute);

    const over = await post(world, { text: '백한 번째' });
    expect(over.status).toBe(429);
    expect(over.json).toEqual({
      title: 'Too Many Requests',
      detail: 'Too Many Requests',
      type: 'about:blank',
      status: 429,
    });
    expect(over.headers.get('x-rate-limit-remaining')).toBe('0');

    world.clock.advance(reset * 1000 - world.clock.now());
    expect((await post(world, { text: '백한 번째' })).status).toBe(201);
  });
});

describe('reading the own timeline', () => {
  test('the newest comes first, with links shortened and markup escaped', async () => {
    const world = createWorld({ startAt });
    await post(world, { text: '너를 <3 하는 방법' });
    world.clock.advance(1000);
    await post(world, { text: '보러 가기 https://example.com/a' });
    const { json } = await read(world, '?max_results=5&tweet.fields=created_at');
    expect(json).toEqual({
      data: [
        expect.objectContaining({
          text: expect.stringMatching(/^보러 가기 https:\/\/t\.co\/\w{10}$/),
          created_at: '2026-11-22T09:00:01.000Z',
        }),
        expect.objectContaining({ text: '너를 &lt;3 하는 방법' }),
      ],
      meta: expect.objectContaining({ result_count: 2 }),
    });
  });

  test('an empty timeline has no data, deleted posts are gone', async () => {
    const world = createWorld({ startAt });
    const id = idIn((await post(world, { text: 'a' })).json);
    await call(world, 'DELETE', `/2/tweets/${id}`);
    expect((await read(world)).json).toEqual({ meta: { result_count: 0 } });
    expect((await call(world, 'DELETE', `/2/tweets/${id}`)).status).toBe(404);
  });

  test('pages follow each other by token', async () => {
    const world = createWorld({ startAt });
    for (const text of ['1', '2', '3', '4', '5', '6']) await post(world, { text });
    const first = JSON.stringify((await read(world, '?max_results=5')).json);
    const token = /"next_token":"(\d+)"/.exec(first)?.[1] ?? '';
    const second = await read(world, `?max_results=5&pagination_token=${token}`);
    expect(second.json).toMatchObject({ data: [{ text: '1' }], meta: { result_count: 1 } });
    expect(JSON.stringify(second.json)).not.toContain('next_token');
  });

  test.each([['?max_results=4'], ['?max_results=101'], ['?unknown=1'], ['?start_time=yesterday']])(
    'the query %s is an invalid request',
    async (query) => {
      const world = createWorld({ startAt });
      const { status, json } = await read(world, query);
      expect(status).toBe(400);
      expect(json).toMatchObject(invalid);
    },
  );
});
