import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/bot/talk/grammar/parse.ts';
import { lexiconOf } from '../../../src/bot/talk/understand.ts';
import { mealsAhead, readAsked } from '../../../src/features/menu/words.ts';
import { talkBook } from '../../../src/wire.ts';

/** A Sunday. */
const TODAY = '2026-11-22';

const nothing = { day: null, meal: null, isWeek: false, allergens: false };

const utterance = (said: string) => parse(said, lexiconOf(talkBook.vocabularies), []);

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
    expect(readAsked(utterance(said), TODAY)).toEqual({ ...nothing, ...asked });
  });

  test.each([
    ['12월 3일 급식', '2026-12-03'],
    ['1/5 점심', '2027-01-05'],
    ['3일 급식', '2026-12-03'],
    ['menu on December 24', '2026-12-24'],
    ['2월 30일 급식', null],
    ['next sunday menu', '2026-11-29'],
    ['다음주 월요일 급식', '2026-11-23'],
    ['급식 내일모레', '2026-11-24'],
    ['어제 급식', '2026-11-21'],
    ['그그저께 급식', '2026-11-19'],
    ['지난 금요일 급식', '2026-11-20'],
    ['last friday menu', '2026-11-20'],
    ['lunch on the 3rd', '2026-12-03'],
    ['일주일 뒤 급식', '2026-11-29'],
    ['menu in two weeks', '2026-12-06'],
    ['다다음주 수요일 급식', '2026-12-02'],
    ['다다음주 급식', '2026-11-30'],
    ['지지난주 급식', '2026-11-02'],
  ])('“%s” are about %s', (said, day) => {
    expect(readAsked(utterance(said), TODAY).day).toBe(day);
  });

  test('are judged at once, however long the text', () => {
    utterance('메뉴');
    const started = performance.now();
    utterance('내일 급식 메뉴는 '.repeat(2000));
    expect(performance.now() - started).toBeLessThan(300);
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

test.each([
  ['2027-01-02', '12월 31일 급식', '2026-12-31'],
  ['2027-01-02', '1월 1일 급식', '2027-01-01'],
  ['2027-01-02', '3월 2일 급식', '2027-03-02'],
  ['2026-12-31', '1월 1일 급식', '2027-01-01'],
  ['2028-01-15', '2월 29일 급식', '2028-02-29'],
  ['2027-12-01', '2월 29일 급식', '2028-02-29'],
])('on %s “%s” means %s', (today, said, day) => {
  expect(readAsked(utterance(said), today).day).toBe(day);
});
