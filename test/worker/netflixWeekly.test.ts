import twitterText from 'twitter-text';
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { createHarness, type Harness, health, posts, SATURDAY } from './harness.ts';

const PAGE = { host: 'about.netflix.com', path: '/ko/new-to-watch' };
const POST = { method: 'POST', host: 'api.x.com', path: '/2/tweets' };
const WEEK_MS = 7 * DAY_MS;

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ TMDB_TOKEN: undefined });
});

/** A cron at an instant, and all that comes of it. */
async function cron(atMs: number): Promise<void> {
  await harness.cron(atMs);
  await harness.settle();
}

/** Saturday's first cron and all that follow it for twelve hours. */
async function halfDay(): Promise<void> {
  for (let count = 0; count <= 24; count += 1) await cron(SATURDAY + count * 30 * MINUTE_MS);
}

/** The calendar of these titles, from its fresh rows or changed ones. */
function calendar(...titles: readonly string[]) {
  const { rows } = harness.world.netflix;
  const kept = rows.filter((row) => titles.includes(row.title1));
  rows.splice(0, rows.length, ...kept);
  return kept;
}

function changeRow(title: string, change: { startTime?: number; image?: string }): void {
  const { rows } = harness.world.netflix;
  rows.splice(
    0,
    rows.length,
    ...rows.map((row) => (row.title1 === title ? { ...row, ...change } : row)),
  );
}

function removeRow(title: string): void {
  const { rows } = harness.world.netflix;
  rows.splice(0, rows.length, ...rows.filter((row) => row.title1 !== title));
}

/** What `/healthz` tells of the newest run of the job. */
async function weeklyRun(): Promise<object | undefined> {
  const { runs = [] } = await health(harness);
  return runs.find((run) => 'job' in run && run.job === 'netflix-weekly');
}

describe('on Saturday', () => {
  test('every title of the coming two weeks is posted with the day it is in Korea', async () => {
    await cron(SATURDAY);
    const texts = posts(harness);
    expect(texts).toHaveLength(16);
    expect(texts).toContain('[느린 우체국의 여름]\n공개 예정일: 2026-11-28');
    // 15:00 UTC is the next day in Korea, 14:30 UTC is not yet.
    expect(texts).toContain('[달 & 파도]\n공개 예정일: 2026-11-30');
    expect(texts).toContain('[서른아홉 번째 파도]\n공개 예정일: 2026-12-07');
    // A second title is told when it says more than the first.
    expect(texts).toContain('[한강 야간 수리점 시즌 2]\n공개 예정일: 2026-12-04');
    expect(texts).toContain('[할머니의 록밴드]\n공개 예정일: 2026-12-06');
    expect(await weeklyRun()).toMatchObject({
      state: 'done',
      counts: { titles: 16 },
      reason: null,
      deliveries: [{ state: 'sent', note: null, count: 16 }],
    });
  });

  test('each post shows its own poster, described for those who do not see it', async () => {
    const [row] = calendar('느린 우체국의 여름', '달 & 파도', '남극 분식집 Ⅲ');
    await cron(SATURDAY);
    const first = harness.world.x.timeline().at(-1);
    expect(first?.media).toHaveLength(1);
    expect(first?.media[0]?.alt).toBe("넷플릭스 작품 '느린 우체국의 여름'의 포스터");
    const poster = await harness.world.fetch(new Request(row?.image ?? ''));
    expect(first?.media[0]?.bytes).toEqual(new Uint8Array(await poster.arrayBuffer()));
    const described = harness.world.x.timeline().flatMap((post) => post.media);
    expect(new Set(described.map((media) => media.alt)).size).toBe(3);
  });

  test('a title beyond two weeks waits for its Saturday', async () => {
    const [row] = calendar('달 & 파도', '남극 분식집 Ⅲ');
    changeRow('남극 분식집 Ⅲ', { startTime: (row?.startTime ?? 0) + 15 * DAY_MS });
    await cron(SATURDAY);
    expect(posts(harness)).toEqual(['[달 & 파도]\n공개 예정일: 2026-11-30']);
    await cron(SATURDAY + WEEK_MS);
    expect(posts(harness)).toContain('[남극 분식집 Ⅲ]\n공개 예정일: 2026-12-15');
  });

  test('a title that can be taken for a mention, a hashtag or a link is none', async () => {
    await cron(SATURDAY);
    for (const text of posts(harness)) {
      expect({ text, entities: twitterText.extractEntitiesWithIndices(text) }).toEqual({
        text,
        entities: [],
      });
    }
    const plain = posts(harness).map((text) => text.replaceAll('\u200b', ''));
    expect(plain).toContain('[비밀계정 @moonlight_bakery]\n공개 예정일: 2026-12-02');
    expect(plain).toContain('[#퇴사하고 싶은 날]\n공개 예정일: 2026-12-03');
    expect(plain).toContain('[사랑.com]\n공개 예정일: 2026-12-04');
    expect(plain).toContain('[love.is 어디에]\n공개 예정일: 2026-12-04');
  });

  test('a title of 120 characters is posted whole', async () => {
    const long = harness.world.netflix.rows.find((row) => row.title1.length >= 115)?.title1;
    await cron(SATURDAY);
    expect(posts(harness)).toContain(`[${long}]\n공개 예정일: 2026-12-01`);
  });
});

