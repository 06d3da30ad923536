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
export const KOREAN: Readonly<Record<string, number>> = {
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
/** Hours as they are counted in Korean; of two that begin alike the longer one first. */
export const KOREAN_HOURS: Readonly<Record<string, number>> = { 열두: 12, 열한: 11, ...KOREAN };
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
export const ENGLISH: Readonly<Record<string, number>> = {
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
export const ORDERED: Readonly<Record<string, number>> = {
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

const MIDNIGHT: Readonly<Record<string, number>> = { 자정: 0, midnight: 0 };

/** Parts of a day, to stand before an hour. */
export const PARTS_OF_DAY = '오전|오후|아침|점심|낮|저녁|밤|새벽';
/** From which hour on a part of the day is after noon. */
const LATE_FROM: Readonly<Record<string, number>> = {
  pm: 1,
  오후: 1,
  점심: 1,
  낮: 1,
  noon: 1,
  저녁: 1,
  evening: 1,
  // `밤 2시` is early, `밤 11시` late.
  밤: 6,
  night: 6,
};
const EARLY = new Set(['am', '오전', '새벽', '아침', 'morning', '밤', 'night']);

/** An hour of a part of the day, of 24: `밤 11시` is 23, `밤 12시` 0, `오후 1시` 13. */
export function hourOfDay(hour: number, part: string | undefined): number {
  if (hour === 12) return EARLY.has(part ?? '') ? 0 : 12;
  const lateFrom = LATE_FROM[part ?? ''];
  return lateFrom !== undefined && hour >= lateFrom && hour < 12 ? hour + 12 : hour;
}

export const either = (words: Readonly<Record<string, number>>) => Object.keys(words).join('|');

/** The one at the end of a list. */
export const LAST = -1;

/** What is at a place of a list as it is said: `1`, or {@link LAST}. */
export function atPlace<Of>(list: readonly Of[], place: number): Of | undefined {
  return place < 0 ? list.at(place) : list[place - 1];
}

/** Each form of a number, the more telling ones first; a group that took part tells which, if it is not given. */
const FORMS: readonly (readonly [RegExp, readonly string[], number?])[] = [
  [
    new RegExp(
      `(?:(?<half>${PARTS_OF_DAY}) ?)?(?<!\\d)(?<n>\\d{1,2}) ?시(?!간)(?: ?(?:반|[1-5]?\\d ?분))?(?: ?(?:에|쯤))?`,
      'gu',
    ),
    ['hour'],
  ],
  [
    new RegExp(
      `(?<![가-힣])(?:(?<half>${PARTS_OF_DAY}) ?)?(?<w>${either(KOREAN_HOURS)}) ?시(?!간)(?: ?(?:반|[1-5]?\\d ?분))?(?: ?(?:에|쯤))?`,
      'gu',
    ),
    ['hour'],
  ],
  [/(?<![가-힣a-z])(?<w>자정|midnight)(?![a-z])/gu, ['hour']],
  [
    /(?<![a-z0-9:])(?:at )?(?<n>\d{1,2})(?::[0-5]\d)? ?(?<half>am|pm|o clock)(?![a-z0-9])/gu,
    ['hour'],
  ],
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
    /(?:(?:마지막|맨 ?뒤|맨 ?끝|맨 ?아래|뒤에|아래)(?:의)? ?(?:꺼|거|것|번|저장소|레포)|(?<![a-z])(?:last|latter|bottom) one(?![a-z]))/gu,
    ['number', 'ordinal'],
    LAST,
  ],
  [
    /(?:(?:맨 ?앞|맨 ?위|앞에|위에)(?:의)? ?(?:꺼|거|것|번|저장소|레포)|(?<![a-z])(?:former|top) one(?![a-z]))/gu,
    ['number', 'ordinal'],
    1,
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
  for (const [form, concepts, given] of FORMS) {
    for (const match of plain.matchAll(form)) {
      const { n, w = '이', half } = match.groups ?? {};
      const word = MIDNIGHT[w] ?? KOREAN_HOURS[w] ?? ENGLISH[w] ?? ORDERED[w] ?? SINO[w];
      const value = given ?? (n === undefined ? word : Number(n));
      if (value === undefined) continue;
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((one) => start < one.end && one.start < end)) continue;
      const isHour = concepts[0] === 'hour';
      const told = isHour ? hourOfDay(value, half) : value;
      found.push({
        start,
        end,
        means: concepts.map((concept) => ({ concept, value: String(told) })),
      });
    }
  }
  return found;
};
