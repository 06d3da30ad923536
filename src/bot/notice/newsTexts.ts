import { cutToFit } from '../../lib/graphemes.ts';
import { plainLine } from '../../lib/links/neutralize.ts';
import { unreachable } from '../../lib/result.ts';
import { type Language, minuteOf } from '../../lib/time.ts';
import { newsAdvice, newsLabels, newsWords as words } from './newsWords.ts';
import type { Bulletin, Notice, NoticeCommit, RepositoryNotice } from './notice.ts';
import { unlinked } from './unlinked.ts';

export type NewsNotice = Exclude<Notice, { kind: 'text' }>;
type CommitsNotice = Extract<RepositoryNotice, { kind: 'commits' }>;
type DigestNotice = Extract<Notice, { kind: 'digest' }>;

/** How a channel writes what is not the bot's own words. */
export interface NewsStyle {
  /** A text from elsewhere, one line and cut already: escapes it, keeps it from linking. */
  readonly quote: (text: string) => string;
  /** The line, or lines, of a text (quoted already) that has a page of its own. */
  readonly linked: (text: string, url: string) => readonly string[];
}

/** A piece of news: what happened, more about it line by line, and where to read on. */
export interface NewsText {
  readonly head: string;
  /** A blank line stands between what does not belong together. */
  readonly lines: readonly string[];
  readonly link: { readonly label: string; readonly url: string } | null;
}

/** Most UTF-16 units of a text from elsewhere. */
const LIMITS = { name: 60, place: 200, title: 200 } as const;

/** Texts as they are, and no page but that of the whole: for channels of few characters. */
const brief: NewsStyle = { quote: (text) => text, linked: (text) => [text] };
const spelledOut: NewsStyle = { quote: unlinked, linked: (text, url) => [text, url] };

/**
 * The words of a piece of news, in the notice's language. Instants are written as the seed did,
 * `2026-11-22 13:05`. Every text from elsewhere becomes one line without control characters, cut
 * at a grapheme, before `style.quote` sees it.
 *
 * @param timeZone IANA name
 * @param style what differs from texts as they are, with no page but that of the whole
 */
export function newsText(
  notice: NewsNotice,
  timeZone: string,
  style: Partial<NewsStyle> = {},
): NewsText {
  const writer: Writer = { timeZone, style: { ...brief, ...style } };
  switch (notice.kind) {
    case 'menu':
      return {
        head: words.mealHead[notice.language](notice.day, notice.meal),
        lines: notice.dishes.map((dish) => quote(writer, dish, LIMITS.title)),
        link: notice.link === null ? null : linkTo(notice.language, 'wholeMenu', notice.link),
      };
    case 'bulletin':
      return bulletinText(writer, notice);
    case 'digest':
      return digestText(writer, notice);
    case 'commits':
    case 'release':
    case 'repository': {
      const { title, blocks, link } = storyOf(writer, notice);
      return {
        head: `${nameOf(writer, notice)} ${title}`,
        lines: [placeOf(writer, notice), ...blocks.flatMap((block) => ['', ...block])],
        link,
      };
    }
    default:
      return unreachable(notice);
  }
}

/**
 * A piece of news as plain text: every page address is on a line of its own, and nothing else in it
 * becomes a link or a mention on any channel.
 */
export function plainNews(notice: NewsNotice, timeZone: string): string {
  const { head, lines, link } = newsText(notice, timeZone, spelledOut);
  const page = link === null || lines.includes(link.url) ? [] : ['', `${link.label}:`, link.url];
  return [head, ...lines, ...page].join('\n');
}

interface Writer {
  readonly timeZone: string;
  readonly style: NewsStyle;
}

/** One event of a repository; a block is a group of lines that belong together. */
interface Story {
  readonly title: string;
  readonly blocks: readonly (readonly string[])[];
  readonly link: NewsText['link'];
}

