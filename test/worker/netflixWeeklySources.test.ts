import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/time.ts';
import { createHarness, type Harness, health, posts, SATURDAY } from './harness.ts';
import { cron, halfDay, removeRow, weeklyRun } from './netflixWeeklySteps.ts';

const PAGE = { host: 'about.netflix.com', path: '/ko/new-to-watch' };
const WEEK_MS = 7 * DAY_MS;

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ TMDB_TOKEN: undefined, KOPIS_KEY: undefined });
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
    await cron(harness, SATURDAY);
    expect(posts(harness)).toHaveLength(count);
    expect((await health(harness)).features['netflix']).toMatchObject({ state });
  });

  test('that is broken is told to the owner, and nothing of it is posted', async () => {
    harness.world.netflix.layout = 'broken';
    await cron(harness, SATURDAY);
    const { ok, features, sources } = await health(harness);
    expect(ok).toBe(false);
    expect(features['netflix']).toMatchObject({ reason: 'broken' });
    expect(sources).toContainEqual(expect.objectContaining({ id: 'netflix', state: 'broken' }));
    expect(await weeklyRun(harness)).toMatchObject({
      state: 'failed',
      counts: { titles: 0 },
      reason: expect.stringMatching(/^netflix broken: /),
    });
  });

  test('that breaks on Saturday leaves what was collected on Friday to be posted', async () => {
    await cron(harness, SATURDAY - 4 * HOUR_MS);
    harness.world.netflix.layout = 'broken';
    await cron(harness, SATURDAY);
    expect(posts(harness)).toHaveLength(16);
    expect(await weeklyRun(harness)).toMatchObject({ state: 'failed', counts: { titles: 16 } });
  });

  test('that is away for some minutes is asked again, as late as it wishes', async () => {
    // Friday's collection is over: Saturday is the first to meet the fault.
    await cron(harness, SATURDAY - 4 * HOUR_MS);
    removeRow(harness, '사랑.com');
    const headers = { 'retry-after': '600' };
    harness.world.faults.add({ ...PAGE, kind: 'status', status: 503, headers });
    await halfDay(harness);
    const asked = harness.world.requests.filter(({ url }) => url.endsWith(PAGE.path)).slice(1);
    expect(asked.map(({ status }) => status)).toEqual([503, 200]);
    expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(600_000);
    expect(posts(harness)).toHaveLength(15);
    expect(await weeklyRun(harness)).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('that stays away makes the run fail, and what is stored is posted', async () => {
    await cron(harness, SATURDAY - 4 * HOUR_MS);
    harness.world.faults.add({ ...PAGE, kind: 'status', status: 503, times: 1000 });
    await halfDay(harness);
    expect(posts(harness)).toHaveLength(16);
    expect(await weeklyRun(harness)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^netflix unavailable: /),
    });
  });
});

describe('TMDB', () => {
  beforeEach(async () => {
    harness = await createHarness({ KOPIS_KEY: undefined });
  });

  test("stands in when Netflix's page is broken", async () => {
    harness.world.netflix.layout = 'broken';
    await cron(harness, SATURDAY);
    expect(posts(harness)).toHaveLength(harness.world.tmdb.rows.length);
    expect(posts(harness)).toContain('[새벽 배송 기사 오르페우스]\n공개 예정일: 2026-12-02');
    expect(await weeklyRun(harness)).toMatchObject({
      state: 'done',
      reason: expect.stringMatching(/^netflix broken: .*; used tmdb$/),
      deliveries: [{ state: 'sent', note: null, count: harness.world.tmdb.rows.length }],
    });
    expect(harness.world.x.timeline().filter((post) => post.media.length === 0)).toHaveLength(1);
  });

  test('is not asked while the page tells', async () => {
    await cron(harness, SATURDAY);
    expect(harness.world.requests.filter(({ url }) => url.includes('themoviedb'))).toEqual([]);
  });

  test('and Netflix tell of one title: it is posted once', async () => {
    await cron(harness, SATURDAY - 4 * HOUR_MS);
    harness.world.netflix.layout = 'broken';
    await cron(harness, SATURDAY);
    // The calendar's sixteen, and two that only TMDB knows.
    expect(posts(harness)).toHaveLength(18);
    expect(posts(harness).filter((text) => text.includes('고양이 변호사'))).toHaveLength(1);
  });

  test('told first and Netflix later: its titles are not posted again', async () => {
    harness.world.netflix.layout = 'broken';
    await cron(harness, SATURDAY);
    const before = posts(harness);
    expect(before.filter((text) => text.includes('남극 분식집'))).toHaveLength(1);
    harness.world.netflix.layout = 'data';
    await cron(harness, SATURDAY + WEEK_MS);
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
    await cron(harness, SATURDAY);
    expect(posts(harness)).toEqual([]);
    expect(await weeklyRun(harness)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^netflix broken: .*; tmdb auth: /),
    });
  });

  test('that failed when it was needed is well again once it answers, needed or not', async () => {
    harness.world.netflix.layout = 'broken';
    const host = 'api.themoviedb.org';
    harness.world.faults.add({ host, kind: 'status', status: 401, times: 99 });
    await cron(harness, SATURDAY);
    harness.world.faults.clear();
    harness.world.netflix.layout = 'data';
    await cron(harness, SATURDAY + WEEK_MS);
    const { sources } = await health(harness);
    expect(sources).toContainEqual(expect.objectContaining({ id: 'tmdb', state: 'items' }));
  });
});