describe('a title is posted once', () => {
  test('when both crons of the hour fire, and fire twice', async () => {
    await harness.cron(SATURDAY);
    await harness.cron(SATURDAY, '0 0 * * sat');
    await harness.cron(SATURDAY);
    await harness.settle();
    await cron(SATURDAY);
    expect(posts(harness)).toHaveLength(16);
    expect(new Set(posts(harness)).size).toBe(16);
    expect(await weeklyRun()).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('when it is still to come the Saturday after', async () => {
    await cron(SATURDAY);
    await cron(SATURDAY + WEEK_MS);
    expect(posts(harness)).toHaveLength(16);
    expect(await weeklyRun()).toMatchObject({
      slot: SATURDAY + WEEK_MS,
      state: 'done',
      counts: { titles: 0 },
    });
  });

  test.each([
    ['a few days', 5],
    ['more than a month', 40],
  ])('when it is put off by %s after it was posted', async (_span, days) => {
    const [row] = calendar('서른아홉 번째 파도', '달 & 파도', '남극 분식집 Ⅲ');
    await cron(SATURDAY);
    changeRow('서른아홉 번째 파도', { startTime: (row?.startTime ?? 0) + days * DAY_MS });
    for (let week = 1; week <= 7; week += 1) await cron(SATURDAY + week * WEEK_MS);
    expect(posts(harness)).toHaveLength(3);
  });

  test('when Netflix gives it another season line after it was posted', async () => {
    calendar('한강 야간 수리점', '달 & 파도', '남극 분식집 Ⅲ');
    await cron(SATURDAY);
    const { rows } = harness.world.netflix;
    rows.splice(
      0,
      rows.length,
      ...rows.map((row) =>
        row.title1 === '한강 야간 수리점' ? { ...row, title2: '시즌 2 파트 1' } : row,
      ),
    );
    await cron(SATURDAY + DAY_MS);
    await cron(SATURDAY + WEEK_MS);
    expect(posts(harness)).toHaveLength(3);
  });

  test('and once more when it comes back with a new season 60 days later', async () => {
    const kept = calendar('달 & 파도', '고양이 변호사 🐾', '남극 분식집 Ⅲ');
    await cron(SATURDAY);
    for (const { title1, startTime } of kept) {
      changeRow(title1, { startTime: startTime + 60 * DAY_MS });
    }
    const comeBack = SATURDAY + 8 * WEEK_MS;
    await cron(comeBack);
    await cron(comeBack + WEEK_MS);
    expect(posts(harness)).toHaveLength(6);
    expect(posts(harness)).toContain('[달 & 파도]\n공개 예정일: 2027-01-29');
  });
});

describe('a change before Saturday counts', () => {
  const friday = SATURDAY - 4 * HOUR_MS;

  test('a moved day is the day that is posted', async () => {
    const [row] = calendar('달 & 파도', '남극 분식집 Ⅲ');
    await cron(friday);
    changeRow('달 & 파도', { startTime: (row?.startTime ?? 0) + 2 * DAY_MS });
    await cron(SATURDAY);
    expect(posts(harness)).toEqual([
      '[달 & 파도]\n공개 예정일: 2026-12-02',
      '[남극 분식집 Ⅲ]\n공개 예정일: 2026-12-10',
    ]);
  });

  test('a title that Netflix took off is not posted, until it is back', async () => {
    const { rows } = harness.world.netflix;
    const band = rows.find((row) => row.title1 === '할머니의 록밴드');
    await cron(friday);
    removeRow('할머니의 록밴드');
    await cron(SATURDAY);
    expect(posts(harness)).toHaveLength(15);
    if (band) rows.push({ ...band, startTime: band.startTime + 2 * DAY_MS });
    await cron(SATURDAY + WEEK_MS);
    expect(posts(harness).slice(15)).toEqual(['[할머니의 록밴드]\n공개 예정일: 2026-12-08']);
  });
});

describe('a missed Saturday', () => {
  test('is caught up by the next cron in the same morning', async () => {
    await cron(SATURDAY + 30 * MINUTE_MS);
    expect(posts(harness)).toHaveLength(16);
    expect(await weeklyRun()).toMatchObject({ slot: SATURDAY, state: 'done' });
  });

  test('is caught up until twelve hours later', async () => {
    await cron(SATURDAY + 12 * HOUR_MS);
    expect(posts(harness)).toHaveLength(16);
  });

  test('is left to the next Saturday after that', async () => {
    await cron(SATURDAY + 12 * HOUR_MS + 30 * MINUTE_MS);
    expect(posts(harness)).toEqual([]);
    expect(await weeklyRun()).toBeUndefined();
    await cron(SATURDAY + WEEK_MS);
    // Those that are still to come then.
    expect(posts(harness)).toHaveLength(5);
  });
});

describe('a poster that cannot be had', () => {
  const hostOf = { method: 'GET', host: 'occ-0-1009-993.1.nflxso.net' };

  test.each([
    ['is not there', { kind: 'status', status: 404 }, 'gone'],
    ['is a page', { kind: 'status', status: 200, body: '<html></html>' }, 'not-a-picture'],
    ['is 6 MB', { kind: 'status', status: 200, body: 'x'.repeat(6_000_000) }, 'too-large'],
    ['is on a host that fails', { kind: 'network' }, 'unavailable'],
  ] as const)('since it %s is left out, and the run says so', async (_why, fault, reason) => {
    calendar('달 & 파도', '남극 분식집 Ⅲ');
    harness.world.faults.add({ ...hostOf, ...fault });
    await cron(SATURDAY);
    expect(posts(harness)).toHaveLength(2);
    expect(harness.world.x.timeline().map((post) => post.media.length)).toEqual([1, 0]);
    expect(await weeklyRun()).toMatchObject({
      state: 'done',
      deliveries: [
        { state: 'sent', note: null, count: 1 },
        { state: 'sent', note: `poster-missing: ${reason}`, count: 1 },
      ],
    });
  });

  test('since its host is not one of POSTER_HOSTS is never asked for', async () => {
    calendar('달 & 파도', '남극 분식집 Ⅲ');
    changeRow('달 & 파도', { image: 'https://nflximg.net.example/poster/99000075.jpg' });
    await cron(SATURDAY);
    expect(posts(harness)).toHaveLength(2);
    expect(await weeklyRun()).toMatchObject({
      deliveries: [{ note: null }, { note: 'poster-missing: host-not-allowed' }],
    });
    expect(harness.world.requests.filter(({ url }) => url.includes('.example'))).toEqual([]);
  });

  test('since X does not take it is left out', async () => {
    calendar('달 & 파도', '남극 분식집 Ⅲ');
    harness.world.faults.add({
      ...POST,
      path: '/2/media/upload',
      kind: 'status',
      status: 400,
      body: { title: 'Invalid Request', detail: 'media type unrecognized', type: 'about:blank' },
    });
    await cron(SATURDAY);
    expect(harness.world.x.timeline().map((post) => post.media.length)).toEqual([1, 0]);
    expect(await weeklyRun()).toMatchObject({
      deliveries: [{ note: null }, { note: 'poster-refused' }],
    });
  });
});

describe('one post that X refuses', () => {
  test.each([400, 403])('with %i never stops the others', async (status) => {
    calendar('달 & 파도', '고양이 변호사 🐾', '남극 분식집 Ⅲ');
    const body = { title: 'Refused', detail: 'Refused', type: 'about:blank', status };
    harness.world.faults.add({ ...POST, skip: 1, kind: 'status', status, body });
    await cron(SATURDAY);
    expect(posts(harness)).toEqual([
      '[달 & 파도]\n공개 예정일: 2026-11-30',
      '[남극 분식집 Ⅲ]\n공개 예정일: 2026-12-10',
    ]);
    expect(await weeklyRun()).toMatchObject({
      deliveries: [
        { state: 'refused', count: 1 },
        { state: 'sent', count: 2 },
      ],
    });
  });

  test('in a thread leaves the rest in one thread after it', async () => {
    harness.redeploy({ NETFLIX_POST_STYLE: 'thread' });
    const body = { title: 'Refused', detail: 'Refused', type: 'about:blank', status: 403 };
    harness.world.faults.add({ ...POST, kind: 'status', status: 403, body });
    await cron(SATURDAY);
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
    await cron(SATURDAY);
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
    await cron(SATURDAY);
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
  await cron(SATURDAY);
  expect(posts(harness)).toHaveLength(16);
  expect(posts(harness)).toContain(
    `[느린 우체국의 여름]\n공개 예정일: 2026-11-28\nhttps://www.netflix.com/title/${ids.get('느린 우체국의 여름')}`,
  );
  for (const text of posts(harness)) {
    expect(twitterText.parseTweet(text)).toMatchObject({ valid: true });
    expect(twitterText.extractUrls(text)).toHaveLength(1);
  }
});

describe("Netflix's page", () => {
  test.each([
    ['data', 16, 'on'],
    ['results', 16, 'on'],
    ['moved', 16, 'on'],
    ['broken', 0, 'failing'],
    ['login', 0, 'failing'],
    ['error', 0, 'failing'],
  ] as const)('in layout %s gives %i posts, and the source is %s', async (layout, count, state) => {
    harness.world.netflix.layout = layout;
    await cron(SATURDAY);
    expect(posts(harness)).toHaveLength(count);
    expect((await health(harness)).features['netflix']).toMatchObject({ state });
  });

  test('that is broken is told to the owner, and nothing of it is posted', async () => {
    harness.world.netflix.layout = 'broken';
    await cron(SATURDAY);
    const { ok, features, sources } = await health(harness);
    expect(ok).toBe(false);
    expect(features['netflix']).toMatchObject({ reason: expect.stringMatching(/^broken since /) });
    expect(sources).toContainEqual(expect.objectContaining({ id: 'netflix', state: 'broken' }));
    expect(await weeklyRun()).toMatchObject({
      state: 'failed',
      counts: { titles: 0 },
      reason: expect.stringMatching(/^netflix broken: /),
    });
  });

  test('that breaks on Saturday leaves what was collected on Friday to be posted', async () => {
    await cron(SATURDAY - 4 * HOUR_MS);
    harness.world.netflix.layout = 'broken';
    await cron(SATURDAY);
    expect(posts(harness)).toHaveLength(16);
    expect(await weeklyRun()).toMatchObject({ state: 'failed', counts: { titles: 16 } });
  });

  test('that is away for some minutes is asked again, as late as it wishes', async () => {
    // Friday's collection is over: Saturday is the first to meet the fault.
    await cron(SATURDAY - 4 * HOUR_MS);
    removeRow('사랑.com');
    const headers = { 'retry-after': '600' };
    harness.world.faults.add({ ...PAGE, kind: 'status', status: 503, headers });
    await halfDay();
    const asked = harness.world.requests.filter(({ url }) => url.endsWith(PAGE.path)).slice(1);
    expect(asked.map(({ status }) => status)).toEqual([503, 200]);
    expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(600_000);
    expect(posts(harness)).toHaveLength(15);
    expect(await weeklyRun()).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('that stays away makes the run fail, and what is stored is posted', async () => {
    await cron(SATURDAY - 4 * HOUR_MS);
    harness.world.faults.add({ ...PAGE, kind: 'status', status: 503, times: 1000 });
    await halfDay();
    expect(posts(harness)).toHaveLength(16);
    expect(await weeklyRun()).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^netflix unavailable: /),
    });
  });
});

describe('TMDB', () => {
  beforeEach(async () => {
    harness = await createHarness();
  });

  test("stands in when Netflix's page is broken", async () => {
    harness.world.netflix.layout = 'broken';
    await cron(SATURDAY);
    expect(posts(harness)).toHaveLength(harness.world.tmdb.rows.length);
    expect(posts(harness)).toContain('[새벽 배송 기사 오르페우스]\n공개 예정일: 2026-12-02');
    expect(await weeklyRun()).toMatchObject({
      state: 'done',
      reason: expect.stringMatching(/^netflix broken: .*; used tmdb$/),
      deliveries: [{ state: 'sent', note: null, count: harness.world.tmdb.rows.length }],
    });
    expect(harness.world.x.timeline().filter((post) => post.media.length === 0)).toHaveLength(1);
  });

  test('is not asked while the page tells', async () => {
    await cron(SATURDAY);
    expect(harness.world.requests.filter(({ url }) => url.includes('themoviedb'))).toEqual([]);
  });

  test('and Netflix tell of one title: it is posted once', async () => {
    await cron(SATURDAY - 4 * HOUR_MS);
    harness.world.netflix.layout = 'broken';
    await cron(SATURDAY);
    // The calendar's sixteen, and two that only TMDB knows.
    expect(posts(harness)).toHaveLength(18);
    expect(posts(harness).filter((text) => text.includes('고양이 변호사'))).toHaveLength(1);
  });

  test('told first and Netflix later: its titles are not posted again', async () => {
    harness.world.netflix.layout = 'broken';
    await cron(SATURDAY);
    const before = posts(harness);
    expect(before.filter((text) => text.includes('남극 분식집'))).toHaveLength(1);
    harness.world.netflix.layout = 'data';
    await cron(SATURDAY + WEEK_MS);
    const later = posts(harness).slice(before.length);
    expect(later).toContain('[픽셀 다이버]\n공개 예정일: 2026-12-05');
    expect(later.filter((text) => text.includes('남극 분식집'))).toEqual([]);
    expect(new Set(posts(harness)).size).toBe(posts(harness).length);
  });

  test('that fails as well makes the run fail with both reasons', async () => {
    harness.world.netflix.layout = 'broken';
    harness.world.faults.add({
      host: 'api.themoviedb.org',
      kind: 'status',
      status: 401,
      times: 99,
    });
    await cron(SATURDAY);
    expect(posts(harness)).toEqual([]);
    expect(await weeklyRun()).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^netflix broken: .*; tmdb auth: /),
    });
  });
});

test('without an account on X nothing is posted or lost: the titles wait for one', async () => {
  harness.redeploy({ TWITTER_ACCESS_TOKEN: undefined });
  await cron(SATURDAY);
  expect(posts(harness)).toEqual([]);
  expect(await weeklyRun()).toMatchObject({
    state: 'failed',
    reason: 'twitter-account is off',
  });
  expect((await health(harness)).features['twitter-account']).toEqual({
    state: 'off',
    missing: ['TWITTER_ACCESS_TOKEN'],
  });
  harness.redeploy({ TWITTER_ACCESS_TOKEN: '1700000000000000001-sandboxAccessToken' });
  await cron(SATURDAY + WEEK_MS);
  expect(posts(harness)).toContain('[서른아홉 번째 파도]\n공개 예정일: 2026-12-07');
  expect(posts(harness)).toContain('[남극 분식집 Ⅲ]\n공개 예정일: 2026-12-10');
});
