import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/time.ts';
import { answers, connectWebhook, createHarness, type Harness, health, reader } from './harness.ts';

/** Monday 2026-11-23 in Seoul. */
const BREAKFAST = Date.UTC(2026, 10, 22, 22, 30);
const LUNCH = Date.UTC(2026, 10, 23, 2, 30);
const DINNER = Date.UTC(2026, 10, 23, 8, 30);
const MONDAY = '2026-11-23';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectWebhook(harness);
});

/** @returns the answer, without what can be said next */
async function say(language: 'ko' | 'en', text: string): Promise<string> {
  const { id } = reader(harness, language);
  await harness.world.x.say(id, text);
  await harness.settle();
  const answer = answers(harness, id).at(-1) ?? '(silence)';
  return answer.replace(/\n\n(?:이렇게 말해 보세요|You can say): [^\n]+$/, '');
}

/** What a person was told since they switched the alerts on. */
function told(language: 'ko' | 'en'): string[] {
  return answers(harness, reader(harness, language).id).slice(1);
}

async function cron(atMs: number): Promise<void> {
  await harness.cron(atMs);
  await harness.settle();
}

const calls = () =>
  harness.world.requests.filter(({ url }) => new URL(url).host === 'open.neis.go.kr').length;
const lastRun = async () =>
  (await health(harness)).runs?.find((run) => 'job' in run && run.job === 'menu');

describe('the menu at its time', () => {
  test('is the meal that is next, three times a day, to who wants it, in their language', async () => {
    harness.world.neis.setMeals(MONDAY, {
      breakfast: '흰쌀밥<br/>우유 (2)',
      lunch: '비빔밥 (5.6.13)<br/>치킨너겟 &amp; 소스 (1.2)',
      dinner: '돈까스(산고)1.2.5.',
    });
    await say('ko', '메뉴 알림 켜기');
    await say('en', 'menu alerts on');
    for (const at of [BREAKFAST, LUNCH, DINNER]) await cron(at);
    expect(told('ko')).toEqual([
      '11월 23일 월요일 아침\n흰쌀밥\n우유',
      '11월 23일 월요일 점심\n비빔밥\n치킨너겟 & 소스',
      '11월 23일 월요일 저녁\n돈까스(산고)',
    ]);
    expect(told('en')[1]).toBe('Mon 23 Nov, lunch\n비빔밥\n치킨너겟 & 소스');
    expect(calls()).toBe(3);
  });

  test('is not told to who never asked for it, nor after they switched it off', async () => {
    await say('ko', '고양이');
    await say('en', 'menu alerts on');
    await say('en', 'menu alerts off');
    await cron(LUNCH);
    expect(told('ko')).toEqual([]);
    expect(told('en')).toHaveLength(1);
  });

  test('is told once although the trigger comes twice', async () => {
    await say('ko', '메뉴 알림 켜기');
    await cron(LUNCH);
    await cron(LUNCH);
    expect(told('ko')).toHaveLength(1);
  });

  test('that was missed is told within two hours, and not after', async () => {
    await say('ko', '메뉴 알림 켜기');
    await harness.cron(LUNCH + HOUR_MS);
    await harness.settle();
    expect(told('ko')[0]).toContain('점심');
    await harness.cron(DINNER + 2.5 * HOUR_MS);
    await harness.settle();
    expect(told('ko')).toHaveLength(1);
  });

  test('is silence on a weekend and a holiday, and the source is well', async () => {
    await say('ko', '메뉴 알림 켜기');
    harness.world.neis.setMeals(MONDAY, {});
    await cron(LUNCH);
    expect(told('ko')).toEqual([]);
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { told: 0 } });
    expect((await health(harness)).features['menu-neis']).toEqual({ state: 'on' });
  });

  test('is silence for a meal the day does not have', async () => {
    await say('ko', '메뉴 알림 켜기');
    harness.world.neis.setMeals(MONDAY, { lunch: '비빔밥' });
    await cron(BREAKFAST);
    await cron(LUNCH);
    expect(told('ko')).toEqual(['11월 23일 월요일 점심\n비빔밥']);
  });

  test('comes late when the source comes back within its retries', async () => {
    await say('ko', '메뉴 알림 켜기');
    harness.world.faults.add({ host: 'open.neis.go.kr', kind: 'status', status: 503, times: 2 });
    await cron(LUNCH);
    expect(told('ko')).toHaveLength(1);
    expect(await lastRun()).toMatchObject({ state: 'done', attempts: 3 });
  });

  test('is never made up: a source that stays broken is shown to the owner', async () => {
    await say('ko', '메뉴 알림 켜기');
    harness.world.neis.failure = 'ERROR-336';
    await cron(LUNCH);
    expect(told('ko')).toEqual([]);
    expect(await lastRun()).toMatchObject({ state: 'failed', reason: 'NEIS answers ERROR-336' });
    const { ok, features } = await health(harness);
    expect(ok).toBe(false);
    expect(features['menu-neis']).toMatchObject({ state: 'failing' });
  });

  test('is told from what the morning said when the source fails at noon, and the run is failed', async () => {
    await say('ko', '메뉴 알림 켜기');
    await cron(BREAKFAST);
    harness.world.neis.failure = 'ERROR-500';
    await cron(LUNCH);
    expect(told('ko').at(-1)).toContain('11월 23일 월요일 점심');
    expect(await lastRun()).toMatchObject({ state: 'failed', counts: { told: 1 } });
  });

  test('is nobody’s business while there is no school and no page', async () => {
    harness.redeploy({ MENU_SCHOOL: '' });
    expect(await say('ko', '메뉴 알림 켜기')).toContain('정해지지 않았어요');
    await cron(LUNCH);
    expect(told('ko')).toEqual([]);
    expect(await lastRun()).toMatchObject({ state: 'done' });
    expect(calls()).toBe(0);
  });
});
