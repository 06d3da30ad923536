import twitterText from 'twitter-text';
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { createHarness, type Harness, health, posts, SATURDAY } from './harness.ts';
import { calendar, changeRow, cron, removeRow, weeklyRun } from './netflixWeeklySteps.ts';

const WEEK_MS = 7 * DAY_MS;

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ TMDB_TOKEN: undefined, KOPIS_KEY: undefined });
});

describe('on Saturday', () => {
  test('every title of the coming two weeks is posted with the day it is in Korea', async () => {
    await cron(harness, SATURDAY);
    const texts = posts(harness);
    expect(texts).toHaveLength(16);
    expect(texts).toContain('[느린 우체국의 여름]\n공개 예정일: 2026-11-28');
    // 15:00 UTC is the next day in Korea, 14:30 UTC is not yet.
    expect(texts).toContain('[달 & 파도]\n공개 예정일: 2026-11-30');
    expect(texts).toContain('[서른아홉 번째 파도]\n공개 예정일: 2026-12-07');
    // A second title is told when it says more than the first.
    expect(texts).toContain('[한강 야간 수리점 시즌 2]\n공개 예정일: 2026-12-04');
    expect(texts).toContain('[할머니의 록밴드]\n공개 예정일: 2026-12-06');
    expect(await weeklyRun(harness)).toMatchObject({
      state: 'done',
      counts: { titles: 16 },
      reason: null,
      deliveries: [{ state: 'sent', note: null, count: 16 }],
    });
  });

  test('each post shows its own poster, described for those who do not see it', async () => {
    const [row] = calendar(harness, '느린 우체국의 여름', '달 & 파도', '남극 분식집 Ⅲ');
    await cron(harness, SATURDAY);
    const first = harness.world.x.timeline().at(-1);
    expect(first?.media).toHaveLength(1);
    expect(first?.media[0]?.alt).toBe("넷플릭스 작품 '느린 우체국의 여름'의 포스터");
    const poster = await harness.world.fetch(new Request(row?.image ?? ''));
    expect(first?.media[0]?.bytes).toEqual(new Uint8Array(await poster.arrayBuffer()));
    const described = harness.world.x.timeline().flatMap((post) => post.media);
    expect(new Set(described.map((media) => media.alt)).size).toBe(3);
  });

  test('a title beyond two weeks waits for its Saturday', async () => {
    const [row] = calendar(harness, '달 & 파도', '남극 분식집 Ⅲ');
    changeRow(harness, '남극 분식집 Ⅲ', { startTime: (row?.startTime ?? 0) + 15 * DAY_MS });
    await cron(harness, SATURDAY);
    expect(posts(harness)).toEqual(['[달 & 파도]\n공개 예정일: 2026-11-30']);
    await cron(harness, SATURDAY + WEEK_MS);
    expect(posts(harness)).toContain('[남극 분식집 Ⅲ]\n공개 예정일: 2026-12-15');
  });

  test('a title that can be taken for a mention, a hashtag or a link is none', async () => {
    await cron(harness, SATURDAY);
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
    await cron(harness, SATURDAY);
    expect(posts(harness)).toContain(`[${long}]\n공개 예정일: 2026-12-01`);
  });
});

