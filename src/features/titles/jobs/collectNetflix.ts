import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { type Counts, type JobEnd, type JobRun, mayRetry } from '../../../bot/jobs/job.ts';
import type { Source, SourceMemory, SourceOutcome } from '../../../bot/source/types.ts';
import { log } from '../../../lib/log.ts';
import { addDays, dayOf } from '../../../lib/time.ts';
import { readSources, recordVisit, type SourceRecord } from '../../../store/sources.ts';
import { netflixSource, tmdbSource } from '../source/netflix.ts';
import {
  fullTitle,
  type ItemChange,
  type StoredItem,
  storedItems,
  withdrawItems,
  writeItems,
} from '../store/items.ts';
import { type MovedTitle, tellMoved } from '../tell.ts';
import { mergeItems } from './mergeItems.ts';

/** What a collection counts. */
export type CollectedCount = 'found' | 'fresh' | 'changed' | 'moved' | 'withdrawn';

/** What a collection brought. */
export interface Collected {
  /** True when a source told, clearly, what is to come (nothing may be an answer). */
  readonly ok: boolean;
  readonly counts: Counts<CollectedCount>;
  /** Announced titles that come on another day now. */
  readonly moved: readonly MovedTitle[];
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
 * Announces nothing.
 *
 * @param now epoch milliseconds that decide what "to come" means
 */
export async function collectNetflix(bot: Bot, now: number): Promise<Collected> {
  const records = await readSources(bot.db);
  const primary = await visitAndStore(bot, netflixSource(bot), records, now);
  if (primary.told) {
    await lookAgain(bot, records);
    const { counts, moved } = primary;
    return { ok: true, counts, moved, reason: null, retryAfterMs: null };
  }
  const reason = describe('netflix', primary.outcome);
  const tmdb = tmdbSource(bot);
  if (tmdb === null) {
    return { ok: false, counts: {}, moved: [], reason, retryAfterMs: retryAfter(primary.outcome) };
  }
  const fallback = await visitAndStore(bot, tmdb, records, now);
  return fallback.told
    ? {
        ok: true,
        counts: fallback.counts,
        moved: fallback.moved,
        reason: `${reason}; used tmdb`,
        retryAfterMs: null,
      }
    : {
        ok: false,
        counts: {},
        moved: [],
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
  const { visit } = await look(bot, tmdb, records);
  await visit.run();
}

/** Visits a source; the statement writes down how it is. */
async function look(
  { db, runtime, config }: Bot,
  source: Source,
  records: readonly SourceRecord[],
): Promise<{ readonly outcome: SourceOutcome; readonly visit: D1PreparedStatement }> {
  const record = records.find((candidate) => candidate.id === source.id);
  const { outcome, memory } = await source.visit({
    runtime,
    contact: config.contact,
    timeZone: config.timeZone,
    memory: readMemory(record),
  });
  // "Not modified" can only be said of a good page: what it told then still holds.
  const lastTold = record?.state === 'empty' ? 'empty' : 'items';
  const state = outcome.kind === 'not-modified' ? lastTold : outcome.kind;
  const detail = 'detail' in outcome ? (outcome.detail ?? null) : null;
  const visit = recordVisit(db, { id: source.id, state, detail, memory }, runtime.now());
  if (state !== record?.state) log('source-state', { source: source.id, state, detail });
  return { outcome, visit };
}

interface Visited {
  readonly told: boolean;
  readonly outcome: SourceOutcome;
  readonly counts: Counts<CollectedCount>;
  readonly moved: readonly MovedTitle[];
}

async function visitAndStore(
  bot: Bot,
  source: Source,
  records: readonly SourceRecord[],
  now: number,
): Promise<Visited> {
  const { db, runtime, config } = bot;
  const { outcome, visit } = await look(bot, source, records);
  if (outcome.kind !== 'items') {
    await visit.run();
    const told = outcome.kind === 'not-modified' || outcome.kind === 'empty';
    return { told, outcome, counts: {}, moved: [] };
  }

  const today = dayOf(now, config.timeZone);
  const ids = outcome.items.map((item) => item.sourceId);
  const stored = await storedItems(db, source.id, ids, addDays(today, -LOOK_BACK_DAYS));
  // Netflix's page lists everything up to its last row, unless it had to be read with a remark;
  // TMDB's search does not.
  const listsAll = source.id === 'netflix' && outcome.detail === undefined;
  const merged = mergeItems(stored, outcome.items, today, listsAll);
  await db.batch([
    ...(merged.changes.length > 0 ? writeItems(db, merged.changes, runtime.now()) : []),
    ...(merged.withdrawn.length > 0 ? [withdrawItems(db, merged.withdrawn, runtime.now())] : []),
    visit,
  ]);
  return {
    told: true,
    outcome,
    moved: movedIn(stored, merged.changes),
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

/** A memory of another version of the bot is no memory: the source starts afresh. */
function readMemory(record: SourceRecord | undefined): SourceMemory {
  const parsed = v.safeParse(memorySchema, record?.memory ?? {});
  return parsed.success ? parsed.output : {};
}

const memorySchema: v.GenericSchema<unknown, SourceMemory> = v.object({
  etag: v.exactOptional(v.string()),
  lastModified: v.exactOptional(v.string()),
  robots: v.exactOptional(v.object({ text: v.string(), fetchedAt: v.number() })),
  failures: v.exactOptional(v.number()),
  notBefore: v.exactOptional(v.number()),
  counts: v.exactOptional(v.array(v.number())),
});

function describe(source: string, outcome: SourceOutcome): string {
  return 'detail' in outcome && outcome.detail !== undefined
    ? `${source} ${outcome.kind}: ${outcome.detail}`
    : `${source} ${outcome.kind}`;
}

function retryAfter(outcome: SourceOutcome): number | null {
  return outcome.kind === 'unavailable' ? (outcome.retryAfterMs ?? DEFAULT_RETRY_MS) : null;
}

/** Daily: takes what is to come into the store, so that no busy week outruns the page's 20 rows. */
export async function collect(bot: Bot, run: JobRun): Promise<JobEnd<CollectedCount>> {
  const collected = await collectNetflix(bot, run.slot);
  const { counts, reason, retryAfterMs } = collected;
  if (collected.ok) {
    await tellMoved(bot, run.slot, collected.moved);
    return { kind: 'done', counts, reason };
  }
  if (mayRetry(retryAfterMs, run)) {
    return { kind: 'retry', afterMs: retryAfterMs, reason: reason ?? 'unavailable' };
  }
  return { kind: 'failed', counts, reason: reason ?? 'no source told' };
}
