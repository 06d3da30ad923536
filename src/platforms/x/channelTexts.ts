import { fitLines } from '../../bot/notice/fitLines.ts';
import type { Notice, NoticeTitle, Post } from '../../bot/notice/notice.ts';
import { plainText } from '../../bot/notice/plainText.ts';
import { cutToFit } from '../../lib/graphemes.ts';
import { neutralize, plainLine } from '../../lib/links/neutralize.ts';
import type { Language } from '../../lib/time.ts';
import { weightedLength } from './api/weight.ts';

const POST_LIMIT = 280;
const DIRECT_MESSAGE_LIMIT = 10_000;

const words = {
  comesOn: {
    ko: (day: string) => `공개 예정일: ${day}`,
    en: (day: string) => `Coming on: ${day}`,
  },
  threadHead: {
    ko: (number: number, of: number) => `넷플릭스 공개 예정 (${number}/${of})`,
    en: (number: number, of: number) => `Coming to Netflix (${number}/${of})`,
  },
  poster: {
    ko: (title: string) => `넷플릭스 작품 '${title}'의 포스터`,
    en: (title: string) => `Poster of '${title}' on Netflix`,
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/**
 * The text of a post about titles to come. One title: `[title]`, newline, `공개 예정일: 2026-11-27`
 * (the seed's format); several: a line each under a head line. Always fits a post: titles are cut
 * at a grapheme, dates and links never. Nothing in a title becomes a mention, tag or link.
 */
export function upcomingText({ titles, language, part }: Post): string {
  const [only] = titles;
  if (only && titles.length === 1 && part === null) {
    const rest = [words.comesOn[language](only.day), ...(only.link ? [only.link] : [])];
    return fitTitles([only], (names) => [`[${names[0]}]`, ...rest].join('\n'));
  }
  const head = part ? [words.threadHead[language](part.number, part.of)] : [];
  return fitTitles(titles, (names) =>
    [...head, ...titles.map((title, index) => `[${names[index]}] ${title.day}`)].join('\n'),
  );
}

/** Lets every title have the same share of what the rest of the post leaves. */
function fitTitles(
  titles: readonly NoticeTitle[],
  render: (names: readonly string[]) => string,
): string {
  const names = titles.map((title) =>
    plainLine(title.subtitle === null ? title.title : `${title.title} ${title.subtitle}`),
  );
  let share = POST_LIMIT;
  while (share > 0) {
    const most = share;
    const text = render(names.map((name) => neutralize(cutToFit(name, most, weightedLength))));
    const excess = weightedLength(text) - POST_LIMIT;
    if (excess <= 0) return text;
    share -= Math.ceil(excess / titles.length);
  }
  throw new RangeError('a post of this many titles cannot fit');
}

/** Describes a poster to those who do not see it. */
export function upcomingAltText(title: NoticeTitle, language: Language): string {
  return words.poster[language](plainLine(title.title));
}

/**
 * Any notice as a direct message; X's v2 messages have no buttons, so suggestions and links are
 * lines. `timeZone` (IANA name) is for instants in it.
 */
export function directMessageText(notice: Notice, timeZone: string): string {
  return fitLines(plainText(notice, timeZone).split('\n'), DIRECT_MESSAGE_LIMIT);
}
