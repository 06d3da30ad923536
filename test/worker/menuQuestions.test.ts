import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/time.ts';
import { answers, connectWebhook, createHarness, type Harness, health, reader } from './harness.ts';

/** Monday 2026-11-23, 07:30 in Seoul. */
const MORNING = Date.UTC(2026, 10, 22, 22, 30);

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectWebhook(harness);
  const { neis, clock } = harness.world;
  neis.setMeals('2026-11-23', { lunch: '비빔밥 (5.6)<br/>김치', dinner: '국수' });
  neis.setMeals('2026-11-24', { breakfast: '토스트' });
  clock.advance(MORNING - clock.now());
});

/** @returns the answer, without what can be said next */
async function say(language: 'ko' | 'en', text: string): Promise<string> {
  const { id } = reader(harness, language);
  await harness.world.x.say(id, text);
  await harness.settle();
  const answer = answers(harness, id).at(-1) ?? '(silence)';
  return answer.replace(/\n\n(?:이렇게 말해 보세요|You can say): [^\n]+$/, '');
}

const calls = () =>
  harness.world.requests.filter(({ url }) => new URL(url).host === 'open.neis.go.kr').length;

/** What `AbortSignal.timeout` gives, by a timer that can be moved on. */
function signalAfter(ms: number): AbortSignal {
  const abort = new AbortController();
  setTimeout(() => abort.abort(new DOMException('timed out', 'TimeoutError')), ms);
  return abort.signal;
}

describe('a question for the menu', () => {
  test.each([
    ['ko', '급식 점심', '11월 23일 월요일 점심\n비빔밥\n김치'],
    ['ko', '오늘 저녁 메뉴 뭐야?', '11월 23일 월요일 저녁\n국수'],
    ['ko', '급식내일', '11월 24일 화요일 아침\n토스트'],
    ['ko', '화요일 급식', '11월 24일 화요일 아침\n토스트'],
    ['ko', '오늘 급식', '11월 23일 월요일 점심\n비빔밥\n김치\n\n11월 23일 월요일 저녁\n국수'],
    ['ko', '급식 점심 알레르기', '11월 23일 월요일 점심\n비빔밥 (5.6)\n김치'],
    ['en', 'menu dinner', 'Mon 23 Nov, dinner\n국수'],
    ['en', "What's for lunch today?", 'Mon 23 Nov, lunch\n비빔밥\n김치'],
    ['en', 'menu tomorrow', 'Tue 24 Nov, breakfast\n토스트'],
    ['en', 'Menu Tuesday', 'Tue 24 Nov, breakfast\n토스트'],
  ] as const)('(%s) “%s” is answered', async (language, text, answer) => {
    expect(await say(language, text)).toBe(answer);
  });

  test('for a week is answered a meal a paragraph, without the days on which nothing is cooked', async () => {
    const { neis } = harness.world;
    for (const day of [25, 26, 27]) neis.setMeals(`2026-11-${day}`, {});
    const monday = '11월 23일 월요일 점심\n비빔밥, 김치\n\n11월 23일 월요일 저녁\n국수';
    expect(await say('ko', '이번주 급식')).toBe(`${monday}\n\n11월 24일 화요일 아침\n토스트`);
    expect(await say('en', 'lunch this week')).toBe('Mon 23 Nov, lunch\n비빔밥, 김치');
    expect(await say('ko', '이번주 저녁 알레르기')).toBe('11월 23일 월요일 저녁\n국수');
    for (const day of [23, 24]) neis.setMeals(`2026-11-${day}`, {});
    harness.world.clock.advance(24 * HOUR_MS);
    expect(await say('ko', '이번주 급식')).toMatch(/^그 주의 메뉴가 아직 없어요/);
    expect(await say('en', 'menu this week')).toMatch(/^No menu for that week/);
    harness.world.faults.add({ host: 'open.neis.go.kr', kind: 'status', status: 503, times: 99 });
    expect(await say('ko', '다음주 급식')).toMatch(/^지금은 메뉴를 가져올 수 없어요/);
  });

  test.each([
    ['before breakfast, without one that day', 0, '11월 23일 월요일 점심'],
    ['after lunch', 7 * HOUR_MS, '11월 23일 월요일 저녁'],
    ['after dinner', 13 * HOUR_MS, '11월 24일 화요일 아침'],
  ])('without a meal means the next one: %s', async (_when, later, head) => {
    harness.world.clock.advance(later);
    expect((await say('ko', '메뉴')).split('\n')[0]).toBe(head);
  });

  test('for a day without meals says so, with the reasons there may be', async () => {
    expect(await say('ko', '급식 토요일')).toMatch(/^11월 28일 \(토\) 메뉴가 없어요\. 쉬는 날/);
    expect(await say('en', 'menu breakfast')).toMatch(/^No menu for Mon 23 Nov, breakfast\./);
  });

  test('asks the source once for many questions of the same day', async () => {
    for (const text of ['메뉴', '급식 점심', '급식 저녁']) await say('ko', text);
    expect(calls()).toBe(1);
    harness.world.clock.advance(4 * HOUR_MS);
    await say('ko', '메뉴');
    expect(calls()).toBe(2);
  });

  test('is answered in friendly words while the source is away, and well again after a minute', async () => {
    harness.world.faults.add({ host: 'open.neis.go.kr', kind: 'network' });
    expect(await say('ko', '급식 점심')).toContain('지금은 메뉴를 가져올 수 없어요');
    harness.world.clock.advance(MINUTE_MS);
    expect(await say('ko', '급식 점심')).toContain('비빔밥');
  });

  test('does not wait for a source that hangs, and does not call it failing for that', async () => {
    harness.world.faults.add({ host: 'open.neis.go.kr', kind: 'hang' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(signalAfter);
    const answered = say('en', 'menu lunch');
    try {
      await vi.waitUntil(() => calls() === 1, { interval: 1, timeout: 8 * SECOND_MS });
      vi.advanceTimersByTime(3 * SECOND_MS);
      expect(await answered).toContain('cannot be reached right now');
    } finally {
      vi.restoreAllMocks();
      vi.useRealTimers();
    }
    expect((await health(harness)).features['menu-neis']).toEqual({ state: 'on' });
  });

  test('is answered from what was known when the source fails later', async () => {
    await say('ko', '급식 점심');
    harness.world.neis.failure = 'ERROR-600';
    harness.world.clock.advance(4 * HOUR_MS);
    expect(await say('ko', '급식 점심')).toContain('비빔밥');
  });

  test('about another school after a new deployment is not answered from the old one', async () => {
    await say('ko', '급식 점심');
    harness.redeploy({ MENU_SCHOOL: 'C10:7150658' });
    await say('ko', '급식 점심');
    expect(calls()).toBe(2);
  });

  test('without any source says that the owner can name one', async () => {
    harness.redeploy({ MENU_SCHOOL: '' });
    expect(await say('en', 'menu')).toMatch(/^No place to get the menu from/);
  });
});

describe('menu alerts', () => {
  test('tell how they are when asked, in both languages', async () => {
    expect(await say('ko', '메뉴 알림')).toBe('메뉴 알림이 꺼져 있어요.');
    await say('ko', '메뉴 알림 켜줘');
    expect(await say('ko', '급식알림')).toBe('메뉴 알림이 켜져 있어요.');
    expect(await say('en', 'menu alerts')).toBe('Menu alerts are off.');
    expect(await say('en', 'turn on menu alerts')).toMatch(/^Menu alerts are on/);
    expect(await say('ko', '메뉴 알림 끄기')).toMatch(/^메뉴 알림을 껐어요/);
  });
});
