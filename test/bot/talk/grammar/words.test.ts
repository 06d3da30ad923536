import { describe, expect, test } from 'vitest';
import { choose, closest, type Recognizable } from '../../../../src/bot/talk/grammar/choose.ts';
import { lettersOf, nearest, otherKeyboard } from '../../../../src/bot/talk/grammar/correct.ts';
import { findDates } from '../../../../src/bot/talk/grammar/dates.ts';
import { findNumbers } from '../../../../src/bot/talk/grammar/find.ts';
import { comparable, LONGEST_TEXT, readable } from '../../../../src/bot/talk/grammar/normalize.ts';
import { parse } from '../../../../src/bot/talk/grammar/parse.ts';
import {
  createLexicon,
  type Utterance,
  written,
} from '../../../../src/bot/talk/grammar/utterance.ts';

/** A small language: what a promise says is not said by the bot's own words. */
const lexicon = createLexicon(
  [
    {
      cat: '고양이, 냥, cat',
      menu: '메뉴, 급식, 밥, menu, lunch menu',
      list: '목록, list',
      show: '보여, 알려, show',
      'day=1': '내일, tomorrow',
      filler: '좀, 그, 와, please now',
      insult: '멍청이',
    },
  ],
  { filler: '은, 는, 이, 요, 줘, 주, 세' },
);

/** What was heard of a text, in short: `cat`, `day=1`, `?` where nobody knows. */
function said(text: string): string[] {
  const utterance = parse(text, lexicon, []);
  return utterance.tokens.map((token) => {
    const means = token.means.map(({ concept, value }) => concept + (value && `=${value}`));
    const what = means.length === 0 ? `?${written(utterance, token)}` : means.join('|');
    return token.isCorrected ? `~${what}` : what;
  });
}

describe('a text as it is compared', () => {
  test.each([
    ['HELLO, World!', 'hello  world '],
    ['넷플릭스?!', '넷플릭스  '],
    ['heyyyy', 'hey\u0001\u0001\u0001'],
    ['aab', 'aab'],
    ['고양이ㅋㅋㅋ', '고양이   '],
    ['ㅎㅇ', 'ㅎㅇ'],
    ['ㅎㅎㅇ', '  ㅇ'],
    ['응ㅎ', '응 '],
    ['hana/app:dev', 'hana/app:dev'],
    ['a - b', 'a   b'],
    ['끝.', '끝 '],
    ['release/*', 'release/*'],
    ['2*', '2 '],
    ['*', ' '],
    ['밥\u200b줘', '밥\u0001줘'],
    ['\ufe0f\u2060\ufeff\u00ad', '\u0001\u0001\u0001\u0001'],
    ['CAFÉ', 'café'],
  ])('%j', (text, plain) => {
    expect(comparable(text)).toBe(plain);
    expect(comparable(text)).toHaveLength(text.length);
  });

  test.each([
    ['/menu_on', 'menu on'],
    ['  /menu_on now_then', 'menu on now_then'],
    ['/구독 hana/app', '구독 hana/app'],
    ['/my_org/app', 'my_org/app'],
    ['//a', '//a'],
    ['hana/my_app', 'hana/my_app'],
    ['ＡＢＣ１２！', 'ABC12!'],
    ['한', '한'],
    ['ㅇㅇ', 'ㅇㅇ'],
  ])('%j is kept as %j', (text, kept) => {
    expect(readable(text)).toBe(kept);
  });

  test('is cut at a thousand characters, at no half of one', () => {
    expect(readable('가'.repeat(LONGEST_TEXT + 1))).toBe('가'.repeat(LONGEST_TEXT));
    expect(readable(`${'가'.repeat(LONGEST_TEXT - 1)}😀`)).toBe(
      `${'가'.repeat(LONGEST_TEXT - 1)}\ufffd`,
    );
  });
});

/** What is found in a text, and where. */
const found = (find: typeof findDates, text: string) =>
  find(text, comparable(text)).map(({ start, end, means }) => {
    const all = means.map(({ concept, value }) => `${concept}=${value}`).join('|');
    return `${text.slice(start, end)} ${all}`;
  });

