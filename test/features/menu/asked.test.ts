import { describe, expect, test } from 'vitest';
import { normalize } from '../../../src/bot/talk/grammar.ts';
import { MENU_PATTERN, mealsAhead, readAsked } from '../../../src/features/menu/asked.ts';

/** A Sunday. */
const TODAY = '2026-11-22';

const nothing = { day: null, meal: null, allergens: false };

describe('words about the menu', () => {
  test.each<[string, Partial<ReturnType<typeof readAsked>>]>([
    ['메뉴', {}],
    ['급식?', {}],
    ['menu', {}],
    ['점심', { meal: 'lunch' }],
    ['중식 메뉴 알려줘', { meal: 'lunch' }],
    ['내일 아침', { day: '2026-11-23', meal: 'breakfast' }],
    ['급식저녁모레', { day: '2026-11-24', meal: 'dinner' }],
    ['이번 주 금요일 점심', { day: '2026-11-27', meal: 'lunch' }],
    ['금요일의 석식은 뭐야?', { day: '2026-11-27', meal: 'dinner' }],
    ['일요일 식단', { day: TODAY }],
    ['오늘 급식 알레르기 정보', { day: TODAY, allergens: true }],
    ['MENU, please!', {}],
    ["tomorrow's dinner", { day: '2026-11-23', meal: 'dinner' }],
    ['lunch on sat', { day: '2026-11-28', meal: 'lunch' }],
    ['show the menu for Wednesday with allergens', { day: '2026-11-25', allergens: true }],
  ])('“%s” are understood', (said, asked) => {
    const words = normalize(said);
    expect(words).toMatch(MENU_PATTERN);
    expect(readAsked(words, TODAY)).toEqual({ ...nothing, ...asked });
  });

  test.each([
    '오늘',
    '월요일',
    '알려줘',
    '메뉴판 만들기',
    '상태 점심',
    'lunchbox',
    'today',
    '급식 api',
    '',
  ])('“%s” are none', (said) => {
    expect(normalize(said)).not.toMatch(MENU_PATTERN);
  });

  test('are judged at once, however long the text', () => {
    const started = performance.now();
    expect(MENU_PATTERN.test(`${'내일 급식 메뉴는 '.repeat(2000)}?`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

test.each([
  ['08:59', ['breakfast', 'lunch', 'dinner']],
  ['09:00', ['lunch', 'dinner']],
  ['13:59', ['lunch', 'dinner']],
  ['14:00', ['dinner']],
  ['20:00', []],
])('at %s the meals ahead are %j', (time, meals) => {
  expect(mealsAhead(Date.parse(`${TODAY}T${time}:00+09:00`), 'Asia/Seoul')).toEqual(meals);
});
