import type { Meaning } from './utterance.ts';

/** Something in a text that no list of words can hold: a number, a date, an address, a name. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly means: readonly Meaning[];
}

/** Finds such things; `text` as it was written, `plain` character for character as it is compared. */
export type Finder = (text: string, plain: string) => readonly Found[];

const COUNTERS = '개|가지|마리|편|건|토막|번만|번|명|회';
const ORDINALS = '번째|째번|번 ?저장소|번 ?레포|번';
const KOREAN: Readonly<Record<string, number>> = {
  하나: 1,
  한: 1,
  첫: 1,
  둘: 2,
  두: 2,
  셋: 3,
  세: 3,
  석: 3,
  넷: 4,
  네: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
  열: 10,
};
const HOURS: Readonly<Record<string, number>> = { 열두: 12, 열한: 11, ...KOREAN };
const SINO: Readonly<Record<string, number>> = {
  일: 1,
  이: 2,
  삼: 3,
  사: 4,
  오: 5,
  육: 6,
  칠: 7,
  팔: 8,
  구: 9,
  십: 10,
};
const ENGLISH: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};
const ORDERED: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  '1st': 1,
  '2nd': 2,
  '3rd': 3,
  '4th': 4,
};

const HALVES = '오전|오후|아침|저녁|밤|새벽';
const LATE = new Set(['pm', '오후', '저녁', '밤']);

const either = (words: Readonly<Record<string, number>>) => Object.keys(words).join('|');