function storyOf(writer: Writer, notice: RepositoryNotice): Story {
  const { language } = notice;
  switch (notice.kind) {
    case 'commits':
      return commitsStory(writer, notice);
    case 'release': {
      const isNamed = notice.title !== '' && notice.title !== notice.tag;
      const name = isNamed ? [quote(writer, notice.title, LIMITS.title)] : [];
      return {
        title: words[notice.isPrerelease ? 'prerelease' : notice.what][language](
          quote(writer, notice.tag, LIMITS.place),
        ),
        blocks: [[...name, minuteOf(notice.at, writer.timeZone)]],
        link: linkTo(language, notice.what === 'tag' ? 'seeTag' : 'seeRelease', notice.url),
      };
    }
    case 'repository': {
      const { what, was } = notice;
      const former = was === null ? [] : [words.former[language](quote(writer, was, LIMITS.place))];
      return {
        title: words[what][language](),
        blocks: [[...former, newsAdvice[what][language]]],
        link: what === 'gone' ? null : linkTo(language, 'seeRepository', notice.url),
      };
    }
    default:
      return unreachable(notice);
  }
}

function commitsStory(writer: Writer, notice: CommitsNotice): Story {
  const { language, change, commits, total, compareUrl } = notice;
  const count = words.newCommits[language](total);
  const only = total === 1 ? commits[0] : undefined;
  const left = total - commits.length;
  return {
    title: {
      pushed: count,
      rewritten: words.rewritten[language](),
      'rolled-back': words.rolledBack[language](),
    }[change],
    blocks: [
      ...(change === 'rewritten' && total > 0 ? [[count]] : []),
      ...commits.map((commit) => commitLines(writer, commit, language)),
      ...(left > 0 ? [[words.more[language](left)]] : []),
    ],
    link: only
      ? linkTo(language, 'seeCommit', only.url)
      : linkTo(language, 'seeChanges', compareUrl),
  };
}

function commitLines(
  writer: Writer,
  { at, author, message, url }: NoticeCommit,
  language: Language,
): string[] {
  const said = quote(writer, message, LIMITS.title) || words.noMessage[language]();
  const who = quote(writer, author, LIMITS.name);
  return [`${minuteOf(at, writer.timeZone)} ${who}`.trimEnd(), ...writer.style.linked(said, url)];
}

function bulletinText(writer: Writer, { head, entries, link }: Bulletin): NewsText {
  return {
    head,
    lines: entries.flatMap(({ title, lines, url }) => {
      const name = quote(writer, title, LIMITS.title);
      return [
        '',
        ...(url === null ? [name] : writer.style.linked(name, url)),
        ...lines.map((line) => quote(writer, line, LIMITS.place)),
      ];
    }),
    link,
  };
}

/** Grouped by watch, each watch where its oldest news is. */
function digestText(writer: Writer, { language, entries }: DigestNotice): NewsText {
  const watches = Map.groupBy(entries, ({ nickname, repository, branch }) =>
    JSON.stringify([nickname, repository, branch]),
  );
  return {
    head: words.digest[language](entries.length),
    lines: [...watches.values()].flatMap((stories) => [
      '',
      ...stories.slice(0, 1).map((first) => `${nameOf(writer, first)} ${placeOf(writer, first)}`),
      ...stories.flatMap((story) => entryLines(writer, story)),
    ]),
    link: null,
  };
}

function entryLines(writer: Writer, notice: RepositoryNotice): string[] {
  const { title, blocks, link } = storyOf(writer, notice);
  const lines = blocks.flat();
  // Commits have pages of their own; only what is left out of them needs the page of the whole.
  const needsPage = notice.kind !== 'commits' || notice.total > notice.commits.length;
  const head = link !== null && needsPage ? writer.style.linked(title, link.url) : [title];
  return [...head, ...lines];
}

function nameOf(writer: Writer, { nickname }: RepositoryNotice): string {
  return `[${quote(writer, nickname, LIMITS.name)}]`;
}

function placeOf(writer: Writer, { repository, branch }: RepositoryNotice): string {
  const { place } = LIMITS;
  return `${quote(writer, repository, place)} · ${quote(writer, branch, place)}`;
}

function linkTo(language: Language, label: keyof typeof newsLabels, url: string): NewsText['link'] {
  return { label: newsLabels[label][language], url };
}

function quote(writer: Writer, text: string, limit: number): string {
  // What is far beyond the limit need not be looked at: NFC never makes a quarter of a text.
  const line = plainLine(text.slice(0, 8 * limit)).toWellFormed();
  return writer.style.quote(cutToFit(line, limit, (value) => value.length));
}
