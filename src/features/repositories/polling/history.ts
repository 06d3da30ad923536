import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { newsWords as words } from '../../../bot/notice/newsWords.ts';
import { notice as noticeSchema, type RepositoryNotice } from '../../../bot/notice/notice.ts';
import { plainLine } from '../../../lib/links/neutralize.ts';
import { unreachable } from '../../../lib/result.ts';
import { addDays, DAY_MS, dayOf, type Language } from '../../../lib/time.ts';
import { activityOf, changesOf, type StoredChange } from '../store/history.ts';

/** Something that happened in a repository, in the words of a reader's language. */
export interface HistoryEntry {
  /** Never used for anything else. */
  readonly id: number;
  /** Epoch milliseconds at which the bot found it. */
  readonly at: number;
  readonly kind: RepositoryNotice['kind'];
  /** Where it happened; `null`: in the whole repository. */
  readonly branch: string | null;
  /** Such as `새 커밋 3개`. */
  readonly title: string;
  /** More about it: a release's name, a repository's former one. */
  readonly detail: string | null;
  /** The page at GitHub that shows it; `null` when there is none. */
  readonly url: string | null;
  /** The newest ones, newest first. */
  readonly commits: Extract<RepositoryNotice, { kind: 'commits' }>['commits'];
  /** What is said of commits that are not among them. */
  readonly more: string | null;
}

/** What happened on a day. */
export interface ActiveDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly commits: number;
  readonly releases: number;
}

/** A part of what happened in a repository. */
export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** The id before which the next part begins; `null` when this is the oldest. */
  readonly older: number | null;
}

/** So many commits are shown by name. */
const SHOWN = 5;

/** So long is what happened kept. */
export const HISTORY_DAYS = 90;

/**
 * What happened in a repository, newest first, as the bot told it, without whom.
 *
 * @param before id of a change: only what is older
 * @param most how many at once
 */
export async function readHistory(
  bot: Pick<Bot, 'db'>,
  repository: number,
  { before, most, language }: { before: number | null; most: number; language: Language },
): Promise<HistoryPage> {
  const rows = await changesOf(bot.db, repository, before, most + 1);
  const shown = rows.slice(0, most);
  return {
    entries: shown.flatMap((row) => entryOf(row, language) ?? []),
    older: rows.length > most ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** How much happened on each of the last `days` days, oldest first, today among them. */
export async function readActivity(
  { db, runtime, config }: Pick<Bot, 'db' | 'runtime' | 'config'>,
  repository: number,
  days: number,
): Promise<ActiveDay[]> {
  const today = dayOf(runtime.now(), config.timeZone);
  const quarters = await activityOf(db, repository, runtime.now() - days * DAY_MS);
  const byDay = Map.groupBy(quarters, ({ startsAt }) => dayOf(startsAt, config.timeZone));
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(today, index + 1 - days);
    const here = byDay.get(day) ?? [];
    return {
      day,
      commits: here.reduce((sum, { commits }) => sum + commits, 0),
      releases: here.reduce((sum, { releases }) => sum + releases, 0),
    };
  });
}

/** What every kept notice lacks: it is its reader's own. */
const nobodys = { nickname: '', branch: '' };
const kept = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/** `null` for what is not news of a repository (any more). */
function entryOf({ id, at, notice }: StoredChange, language: Language): HistoryEntry | null {
  const own = v.safeParse(kept, notice);
  if (!own.success) return null;
  const parsed = v.safeParse(noticeSchema, { ...nobodys, ...own.output, language });
  if (!parsed.success) return null;
  const news = parsed.output;
  switch (news.kind) {
    case 'commits': {
      const left = news.total - Math.min(SHOWN, news.commits.length);
      return {
        id,
        at,
        kind: news.kind,
        branch: plainLine(news.branch),
        title: commitsTitle(news, language),
        detail: null,
        url: news.compareUrl,
        commits: news.commits.slice(0, SHOWN).map((commit) => ({
          ...commit,
          message: plainLine(commit.message),
          author: plainLine(commit.author),
        })),
        more: left > 0 ? words.more[language](left) : null,
      };
    }
    case 'release': {
      const isNamed = news.title !== '' && news.title !== news.tag;
      return {
        ...nothingMore,
        id,
        at,
        kind: news.kind,
        title: words[news.isPromoted ? 'promoted' : news.isPrerelease ? 'prerelease' : news.what][
          language
        ](plainLine(news.tag)),
        detail: isNamed ? plainLine(news.title) : null,
        url: news.url,
      };
    }
    case 'repository':
      return {
        ...nothingMore,
        id,
        at,
        kind: news.kind,
        title: words[news.what][language](),
        detail:
          news.was === null
            ? null
            : news.to === null
              ? words.former[language](plainLine(news.was))
              : words.fromTo[language](plainLine(news.was), plainLine(news.to)),
        url: news.url,
      };
    case 'text':
    case 'menu':
    case 'bulletin':
    case 'digest':
      return null;
    default:
      return unreachable(news);
  }
}

const nothingMore = { branch: null, detail: null, commits: [], more: null } as const;

function commitsTitle(
  { change, total }: Extract<RepositoryNotice, { kind: 'commits' }>,
  language: Language,
): string {
  if (change === 'pushed') return words.newCommits[language](total);
  const word = { rewritten: 'rewritten', 'rolled-back': 'rolledBack', created: 'created' } as const;
  return words[word[change]][language]();
}
