import { plainLine, unlinked } from '../../lib/links/neutralize.ts';
import { unreachable } from '../../lib/result.ts';
import { cutToFit } from '../../lib/text.ts';
import { type Language, minuteOf } from '../../lib/time.ts';
import { joined, summary } from './digestEntries.ts';
import { newsAdvice, newsLabels, newsWords as words } from './newsWords.ts';
import type { Bulletin, Digest, Notice, NoticeCommit, RepositoryNotice } from './notice.ts';

export type NewsNotice = Exclude<Notice, { kind: 'text' }>;
type CommitsNotice = Extract<RepositoryNotice, { kind: 'commits' }>;
type ReleaseNotice = Extract<RepositoryNotice, { kind: 'release' }>;

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

/** So many pieces of news are told whole in one message; of more, each is named. */
export const MOST_WHOLE = 20;

/** Most UTF-16 units of a text from elsewhere. */
const LIMITS = { name: 60, place: 200, title: 200, note: 120 } as const;

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
    case 'repository':
      return eventText(writer, notice);
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
interface Entry {
  readonly title: string;
  readonly blocks: readonly (readonly string[])[];
  readonly link: NewsText['link'];
}

/** What happened, in a few words. */
function titleOf(writer: Writer, notice: RepositoryNotice): string {
  const { language } = notice;
  switch (notice.kind) {
    case 'commits':
      return {
        pushed: words.newCommits[language](notice.total),
        rewritten: words.rewritten[language](),
        'rolled-back': words.rolledBack[language](),
        created: words.created[language](),
      }[notice.change];
    case 'release': {
      const { what, isPrerelease, isPromoted, tag } = notice;
      const kind = isPromoted ? 'promoted' : isPrerelease ? 'prerelease' : what;
      return words[kind][language](quote(writer, tag, LIMITS.place));
    }
    case 'repository':
      return words[notice.what][language]();
    default:
      return unreachable(notice);
  }
}

function entryOf(writer: Writer, notice: RepositoryNotice): Entry {
  const { language } = notice;
  switch (notice.kind) {
    case 'commits':
      return commitsEntry(writer, notice);
    case 'release':
      return releaseEntry(writer, notice);
    case 'repository': {
      const { what, was, to } = notice;
      const [former, now] = [was, to].map((name) => quote(writer, name ?? '', LIMITS.place));
      const names =
        to !== null
          ? [words.fromTo[language](former ?? '', now ?? '')]
          : was !== null
            ? [words.former[language](former ?? '')]
            : [];
      const repository = quote(writer, notice.repository, LIMITS.place);
      return {
        title: titleOf(writer, notice),
        blocks: [[...names, newsAdvice[what][language](now ?? '', repository)]],
        link: what === 'gone' ? null : linkTo(language, 'seeRepository', notice.url),
      };
    }
    default:
      return unreachable(notice);
  }
}

function releaseEntry(writer: Writer, notice: ReleaseNotice): Entry {
  const { language, what, tag, title, notes, at, url } = notice;
  const isNamed = title !== '' && title !== tag;
  const lines = notes.split('\n').filter((line) => line !== '');
  const label = lines.length > 0 ? 'readOn' : what === 'tag' ? 'seeTag' : 'seeRelease';
  return {
    title: titleOf(writer, notice),
    blocks: [
      [...(isNamed ? [quote(writer, title, LIMITS.title)] : []), minuteOf(at, writer.timeZone)],
      ...(lines.length > 0 ? [lines.map((line) => quote(writer, line, LIMITS.note))] : []),
    ],
    link: linkTo(language, label, url),
  };
}

function commitsEntry(writer: Writer, notice: CommitsNotice): Entry {
  const { language, change, commits, total, compareUrl } = notice;
  const count = words.newCommits[language](total);
  const only = total === 1 && change !== 'created' ? commits[0] : undefined;
  const left = total - commits.length;
  return {
    title: titleOf(writer, notice),
    blocks: [
      ...((change === 'rewritten' || change === 'created') && total > 0 ? [[count]] : []),
      ...commits.map((commit) => commitLines(writer, commit, language)),
      ...(left > 0 ? [[words.more[language](left)]] : []),
    ],
    link: only
      ? linkTo(language, 'seeCommit', only.url)
      : linkTo(language, change === 'created' ? 'seeBranch' : 'seeChanges', compareUrl),
  };
}

function commitLines(
  writer: Writer,
  { at, author, message, body, url }: NoticeCommit,
  language: Language,
): string[] {
  const said = quote(writer, message, LIMITS.title) || words.noMessage[language]();
  const who = quote(writer, author, LIMITS.name);
  const more = body
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '')
    .map((line) => quote(writer, line, LIMITS.title));
  return [
    `${minuteOf(at, writer.timeZone)} ${who}`.trimEnd(),
    ...writer.style.linked(said, url),
    ...more,
  ];
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

/**
 * Grouped by watch, each watch where its oldest news is. News of one watch alone has its name in the
 * head; a single piece of it is as if it had come by itself. Pushes in a row are one. Of much news the
 * first is told whole, and of what follows each piece has a line with its title.
 */
function digestText(writer: Writer, notice: Digest): NewsText {
  const { language, entries, whole = MOST_WHOLE } = notice;
  const byWatch = Map.groupBy(entries, ({ nickname, repository, branch }) =>
    JSON.stringify([nickname, repository, branch]),
  );
  const watches = [...byWatch.values()].map(joined);
  const [notices = []] = watches;
  const [first, ...rest] = notices;
  if (watches.length === 1 && first) {
    if (rest.length === 0) return eventText(writer, first, whole > 0);
    return {
      head: `${nameOf(writer, first)} ${summary(notices, language)}`,
      lines: [
        placeOf(writer, first),
        ...notices.slice(0, whole).flatMap((one) => ['', ...entryLines(writer, one)]),
        ...titleLines(writer, notices.slice(whole)).flatMap((line, at) => (at ? line : ['', line])),
      ],
      link: null,
    };
  }
  const wholly = new Set(watches.flat().slice(0, whole));
  return {
    head: words.digest[language](watches.flat().length),
    lines: watches.flatMap((own) => [
      '',
      ...own.slice(0, 1).map((one) => `${nameOf(writer, one)} ${placeOf(writer, one)}`),
      ...own.flatMap((one) => (wholly.has(one) ? entryLines(writer, one) : [])),
      ...titleLines(
        writer,
        own.filter((one) => !wholly.has(one)),
      ),
    ]),
    link: null,
  };
}

/** A line for each piece of news, one for those of the same title. */
function titleLines(writer: Writer, notices: readonly RepositoryNotice[]): string[] {
  const titles = Map.groupBy(notices, (notice) => titleOf(writer, notice));
  return [...titles].map(([title, { length }]) => (length === 1 ? title : `${title} ×${length}`));
}

/** @param isWhole false: no more than where to read it */
function eventText(writer: Writer, notice: RepositoryNotice, isWhole = true): NewsText {
  const { title, blocks, link } = entryOf(writer, notice);
  const shown = isWhole ? blocks : [];
  return {
    head: `${nameOf(writer, notice)} ${title}`,
    lines: [placeOf(writer, notice), ...shown.flatMap((block) => ['', ...block])],
    link,
  };
}

function entryLines(writer: Writer, notice: RepositoryNotice): string[] {
  const { title, blocks, link } = entryOf(writer, notice);
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
