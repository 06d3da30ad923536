import { toldToFollowers } from '../../bot/announce/alerts.ts';
import type { Bot } from '../../bot/context.ts';
import { type Counts, type JobEnd, type JobRun, mayRetry } from '../../bot/jobs/job.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { type Source, type SourceOutcome, visitSource } from '../../bot/source/source.ts';
import { titleKey } from '../../lib/text.ts';
import { addDays, dayOf, daysBetween } from '../../lib/time.ts';
import type { PageMemory } from '../../lib/web/polite.ts';
import { readSources, type SourceRecord } from '../../store/sources.ts';
import { netflixSource, tmdbSource } from './source/netflix.ts';
import {
  fullTitle,
  type Item,
  type ItemChange,
  type StoredItem,
  storedItems,
  withdrawItems,
  writeItems,
} from './store/items.ts';
import { type MovedTitle, movedNews } from './tell.ts';

/** What a collection counts. */
export type CollectedCount = 'found' | 'fresh' | 'changed' | 'moved' | 'withdrawn';

/** What a collection brought. */
export interface Collected {
  /** True when a source told, clearly, what is to come (nothing may be an answer). */
  readonly ok: boolean;
  readonly counts: Counts<CollectedCount>;
  /** Why the first source, or both, did not tell; `null` when all is well. */
  readonly reason: string | null;
  /** When the failure is a passing one: how long to wait before the next try. */
  readonly retryAfterMs: number | null;
}

/** How far back stored titles are compared with what a source lists. */
const LOOK_BACK_DAYS = 60;
const DEFAULT_RETRY_MS = 5 * 60_000;

/**
 * Takes what Netflix says is to come into the store; TMDB stands in when Netflix's page fails.
 * Announces nothing; followers hear of announced titles whose day has changed.
 *
 * @param now epoch milliseconds that decide what "to come" means
 */
export async function collectNetflix(bot: Bot, now: number): Promise<Collected> {
  const records = await readSources(bot.db);
  const primary = await visitAndStore(bot, netflixSource(bot), records, now);
  if (primary.told) {
    await lookAgain(bot, records);
    return { ok: true, counts: primary.counts, reason: null, retryAfterMs: null };
  }
  const reason = describe('netflix', primary.outcome);
  const tmdb = tmdbSource(bot);
  if (tmdb === null) {
    return { ok: false, counts: {}, reason, retryAfterMs: retryAfter(primary.outcome) };
  }
  const fallback = await visitAndStore(bot, tmdb, records, now);
  return fallback.told
    ? {
        ok: true,
        counts: fallback.counts,
        reason: `${reason}; used tmdb`,
        retryAfterMs: null,
      }
    : {
        ok: false,
        counts: {},
        reason: `${reason}; ${describe('tmdb', fallback.outcome)}`,
        retryAfterMs: retryAfter(primary.outcome) ?? retryAfter(fallback.outcome),
      };
}

/**
 * TMDB, when it failed as it was needed, until it is well: it would else count as failing until it is
 * needed again.
 */
async function lookAgain(bot: Bot, records: readonly SourceRecord[]): Promise<void> {
  const tmdb = tmdbSource(bot);
  const state = records.find(({ id }) => id === tmdb?.id)?.state;
  if (tmdb === null || state === undefined || state === 'items' || state === 'empty') return;
  const { record } = await visitSource(bot, tmdb, { records });
  await record().run();
}

interface Visited {
  readonly told: boolean;
  readonly outcome: SourceOutcome<Item>;
  readonly counts: Counts<CollectedCount>;
}

async function visitAndStore<Memory extends PageMemory>(
  bot: Bot,
  source: Source<Item, Memory>,
  records: readonly SourceRecord[],
  now: number,
): Promise<Visited> {
  const { db, runtime, config } = bot;
  const { outcome, record } = await visitSource(bot, source, { records });
  if (outcome.kind !== 'items') {
    await record().run();
    const told = outcome.kind === 'not-modified' || outcome.kind === 'empty';
    return { told, outcome, counts: {} };
  }

  const today = dayOf(now, config.timeZone);
  const ids = outcome.items.map((item) => item.sourceId);
  const stored = await storedItems(db, source.id, ids, addDays(today, -LOOK_BACK_DAYS));
  // Netflix's page lists everything up to its last row, unless it had to be read with a remark;
  // TMDB's search does not.
  const listsAll = source.id === 'netflix' && outcome.detail === undefined;
  const merged = mergeItems(stored, outcome.items, today, listsAll);
  const told = toldToFollowers(bot, movedNews(bot, now, movedIn(stored, merged.changes)));
  await db.batch([
    ...(merged.changes.length > 0 ? writeItems(db, merged.changes, runtime.now()) : []),
    ...(merged.withdrawn.length > 0 ? [withdrawItems(db, merged.withdrawn, runtime.now())] : []),
    record(),
    ...told,
  ]);
  if (told.length > 0) await wakeOutbox(bot);
  return {
    told: true,
    outcome,
    counts: {
      found: outcome.items.length,
      ...merged.counts,
      withdrawn: merged.withdrawn.length,
    },
  };
}

/** Which announced titles now come on another day. */
function movedIn(
  stored: readonly StoredItem[],
  changes: readonly ItemChange[],
): readonly MovedTitle[] {
  return changes.flatMap(({ id, startsOn }) => {
    const known = stored.find((item) => item.id === id);
    return known === undefined || known.announcedAt === null || known.startsOn === startsOn
      ? []
      : [{ title: fullTitle(known), was: known.startsOn, now: startsOn }];
  });
}

