import twitterText from 'twitter-text';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHarness, type Harness, posts, SATURDAY } from './harness.ts';
import { calendar, changeRow, cron, weeklyRun } from './netflixWeeklySteps.ts';

const POST = { method: 'POST', host: 'api.x.com', path: '/2/tweets' };

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ TMDB_TOKEN: undefined, KOPIS_KEY: undefined });
});

describe('a poster that cannot be had', () => {
  const hostOf = { method: 'GET', host: 'occ-0-1009-993.1.nflxso.net' };

  test.each([
    ['is not there', { kind: 'status', status: 404 }, 'gone'],
    ['is a page', { kind: 'status', status: 200, body: '<html></html>' }, 'not-a-picture'],
    ['is 6 MB', { kind: 'status', status: 200, body: 'x'.repeat(6_000_000) }, 'too-large'],
  ] as const)('since it %s is left out, and the run says so', async (_why, fault, reason) => {
    calendar(harness, '달 & 파도', '남극 분식집 Ⅲ');
    // Both are asked for when they are collected, and the first again when it is posted.
    harness.world.faults.add({ ...hostOf, ...fault, times: 3 });
    await cron(harness, SATURDAY);
    expect(posts(harness)).toHaveLength(2);
    expect(
      harness.world.x
        .timeline()
        .map((post) => post.media.length)
        .toSorted((one, other) => one - other),
    ).toEqual([0, 1]);
    expect(await weeklyRun(harness)).toMatchObject({
      state: 'done',
      deliveries: [
        { state: 'sent', note: null, count: 1 },
        { state: 'sent', note: `poster-missing: ${reason}`, count: 1 },
      ],
    });
  });

  test('since its host fails for hours does not keep the post', async () => {
    calendar(harness, '달 & 파도', '남극 분식집 Ⅲ');
    harness.world.faults.add({ ...hostOf, kind: 'network', times: 100 });
    await cron(harness, SATURDAY);
    expect(harness.world.x.timeline().map((post) => post.media.length)).toEqual([0, 0]);
    expect(await weeklyRun(harness)).toMatchObject({
      deliveries: [{ state: 'sent', note: 'poster-missing: unavailable', count: 2 }],
    });
  });

  test('since its host is not one of POSTER_HOSTS is never asked for', async () => {
    calendar(harness, '달 & 파도', '남극 분식집 Ⅲ');
    changeRow(harness, '달 & 파도', { image: 'https://nflximg.net.example/poster/99000075.jpg' });
    await cron(harness, SATURDAY);
    expect(posts(harness)).toHaveLength(2);
    expect(await weeklyRun(harness)).toMatchObject({
      deliveries: [{ note: null }, { note: 'poster-missing: host-not-allowed' }],
    });
    expect(harness.world.requests.filter(({ url }) => url.includes('.example'))).toEqual([]);
  });

  test('since X does not take it is left out', async () => {
    calendar(harness, '달 & 파도', '남극 분식집 Ⅲ');
    harness.world.faults.add({
      ...POST,
      path: '/2/media/upload',
      kind: 'status',
      status: 400,
      body: { title: 'Invalid Request', detail: 'media type unrecognized', type: 'about:blank' },
    });
    await cron(harness, SATURDAY);
    expect(harness.world.x.timeline().map((post) => post.media.length)).toEqual([1, 0]);
    expect(await weeklyRun(harness)).toMatchObject({
      deliveries: [{ note: null }, { note: 'poster-refused' }],
    });
  });
});

