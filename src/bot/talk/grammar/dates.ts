import { ENGLISH, either, type Finder, type Found, KOREAN, ORDERED } from './find.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = `(?<name>${MONTHS.join('|')})[a-z]{0,6}`;

const DATES: readonly RegExp[] = [
  /(?<![\d])(?<y>20\d\d)[-./년] ?(?<m>\d{1,2})[-./월] ?(?<d>\d{1,2})(?:일)?(?!\d)/gu,
  /(?<![\d])(?<m>\d{1,2}) ?월 ?(?<d>\d{1,2}) ?일/gu,
  /(?<![\w/.])(?<m>1[0-2]|0?[1-9])[./] ?(?<d>3[01]|[12]\d|0?[1-9])(?![\w/.])/gu,
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

const NTH: Readonly<Record<string, number>> = { ...KOREAN, ...ORDERED, 마지막: -1, last: -1 };
const NTH_WEEK: readonly RegExp[] = [
  new RegExp(
    `(?:(?<month>\\d{1,2}) ?월|(?<rel>이번 ?달|이달|다음 ?달|담달))(?:의)? ?(?:(?<n>[1-5])|(?<w>${either(KOREAN)}|마지막)) ?(?:번? ?째)? ?주(?:차)?`,
    'gu',
  ),
  new RegExp(
    `(?<![a-z])(?:the )?(?<w>${either(ORDERED)}|last) week (?:of|in) (?:${MONTH}|(?<rel>this month|next month))(?![a-z])`,
    'gu',
  ),
];

/** `12월 첫째 주`, `the last week of next month`; the value as `weeksAhead` reads it. */
const findWeeks: Finder = (_text, plain) =>
  NTH_WEEK.flatMap((form) =>
    [...plain.matchAll(form)].map(({ index: start, 0: whole, groups = {} }) => {
      const { month, rel, n, w = '', name = '' } = groups;
      const of = month ?? String(MONTHS.indexOf(name) + 1);
      const value = `${rel === undefined ? of : /다음|담|next/.test(rel) ? '+1' : '+0'}:${n ?? NTH[w]}`;
      return { start, end: start + whole.length, means: [{ concept: 'week', value }] };
    }),
  );

/** Dates: `12월 3일`, `12/3`, `December 3`, `3일`; the value is `MM-DD`, with the year when it is said. Days from today too. */
export const findDates: Finder = (text, plain) => {
  // A slash between two digits is a mark of a date, not of an address.
  // Most texts name no date: what they cannot hold is not looked for.
  const found: Found[] = /[뒤후전가]|days|week/.test(plain) ? [...findDaysAhead(text, plain)] : [];
  if (/월|달|month|week/.test(plain)) found.push(...findWeeks(text, plain));
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