describe('days', () => {
  test.each([
    ['12월 3일 급식', ['12월 3일 day=date:12-03']],
    ['12월3일', ['12월3일 day=date:12-03']],
    ['12/3', ['12/3 day=date:12-03']],
    ['1/31에', ['1/31 day=date:01-31']],
    ['13/3', []],
    ['12/32', []],
    ['2026-12-03', ['2026-12-03 day=date:2026-12-03']],
    ['2026.1.5', ['2026.1.5 day=date:2026-01-05']],
    ['2026년 12월 3일', ['2026년 12월 3일 day=date:2026-12-03']],
    ['December 3', ['December 3 day=date:12-03']],
    ['dec 3rd', ['dec 3rd day=date:12-03']],
    ['the 3rd of May', ['the 3rd of May day=date:05-03']],
    ['jan the 21st', ['jan the 21st day=date:01-21']],
    ['3일', ['3일 day=date:03']],
    ['31일', ['31일 day=date:31']],
    ['32일', []],
    ['3일마다', []],
    ['3일 동안', []],
    ['3일간', []],
    ['3일 뒤', ['3일 뒤 day=3']],
    ['10일 후에', ['10일 후 day=10']],
    ['이틀 전', ['이틀 전 day=-2']],
    ['사흘 있다가', ['사흘 있다가 day=3']],
    ['열흘 뒤', ['열흘 뒤 day=10']],
    ['하루 뒤에', ['하루 뒤 day=1']],
    ['in three days', ['in three days day=3']],
    ['in 2 days', ['in 2 days day=2']],
    ['four days from now', ['four days from now day=4']],
    ['5 days later', ['5 days later day=5']],
    ['2 days ago', ['2 days ago day=-2']],
    ['2주 뒤 급식', ['2주 뒤 day=14']],
    ['일주일 후', ['일주일 후 day=7']],
    ['두 주 전', ['두 주 전 day=-14']],
    ['in a week', ['in a week day=7']],
    ['two weeks from now', ['two weeks from now day=14']],
    ['a week ago', ['a week ago day=-7']],
    ['this week', []],
    ['on the 3rd', ['on the 3rd day=date:03']],
    ['hana/app', []],
    ['v1.2.3', []],
    ['급식', []],
  ])('in %j', (text, days) => {
    expect(found(findDates, text)).toEqual(days);
  });
});

describe('numbers', () => {
  test.each([
    ['2번', ['2번 number=2|ordinal=2']],
    ['3번째', ['3번째 number=3|ordinal=3']],
    ['number 4', ['number 4 number=4|ordinal=4']],
    ['number four', ['number four number=4|ordinal=4']],
    ['두번째', ['두번째 number=2|ordinal=2']],
    ['삼번', ['삼번 number=3|ordinal=3']],
    ['이번', ['이번 number=2|ordinal=2']],
    ['이번 주', []],
    ['second one', ['second one number=2|ordinal=2']],
    ['the 3rd', ['3rd number=3|ordinal=3']],
    ['세 개', ['세 개 count=3']],
    ['3개', ['3개 count=3|number=3']],
    ['다섯마리', ['다섯마리 count=5']],
    ['x3', ['x3 count=3|number=3']],
    ['3x', ['3x count=3|number=3']],
    ['하루 한 번', []],
    ['한 번', ['한 번 count=1']],
    ['셋', ['셋 count=3']],
    ['five', ['five count=5']],
    ['7', ['7 number=7|count=7']],
    ['9시', ['9시 hour=9']],
    ['열두 시에', ['열두 시에 hour=12']],
    ['오시간', []],
    ['9시간', ['9 number=9|count=9']],
    ['9am', ['9am hour=9']],
    ['9 pm', ['9 pm hour=21']],
    ['12 pm', ['12 pm hour=12']],
    ["7 o'clock", ["7 o'clock hour=7"]],
    ['at 8', ['at 8 hour=8|number=8']],
    ['1234', []],
    ['v2', []],
    ['a/2', []],
    ['2.0', []],
  ])('in %j', (text, numbers) => {
    expect(found(findNumbers, text)).toEqual(numbers);
  });
});

describe('a misspelt word', () => {
  test.each([
    ['고앙이', 'cat'],
    ['고양히', 'cat'],
    ['고양미', 'cat'],
    ['메누', 'menu'],
    ['매뉴', 'menu'],
    ['메뉴뉴', null],
    ['목롥', 'list'],
    ['lsit', 'list'],
    ['lits', 'list'],
    ['lost', null],
    ['tomorow', 'day'],
    ['tommorow', null],
    ['tomrow', null],
    ['toorw', null],
    ['몽록', 'list'],
    ['공록', null],
    ['고등어', null],
    ['밥', 'menu'],
    ['cta', null],
    ['멍청히', null],
    ['a'.repeat(21), null],
  ])('%s is taken for %s', (word, concept) => {
    expect(word === '밥' ? 'menu' : (nearest(lexicon, word)?.[0]?.concept ?? null)).toBe(concept);
  });

  test('is taken apart into the letters it is typed with', () => {
    expect(lettersOf('고양이')).toBe('ㄱㅗㅇㅑㅇㅇㅣ');
    expect(lettersOf('값abc힣가')).toBe('ㄱㅏㅄabcㅎㅣㅎㄱㅏ');
  });

  test.each([
    ['qkq', '밥'],
    ['rmqtlr', '급식'],
    ['qk', null],
    ['ㅡ두ㅕ', 'menu'],
    ['가', null],
    ['메뉴', 'apsb'],
    ['q1q', null],
    ['q'.repeat(25), null],
  ])('%s on the other keyboard reads %s', (word, other) => {
    expect(otherKeyboard(word)).toBe(other);
  });
});