/** Each form of a number, the more telling ones first; a group that took part tells which. */
const FORMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    new RegExp(`(?:(?<half>${HALVES}) ?)?(?<!\\d)(?<n>\\d{1,2}) ?시(?!간)(?: ?(?:에|쯤))?`, 'gu'),
    ['hour'],
  ],
  [
    new RegExp(
      `(?<![가-힣])(?:(?<half>${HALVES}) ?)?(?<w>${either(HOURS)}) ?시(?!간)(?: ?(?:에|쯤))?`,
      'gu',
    ),
    ['hour'],
  ],
  [/(?<![a-z0-9])(?:at )?(?<n>\d{1,2}) ?(?<half>am|pm|o clock)(?![a-z0-9])/gu, ['hour']],
  [/(?<![a-z0-9])at (?<n>\d{1,2})(?::00)?(?![a-z0-9:])/gu, ['hour', 'number']],
  [new RegExp(`(?<![\\d./-])(?<n>\\d{1,3}) ?(?:${ORDINALS})`, 'gu'), ['number', 'ordinal']],
  [
    /(?<![a-z0-9])(?:number|no|nr|#|watch number) ?(?<n>\d{1,3})(?![a-z0-9])/gu,
    ['number', 'ordinal'],
  ],
  [
    new RegExp(`(?<![a-z0-9])(?:number )(?<w>${either(ENGLISH)})(?![a-z])`, 'gu'),
    ['number', 'ordinal'],
  ],
  [
    new RegExp(`(?<![가-힣a-z])(?:제? ?)(?<w>${either(KOREAN)}) ?(?:번 ?째|째)`, 'gu'),
    ['number', 'ordinal'],
  ],
  [
    // 이번 is rather ‘this time’.
    /(?<![가-힣a-z])(?:(?<w>일|삼|사|오|육|칠|팔|구|십) ?번(?=$| |[은는이을를도의])|이번(?! ?[가-힣]))/gu,
    ['number', 'ordinal'],
  ],
  [
    new RegExp(`(?<![a-z0-9])(?<w>${either(ORDERED)})(?: one)?(?![a-z0-9])`, 'gu'),
    ['number', 'ordinal'],
  ],
  [new RegExp(`(?<![\\d./-])(?<n>\\d{1,3}) ?(?:${COUNTERS})`, 'gu'), ['count', 'number']],
  [/(?<![a-z0-9])x ?(?<n>\d{1,2})(?![a-z0-9])/gu, ['count', 'number']],
  [/(?<![a-z0-9])(?<n>\d{1,2}) ?x(?![a-z0-9])/gu, ['count', 'number']],
  // `하루 한 번` counts no facts.
  [
    new RegExp(`(?<!하루에? ?|일에? ?)(?<w>${either(KOREAN)}) ?(?:${COUNTERS})(?!째)`, 'gu'),
    ['count'],
  ],
  [/(?<![가-힣])(?<w>하나|둘|셋|넷|다섯|여섯)(?![가-힣]{2})/gu, ['count']],
  [new RegExp(`(?<![a-z0-9])(?<w>${either(ENGLISH)})(?![a-z0-9])`, 'gu'), ['count']],
  [/(?<![a-z0-9./:#@-])(?<n>\d{1,3})(?![a-z0-9./:-])/gu, ['number', 'count']],
];

/** Numbers: in digits and in words, counted (`세 개`), ordered (`2번`, `the second one`), as an hour. */
export const findNumbers: Finder = (_text, plain) => {
  const found: Found[] = [];
  for (const [form, concepts] of FORMS) {
    for (const match of plain.matchAll(form)) {
      const { n, w = '이', half } = match.groups ?? {};
      const value = n === undefined ? (HOURS[w] ?? ENGLISH[w] ?? ORDERED[w] ?? SINO[w]) : Number(n);
      if (value === undefined) continue;
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((one) => start < one.end && one.start < end)) continue;
      const isHour = concepts[0] === 'hour';
      const told = isHour && LATE.has(half ?? '') && value < 12 ? value + 12 : value;
      found.push({
        start,
        end,
        means: concepts.map((concept) => ({ concept, value: String(told) })),
      });
    }
  }
  return found;
};

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = `(?<name>${MONTHS.join('|')})[a-z]{0,6}`;

const DATES: readonly RegExp[] = [
  /(?<![\d])(?<y>20\d\d)[-./년] ?(?<m>\d{1,2})[-./월] ?(?<d>\d{1,2})(?:일)?(?!\d)/gu,
  /(?<![\d])(?<m>\d{1,2}) ?월 ?(?<d>\d{1,2}) ?일/gu,
  /(?<![\w/.])(?<m>1[0-2]|0?[1-9])\/(?<d>3[01]|[12]\d|0?[1-9])(?![\w/])/gu,
  new RegExp(`(?<![a-z])${MONTH} ?(?:the )?(?<d>\\d{1,2})(?:st|nd|rd|th)?(?![\\w/])`, 'gu'),
  new RegExp(`(?<![\\w/])(?:the )?(?<d>\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}(?![a-z])`, 'gu'),
  /(?<![a-z])on the (?<d>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)(?![\w/])/gu,
  /(?<![\d월./])(?<d>3[01]|[12]\d|[1-9]) ?일(?! ?(?:[가-힣]*(?:마다|동안|간|전|후|뒤)|[가-힣]?시간))/gu,
];

const DAYS: Readonly<Record<string, number>> = {
  하루: 1,
  이틀: 2,
  사흘: 3,
  나흘: 4,
  닷새: 5,
  엿새: 6,
  열흘: 10,
};
const WEEKS: Readonly<Record<string, number>> = { 일: 1, 한: 1, 두: 2, 세: 3, 이: 2, 삼: 3 };
/** `2주 뒤`, `일주일 후`, `in a week`, `two weeks from now`. */
const IN_WEEKS: readonly RegExp[] = [
  new RegExp(
    `(?:(?<n>\\d{1,2})|(?<w>${either(WEEKS)})) ?주(?:일)? ?(?:뒤|후|있다가|(?<ago>전))`,
    'gu',
  ),
  new RegExp(`(?<![a-z])in (?:(?<n>\\d{1,2})|(?<w>a|${either(ENGLISH)})) weeks?(?![a-z])`, 'gu'),
  new RegExp(
    `(?<![a-z0-9])(?:(?<n>\\d{1,2})|(?<w>a|${either(ENGLISH)})) weeks? (?:from now|later|(?<ago>ago))`,
    'gu',
  ),
];
const IN_DAYS: readonly RegExp[] = [
  new RegExp(`(?:(?<n>\\d{1,2}) ?일|(?<w>${either(DAYS)})) ?(?:뒤|후|있다가|(?<ago>전))`, 'gu'),
  new RegExp(`(?<![a-z])in (?:(?<n>\\d{1,2})|(?<w>${either(ENGLISH)})) days(?![a-z])`, 'gu'),
  new RegExp(
    `(?<![a-z0-9])(?:(?<n>\\d{1,2})|(?<w>${either(ENGLISH)})) days (?:from now|later|(?<ago>ago))`,
    'gu',
  ),
];

/** `3일 뒤`, `이틀 전`, `in two weeks`: the value is how many days ahead. */
const findDaysAhead: Finder = (_text, plain) =>
  [IN_DAYS, IN_WEEKS].flatMap((forms, unit) =>
    forms.flatMap((form) =>
      [...plain.matchAll(form)].map(({ index: start, 0: whole, groups = {} }) => {
        const { n, w = '' } = groups;
        const words = unit === 0 ? DAYS : WEEKS;
        const count = n === undefined ? (words[w] ?? ENGLISH[w] ?? 1) : Number(n);
        const days = count * (unit === 0 ? 1 : 7) * (groups['ago'] === undefined ? 1 : -1);
        const end = start + whole.length;
        return { start, end, means: [{ concept: 'day', value: String(days) }] };
      }),
    ),
  );

/** Dates: `12월 3일`, `12/3`, `December 3`, `3일`; the value is `MM-DD`, with the year when it is said. Days from today too. */
export const findDates: Finder = (text, plain) => {
  // A slash between two digits is a mark of a date, not of an address.
  // Most texts name no date: what they cannot hold is not looked for.
  const found: Found[] = /[뒤후전가]|days|week/.test(plain) ? [...findDaysAhead(text, plain)] : [];
  if (!/\d/.test(plain)) return found;
  for (const form of DATES) {
    for (const match of plain.matchAll(form)) {
      const { y, m, d = '', name } = match.groups ?? {};
      const month = name === undefined ? m : String(MONTHS.indexOf(name) + 1);
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((one) => start < one.end && one.start < end)) continue;
      if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) continue;
      const value = [y, month?.padStart(2, '0'), d.padStart(2, '0')]
        .filter((part) => part)
        .join('-');
      found.push({
        start,
        end: Math.min(end, text.length),
        means: [{ concept: 'day', value: `date:${value}` }],
      });
    }
  }
  return found;
};