describe('a title is posted once', () => {
  test('when both crons of the hour fire, and fire twice', async () => {
    await harness.cron(SATURDAY);
    await harness.cron(SATURDAY, '0 0 * * sat');
    await harness.cron(SATURDAY);
    await harness.settle();
    await cron(harness, SATURDAY);
    expect(posts(harness)).toHaveLength(16);
    expect(new Set(posts(harness)).size).toBe(16);
    expect(await weeklyRun(harness)).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('when it is still to come the Saturday after', async () => {
    await cron(harness, SATURDAY);
    await cron(harness, SATURDAY + WEEK_MS);
    expect(posts(harness)).toHaveLength(16);
    expect(await weeklyRun(harness)).toMatchObject({
      slot: SATURDAY + WEEK_MS,
      state: 'done',
      counts: { titles: 0 },
    });
  });

  test.each([
    ['a few days', 5],
    ['more than a month', 40],
  ])('when it is put off by %s after it was posted', async (_span, days) => {
    const [row] = calendar(harness, '서른아홉 번째 파도', '달 & 파도', '남극 분식집 Ⅲ');
    await cron(harness, SATURDAY);
    changeRow(harness, '서른아홉 번째 파도', { startTime: (row?.startTime ?? 0) + days * DAY_MS });
    for (let week = 1; week <= 7; week += 1) await cron(harness, SATURDAY + week * WEEK_MS);
    expect(posts(harness)).toHaveLength(3);
  });

  test('when Netflix gives it another season line after it was posted', async () => {
    calendar(harness, '한강 야간 수리점', '달 & 파도', '남극 분식집 Ⅲ');
    await cron(harness, SATURDAY);
    changeRow(harness, '한강 야간 수리점', { title2: '시즌 2 파트 1' });
    await cron(harness, SATURDAY + DAY_MS);
    await cron(harness, SATURDAY + WEEK_MS);
    expect(posts(harness)).toHaveLength(3);
  });

  test('and once more when it comes back with a new season 60 days later', async () => {
    const kept = calendar(harness, '달 & 파도', '고양이 변호사 🐾', '남극 분식집 Ⅲ');
    await cron(harness, SATURDAY);
    for (const { title1, startTime } of kept) {
      changeRow(harness, title1, { startTime: startTime + 60 * DAY_MS });
    }
    const comeBack = SATURDAY + 8 * WEEK_MS;
    await cron(harness, comeBack);
    await cron(harness, comeBack + WEEK_MS);
    expect(posts(harness)).toHaveLength(6);
    expect(posts(harness)).toContain('[달 & 파도]\n공개 예정일: 2027-01-29');
  });
});

describe('a change before Saturday counts', () => {
  const friday = SATURDAY - 4 * HOUR_MS;

  test('a moved day is the day that is posted', async () => {
    const [row] = calendar(harness, '달 & 파도', '남극 분식집 Ⅲ');
    await cron(harness, friday);
    changeRow(harness, '달 & 파도', { startTime: (row?.startTime ?? 0) + 2 * DAY_MS });
    await cron(harness, SATURDAY);
    expect(posts(harness)).toEqual([
      '[달 & 파도]\n공개 예정일: 2026-12-02',
      '[남극 분식집 Ⅲ]\n공개 예정일: 2026-12-10',
    ]);
  });

  test('a title that Netflix took off is not posted, until it is back', async () => {
    const { rows } = harness.world.netflix;
    const band = rows.find((row) => row.title1 === '할머니의 록밴드');
    await cron(harness, friday);
    removeRow(harness, '할머니의 록밴드');
    await cron(harness, SATURDAY);
    expect(posts(harness)).toHaveLength(15);
    if (band) rows.push({ ...band, startTime: band.startTime + 2 * DAY_MS });
    await cron(harness, SATURDAY + WEEK_MS);
    expect(posts(harness).slice(15)).toEqual(['[할머니의 록밴드]\n공개 예정일: 2026-12-08']);
  });
});

describe('a missed Saturday', () => {
  test('is caught up by the next cron in the same morning', async () => {
    await cron(harness, SATURDAY + 30 * MINUTE_MS);
    expect(posts(harness)).toHaveLength(16);
    expect(await weeklyRun(harness)).toMatchObject({ slot: SATURDAY, state: 'done' });
  });

  test('is caught up until the evening', async () => {
    await cron(harness, SATURDAY + 11.5 * HOUR_MS);
    expect(posts(harness)).toHaveLength(16);
  });

  test('is left to the next Saturday after that', async () => {
    await cron(harness, SATURDAY + 12 * HOUR_MS + 30 * MINUTE_MS);
    expect(posts(harness)).toEqual([]);
    expect(await weeklyRun(harness)).toBeUndefined();
    await cron(harness, SATURDAY + WEEK_MS);
    // Those that are still to come then.
    expect(posts(harness)).toHaveLength(5);
  });
});

test('without an account on X nothing is posted or lost: the titles wait for one', async () => {
  harness.redeploy({ TWITTER_ACCESS_TOKEN: undefined });
  await cron(harness, SATURDAY);
  expect(posts(harness)).toEqual([]);
  expect(await weeklyRun(harness)).toMatchObject({
    state: 'failed',
    reason: 'twitter-account is off',
  });
  expect((await health(harness)).features['twitter-account']).toEqual({
    state: 'off',
    missing: ['TWITTER_ACCESS_TOKEN'],
  });
  harness.redeploy({ TWITTER_ACCESS_TOKEN: '1700000000000000001-sandboxAccessToken' });
  await cron(harness, SATURDAY + WEEK_MS);
  expect(posts(harness)).toContain('[서른아홉 번째 파도]\n공개 예정일: 2026-12-07');
  expect(posts(harness)).toContain('[남극 분식집 Ⅲ]\n공개 예정일: 2026-12-10');
});