/** Finds a name, or guesses at the whole text. */
const find = (text: string) =>
  text.startsWith('메뉴')
    ? [{ start: 0, end: 2, means: [{ concept: 'name', value: '0' }] }]
    : [{ start: 0, end: text.length, means: [{ concept: 'guess', value: text }] }];

const meansOf = (text: string) =>
  parse(text, lexicon, [find]).tokens.map((token) => token.means.map(({ concept }) => concept));

describe('a text is divided', () => {
  test.each([
    ['고양이', ['cat']],
    ['고양이는요', ['cat']],
    ['내일급식', ['day=1', 'menu']],
    ['내 일 급식', ['day=1', 'menu']],
    ['내  일', ['?내', '?일']],
    ['급식 좀 알려줘요', ['menu', 'show']],
    ['급식알려주세요', ['menu', 'show']],
    ['cat', ['cat']],
    ['cats', ['?cats']],
    ['concat', ['?concat']],
    ['cat메뉴', ['cat', 'menu']],
    ['lunch  menu', ['?lunch', 'menu']],
    ['lunch menu', ['menu']],
    ['와이파이', ['?와이파이']],
    ['그와', []],
    ['밥상머리', ['?밥상머리']],
    ['고앙이', ['~cat']],
    ['고앙이는', ['~cat']],
    ['고야이', ['~cat']],
    ['rhdiddl', ['~cat']],
    ['ㅁ데ㅔㄴ', ['?ㅁ데ㅔㄴ']],
    ['rhdiddl qkq', ['~cat', '~menu']],
    ['foo bar', ['?foo', '?bar']],
    ['', []],
    ['!?', []],
  ])('%j', (text, parts) => {
    expect(said(text)).toEqual(parts);
  });

  test('only so many words of a text are looked at more closely', () => {
    expect(said('고앙이 '.repeat(10))).toEqual([
      ...Array(8).fill('~cat'),
      ...Array(2).fill('?고앙이'),
    ]);
  });

  test('what a finder found is no word, unless it is one as well', () => {
    expect(meansOf('메뉴 좀')).toEqual([['name', 'menu']]);
    expect(meansOf('cat')).toEqual([['cat']]);
    expect(meansOf('dog')).toEqual([['guess']]);
  });
});

const intent = (id: string, ...phrasings: Recognizable['phrasings']): Recognizable => ({
  id,
  phrasings,
});

describe('of several intents', () => {
  const intents = [
    intent('cat', { says: ['cat'], with: 'show' }),
    intent('menu', { says: ['menu', 'menu day'], with: 'show', not: 'list' }),
    intent('list', { says: ['list'], takesAnything: true }),
    intent('more', { says: ['day'], isFollowUp: true }),
    intent('alone', { says: ['show'], isAlone: true }),
  ];
  const chosen = (text: string, after: string | null = null) =>
    choose(parse(text, lexicon, []), intents, after)?.intent.id ?? null;

  test.each([
    ['고양이', 'cat'],
    ['고양이 메뉴', null],
    ['내일 메뉴', 'menu'],
    ['내일 메뉴 보여줘', 'menu'],
    ['메뉴 목록', 'list'],
    ['목록 foo bar baz', 'list'],
    ['목록 a1 b2 c3 d4 e5 f6', 'list'],
    ['목록 a1 b2 c3 d4 e5 f6 g7 h8', null],
    ['고양이 foo', 'cat'],
    ['고양이 foo bar', null],
    ['내일', null],
    ['foo', null],
    ['보여줘', null],
    ['보여줘 foo', null],
  ])('%j is for %s', (text, id) => {
    expect(chosen(text)).toBe(id);
  });

  test('one that goes on from its last answer is utterance right after it only', () => {
    expect(chosen('내일', 'more')).toBe('more');
    expect(chosen('내일', 'cat')).toBeNull();
  });

  test('the closest one is named, whatever else is said', () => {
    expect(closest(parse('고양이 foo bar baz', lexicon, []), intents)?.id).toBe('cat');
    expect(closest(parse('foo bar', lexicon, []), intents)).toBeNull();
  });

  test('a word that is only nearly written like one counts for less', () => {
    const score = (text: string) => choose(parse(text, lexicon, []), intents)?.score;
    expect(score('고양이')).toBe(3);
    expect(score('고앙이')).toBe(2.25);
    expect(score('고양이 보여줘')).toBe(3.25);
    expect(score('내일 메뉴')).toBe(5);
    const utterance: Utterance = parse('목록', lexicon, []);
    expect(choose(utterance, intents)?.score).toBe(2);
  });
});