function describe(source: string, outcome: SourceOutcome<Item>): string {
  return 'detail' in outcome && outcome.detail !== undefined
    ? `${source} ${outcome.kind}: ${outcome.detail}`
    : `${source} ${outcome.kind}`;
}

function retryAfter(outcome: SourceOutcome<Item>): number | null {
  return outcome.kind === 'unavailable' ? (outcome.retryAfterMs ?? DEFAULT_RETRY_MS) : null;
}

/** Daily: takes what is to come into the store, so that no busy week outruns the page's 20 rows. */
export async function collect(bot: Bot, run: JobRun): Promise<JobEnd<CollectedCount>> {
  const collected = await collectNetflix(bot, run.slot);
  const { counts, reason, retryAfterMs } = collected;
  if (collected.ok) return { kind: 'done', counts, reason };
  if (mayRetry(retryAfterMs, run)) {
    return { kind: 'retry', afterMs: retryAfterMs, reason: reason ?? 'unavailable' };
  }
  return { kind: 'failed', counts, reason: reason ?? 'no source told' };
}

/** A title that comes back this long after it was shown is a new season, not a moved date. */
const NEW_SEASON_DAYS = 30;
/** A title whose season line changed is the same one when its date is about the same. */
const RENAMED_WITHIN_DAYS = 14;

export interface Merged {
  readonly changes: readonly ItemChange[];
  /** Ids of stored titles that the source no longer lists. */
  readonly withdrawn: readonly number[];
  readonly counts: { readonly fresh: number; readonly changed: number; readonly moved: number };
}

/**
 * What has to be written so that the store says what the source says. A moved date is a change of
 * a known title; the same id long after its day is a new season.
 *
 * @param stored what is known of this source, oldest revision first
 * @param today `YYYY-MM-DD`
 * @param listsAll true when the source lists every title from now to its last one, so that a
 *   stored title missing in between has been taken off
 */
export function mergeItems(
  stored: readonly StoredItem[],
  fetched: readonly Item[],
  today: string,
  listsAll: boolean,
): Merged {
  const newest = new Map(stored.map((item) => [item.sourceId, item]));
  const listed = new Set(fetched.map((item) => item.sourceId));
  const matched = new Set<number>();
  const changes: ItemChange[] = [];
  let fresh = 0;
  let moved = 0;
  for (const item of fetched) {
    const known = newest.get(item.sourceId) ?? renamedFrom(item, stored, listed, today);
    const isNewSeason =
      known !== undefined &&
      known.startsOn < today &&
      daysBetween(known.startsOn, item.startsOn) > NEW_SEASON_DAYS;
    if (known && !isNewSeason) {
      matched.add(known.id);
      const change = changeOf(item, known.id, known.revision);
      if (isSame(change, known)) continue;
      changes.push(change);
      if (change.startsOn !== known.startsOn) moved += 1;
    } else {
      changes.push(changeOf(item, null, (known?.revision ?? 0) + 1));
      fresh += 1;
    }
  }
  const counts = { fresh, changed: changes.length - fresh, moved };
  const withdrawn = listsAll ? missingFrom(stored, fetched, matched, today) : [];
  return { changes, withdrawn, counts };
}

/** The stored title that this one is under a new season line: same page, about the same day. */
function renamedFrom(
  item: Item,
  stored: readonly StoredItem[],
  listed: ReadonlySet<string>,
  today: string,
): StoredItem | undefined {
  if (item.pageUrl === undefined) return undefined;
  return stored.find(
    (known) =>
      known.pageUrl === item.pageUrl &&
      !listed.has(known.sourceId) &&
      known.startsOn >= today &&
      Math.abs(daysBetween(known.startsOn, item.startsOn)) <= RENAMED_WITHIN_DAYS,
  );
}

function changeOf(item: Item, id: number | null, revision: number): ItemChange {
  return {
    id,
    source: item.source,
    sourceId: item.sourceId,
    revision,
    title: item.title,
    subtitle: item.subtitle ?? null,
    titleKey: titleKey(item.title),
    kind: item.kind,
    startsAt: item.startsAt ?? null,
    startsOn: item.startsOn,
    posterUrl: item.posterUrl ?? null,
    pageUrl: item.pageUrl ?? null,
    withdrawnAt: null,
    raw: JSON.stringify(item.raw),
  };
}

const COMPARED = [
  'sourceId',
  'title',
  'subtitle',
  'kind',
  'startsAt',
  'startsOn',
  'posterUrl',
  'pageUrl',
  'withdrawnAt',
] as const;

function isSame(change: ItemChange, known: StoredItem): boolean {
  return COMPARED.every((field) => change[field] === known[field]);
}

/** Unannounced titles to come that the source would list if it still had them. */
function missingFrom(
  stored: readonly StoredItem[],
  fetched: readonly Item[],
  matched: ReadonlySet<number>,
  today: string,
): number[] {
  // The list is cut after so many rows: on its last instant others may have been left out.
  const lastAt = Math.max(...fetched.map((item) => item.startsAt ?? 0));
  return stored
    .filter(
      (known) =>
        !matched.has(known.id) &&
        known.announcedAt === null &&
        known.withdrawnAt === null &&
        known.startsOn > today &&
        known.startsAt !== null &&
        known.startsAt < lastAt,
    )
    .map((known) => known.id);
}
