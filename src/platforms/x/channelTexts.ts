import { fitLines } from '../../bot/notice/fitLines.ts';
import type { Headline, Notice, Post, TitlesPost } from '../../bot/notice/notice.ts';
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
export function upcomingText({ titles, language, part }: TitlesPost): string {
  const names = titles.map(({ title, subtitle }) =>
    subtitle === null ? title : `${title} ${subtitle}`,
  );
  const [only] = titles;
  if (only && titles.length === 1 && part === null) {
    const rest = [words.comesOn[language](only.day), ...(only.link ? [only.link] : [])];
    return fitTexts(names, ([name]) => [`[${name}]`, ...rest].join('\n'));
  }
  const head = part ? [words.threadHead[language](part.number, part.of)] : [];
  return fitTexts(names, (cut) =>
    [...head, ...titles.map(({ day }, index) => `[${cut[index]}] ${day}`)].join('\n'),
  );
}

/**
 * The text of a post about one thing: its title, an empty line, what else there is to know, and its
 * page. What is from elsewhere is cut where it does not fit, and becomes no mention, tag or link.
 */
function headlineText({ label, title, lines, link }: Headline): string {
  return fitTexts([title, ...lines.map(({ text }) => text)], ([name, ...texts]) =>
    [
      `${label}${name}`,
      ...(lines.length === 0 ? [] : ['']),
      ...lines.map((line, index) => `${line.label}${texts[index]}`),
      ...(link === null ? [] : [link]),
    ].join('\n'),
  );
}

/** Any post as X shows it. */
export function postText(post: Post): string {
  return post.kind === 'upcoming' ? upcomingText(post) : headlineText(post);
}

/** Lets every text from elsewhere have the same share of what the rest of the post leaves. */
function fitTexts(texts: readonly string[], render: (texts: readonly string[]) => string): string {
  const plain = texts.map(plainLine);
  let share = POST_LIMIT;
  while (share > 0) {
    const most = share;
    const text = render(plain.map((one) => neutralize(cutToFit(one, most, weightedLength))));
    const excess = weightedLength(text) - POST_LIMIT;
    if (excess <= 0) return text;
    share -= Math.ceil(excess / texts.length);
  }
  throw new RangeError('a post of so much that cannot be cut does not fit');
}

/** Describes a poster to those who do not see it. */
export function upcomingAltText({ title }: { title: string }, language: Language): string {
  return words.poster[language](plainLine(title));
}

/** The posters of a post, each with what it shows. */
export function postersOf(
  post: Post,
): readonly { readonly key: string; readonly url: string; readonly alt: string }[] {
  if (post.kind === 'headline') return post.poster === null ? [] : [post.poster];
  return post.titles.flatMap((title) =>
    title.poster === null ? [] : [{ ...title.poster, alt: upcomingAltText(title, post.language) }],
  );
}

/**
 * Any notice as a direct message; X's v2 messages have no buttons, so suggestions and links are
 * lines. `timeZone` (IANA name) is for instants in it.
 */
export function directMessageText(notice: Notice, timeZone: string): string {
  return fitLines(plainText(notice, timeZone).split('\n'), DIRECT_MESSAGE_LIMIT);
}
