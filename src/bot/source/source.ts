import * as v from 'valibot';
import { log } from '../../lib/log.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { dayOf } from '../../lib/time.ts';
import type { PageMemory } from '../../lib/web/polite.ts';
import { readSources, recordVisit, type SourceRecord } from '../../store/sources.ts';
import type { Bot } from '../context.ts';

/**
 * Why a visit came to nothing. `unavailable` passes by itself; `blocked` (we are not let in) and
 * `auth` (our key is not taken) are the owner's to settle; `broken` means that the source changed its
 * shape: it is shown to the owner and never told to people. `detail` is for the owner and holds no
 * secret.
 */
export type SourceFailure =
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'blocked'; readonly detail: string }
  | { readonly kind: 'auth'; readonly detail: string }
  | { readonly kind: 'broken'; readonly detail: string };

/** What became of a visit. `empty` is what a source says clearly itself, and never what we failed to read. */
export type SourceOutcome<Item> =
  | { readonly kind: 'items'; readonly items: readonly Item[]; readonly detail?: string }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'empty' }
  | SourceFailure;

export interface SourceContext<Memory extends PageMemory = PageMemory> {
  readonly runtime: Runtime;
  /** Who runs the bot: goes into the User-Agent so that a site's keeper can write. */
  readonly contact: string;
  /** IANA name. */
  readonly timeZone: string;
  /** `YYYY-MM-DD` there: the day that is asked for, or from which on. */
  readonly day: string;
  readonly memory: Memory;
}

export interface SourceVisit<Outcome, Memory extends PageMemory = PageMemory> {
  readonly outcome: Outcome;
  readonly memory: Memory;
}

/** A place news comes from. One visit makes at most a handful of calls and never throws. */
export interface Source<Item, Memory extends PageMemory = PageMemory> {
  /** As `sources` and the incidents know it. */
  readonly id: string;
  /** Reads what it remembers between visits; a memory of another version of the bot is none. */
  readonly memory: v.GenericSchema<unknown, Memory>;
  readonly visit: (
    context: SourceContext<Memory>,
  ) => Promise<SourceVisit<SourceOutcome<Item>, Memory>>;
}

/** What politeness remembers of a page, as members of a source's memory. */
export const pageMemoryEntries = {
  etag: v.exactOptional(v.string()),
  lastModified: v.exactOptional(v.string()),
  /** robots.txt as last read. */
  robots: v.exactOptional(v.object({ text: v.string(), fetchedAt: v.number() })),
  /** Failures in a row of the kind `unavailable`, today. */
  failures: v.exactOptional(v.number()),
  /** No call before this instant (epoch milliseconds). */
  notBefore: v.exactOptional(v.number()),
};

/** The memory of a source that remembers politeness only. */
export const pageMemory: v.GenericSchema<unknown, PageMemory> = v.fallback(
  v.object(pageMemoryEntries),
  {},
);

interface VisitOptions {
  /** `YYYY-MM-DD`; absent: today. */
  readonly day?: string;
  /** Absent: the bot's own. */
  readonly runtime?: Runtime;
  /** How sources were, where that is known already. */
  readonly records?: readonly SourceRecord[];
}

/**
 * Visits a source with what it remembers of the last time.
 *
 * @returns what became of it, and `record`: the statement that writes down how the source is and what
 *   it remembers from now on, for the transaction in which its items are kept. The incidents are made
 *   from that row (`src/bot/owner/machine.ts`), so nobody else opens or closes any.
 */
export async function visitSource<Item, Memory extends PageMemory>(
  bot: Bot,
  source: Source<Item, Memory>,
  { day, runtime = bot.runtime, records }: VisitOptions = {},
): Promise<{
  readonly outcome: SourceOutcome<Item>;
  readonly record: () => D1PreparedStatement;
}> {
  const { db } = bot;
  const known = (records ?? (await readSources(db))).find(({ id }) => id === source.id);
  const kept = v.parse(source.memory, known?.memory);
  const { outcome, memory } = await source.visit(contextOf(bot, { day, runtime, memory: kept }));
  const record = () => {
    // "Not modified" can only be said of a good page: what it told then still holds.
    const lastTold = known?.state === 'empty' ? 'empty' : 'items';
    const state = outcome.kind === 'not-modified' ? lastTold : outcome.kind;
    const detail = 'detail' in outcome ? (outcome.detail ?? null) : null;
    if (state !== known?.state) log('source-state', { source: source.id, state, detail });
    return recordVisit(db, { id: source.id, state, detail, memory }, bot.runtime.now());
  };
  return { outcome, record };
}

/** One visit that remembers nothing and is not written down: to try a source out, or for one person alone. */
export async function trySource<Item, Memory extends PageMemory>(
  bot: Bot,
  source: Source<Item, Memory>,
  { day, runtime = bot.runtime }: Omit<VisitOptions, 'records'> = {},
): Promise<SourceVisit<SourceOutcome<Item>, Memory>> {
  const memory = v.parse(source.memory, {});
  return source.visit(contextOf(bot, { day, runtime, memory }));
}

function contextOf<Memory extends PageMemory>(
  { config }: Pick<Bot, 'config'>,
  {
    day,
    runtime,
    memory,
  }: { readonly day: string | undefined; readonly runtime: Runtime; readonly memory: Memory },
): SourceContext<Memory> {
  const { contact, timeZone } = config;
  return { runtime, contact, timeZone, day: day ?? dayOf(runtime.now(), timeZone), memory };
}