describe('one post that X refuses', () => {
  test.each([400, 422])('with %i never stops the others', async (status) => {
    calendar(harness, '달 & 파도', '고양이 변호사 🐾', '남극 분식집 Ⅲ');
    const body = { title: 'Refused', detail: 'Refused', type: 'about:blank', status };
    harness.world.faults.add({ ...POST, skip: 1, kind: 'status', status, body });
    await cron(harness, SATURDAY);
    expect(posts(harness)).toEqual([
      '[달 & 파도]\n공개 예정일: 2026-11-30',
      '[남극 분식집 Ⅲ]\n공개 예정일: 2026-12-10',
    ]);
    expect(await weeklyRun(harness)).toMatchObject({
      deliveries: [
        { state: 'refused', count: 1 },
        { state: 'sent', count: 2 },
      ],
    });
  });

  test('in a thread leaves the rest in one thread after it', async () => {
    harness.redeploy({ NETFLIX_POST_STYLE: 'thread' });
    const body = { title: 'Refused', detail: 'Refused', type: 'about:blank', status: 400 };
    harness.world.faults.add({ ...POST, kind: 'status', status: 400, body });
    await cron(harness, SATURDAY);
    const [second, third, fourth] = harness.world.x.timeline().toReversed();
    expect(second?.text).toMatch(/\(2\/4\)/);
    expect(second?.replyTo).toBeUndefined();
    expect(third?.replyTo).toBe(second?.id);
    expect(fourth?.replyTo).toBe(third?.id);
  });
});

describe('in style thread', () => {
  test('four titles with their posters make a post, and each post answers the one before', async () => {
    harness.redeploy({ NETFLIX_POST_STYLE: 'thread' });
    await cron(harness, SATURDAY);
    const thread = harness.world.x.timeline().toReversed();
    expect(thread.map((post) => post.media.length)).toEqual([4, 4, 4, 4]);
    expect(thread.map((post) => post.replyTo)).toEqual([
      undefined,
      ...thread.slice(0, 3).map((post) => post.id),
    ]);
    expect(thread[0]?.text).toBe(
      [
        '넷플릭스 공개 예정 (1/4)',
        '[느린 우체국의 여름] 2026-11-28',
        '["괜찮아"라고 말하던 밤] 2026-11-28',
        '[달 & 파도] 2026-11-30',
        '[고양이 변호사 🐾] 2026-11-30',
      ].join('\n'),
    );
    expect(thread.flatMap((post) => post.media).every((media) => media.alt)).toBe(true);
  });

  test('a part that has to wait does not overtake or lose the others', async () => {
    harness.redeploy({ NETFLIX_POST_STYLE: 'thread' });
    harness.world.faults.add({ ...POST, kind: 'status', status: 503, times: 3 });
    await cron(harness, SATURDAY);
    const thread = harness.world.x.timeline().toReversed();
    expect(thread.map((post) => /\((\d)\/4\)/.exec(post.text)?.[1])).toEqual(['1', '2', '3', '4']);
    expect(thread.map((post) => post.replyTo)).toEqual([
      undefined,
      ...thread.slice(0, 3).map((post) => post.id),
    ]);
  });
});

test('NETFLIX_POST_LINKS adds the link, and every post still fits', async () => {
  harness.redeploy({ NETFLIX_POST_LINKS: 'true' });
  const ids = new Map(harness.world.netflix.rows.map((row) => [row.title1, row.videoID]));
  await cron(harness, SATURDAY);
  expect(posts(harness)).toHaveLength(16);
  expect(posts(harness)).toContain(
    `[느린 우체국의 여름]\n공개 예정일: 2026-11-28\nhttps://www.netflix.com/title/${ids.get('느린 우체국의 여름')}`,
  );
  for (const text of posts(harness)) {
    expect(twitterText.parseTweet(text)).toMatchObject({ valid: true });
    expect(twitterText.extractUrls(text)).toHaveLength(1);
  }
});

test('X-3: two titles of one name and day are both posted, and can be told apart', async () => {
  const [one, other] = calendar(harness, '달 & 파도', '남극 분식집 Ⅲ');
  if (!one || !other) throw new Error('no such titles');
  const twin = { ...one, videoID: other.videoID, collection: other.collection };
  harness.world.netflix.rows.splice(1, 1, twin);
  await cron(harness, SATURDAY);
  const texts = posts(harness);
  expect(texts).toHaveLength(2);
  expect(new Set(texts).size).toBe(2);
  expect(texts.every((text) => text.startsWith('[달 & 파도'))).toBe(true);
  expect(await weeklyRun(harness)).toMatchObject({
    deliveries: [{ state: 'sent', note: null, count: 2 }],
  });
});
