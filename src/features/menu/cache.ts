import * as v from 'valibot';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/time.ts';
import { forgetSettings, readSettings, writeSettings } from '../../store/settings.ts';
import type { SchoolCodes } from './settings.ts';
import { MEALS, type MenuOutcome } from './source/meals.ts';

/** Key of what is remembered of a source. */
export const cacheKeyOf = (source: string) => `menu-cache:${source}`;

/** Another school is another source. */
export const schoolSourceOf = ({ office, school }: SchoolCodes) => `menu-neis:${office}:${school}`;

/** More than the page of a day shows to strangers, so that they cannot push each other's days out. */
const MAX_DAYS = 24;

const KEPT_MS = 2 * DAY_MS;

/** How long what a source said is good enough for a question. */
const FRESH_MS: Readonly<Record<MenuOutcome['kind'], number>> = {
  meals: 3 * HOUR_MS,
  none: HOUR_MS / 2,
  broken: 5 * MINUTE_MS,
  blocked: 5 * MINUTE_MS,
  unavailable: MINUTE_MS,
};

const failure = { detail: v.string() };
const outcomeSchema = v.variant('kind', [
  v.object({
    kind: v.literal('meals'),
    place: v.string(),
    meals: v.array(
      v.object({
        meal: v.picklist(MEALS),
        dishes: v.array(v.object({ name: v.string(), allergens: v.array(v.number()) })),
      }),
    ),
    link: v.nullable(v.string()),
  }),
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('unavailable'), ...failure }),
  v.object({ kind: v.literal('broken'), ...failure }),
  v.object({ kind: v.literal('blocked'), ...failure }),
]);

const cacheSchema = v.object({
  days: v.array(v.object({ day: v.string(), at: v.number(), outcome: outcomeSchema })),
});

/** What a source said of some days, and when. */
export type MenuCache = readonly {
  readonly day: string;
  readonly at: number;
  readonly outcome: MenuOutcome;
}[];

/** What several sources said, by source, in one query. */
export async function readCaches(
  db: D1Database,
  sources: readonly string[],
): Promise<ReadonlyMap<string, MenuCache>> {
  const kept = await readSettings(db, sources.map(cacheKeyOf), cacheSchema);
  return new Map(
    sources.map((source) => [source, kept.get(cacheKeyOf(source))?.days ?? []] as const),
  );
}

/** What is good enough of a day for a question now; `null` when the source has to be asked (again). */
export function freshOf(cache: MenuCache, day: string, now: number): MenuOutcome | null {
  const known = cache.find((one) => one.day === day);
  if (known === undefined || now < known.at) return null;
  return now - known.at < FRESH_MS[known.outcome.kind] ? known.outcome : null;
}

/** What a source said of a day a short while ago; `null` when it has to be asked (again). */
export async function recall(
  db: D1Database,
  source: string,
  day: string,
  now: number,
): Promise<MenuOutcome | null> {
  return freshOf((await readCaches(db, [source])).get(source) ?? [], day, now);
}

/** What a source told of a day since an instant, when it did not fail; `null`: nothing. */
export async function recallSince(
  db: D1Database,
  source: string,
  day: string,
  since: number,
): Promise<MenuOutcome | null> {
  const cache = (await readCaches(db, [source])).get(source);
  const known = cache?.find((one) => one.day === day && one.at >= since)?.outcome;
  return known?.kind === 'meals' || known?.kind === 'none' ? known : null;
}

/** What a source said of a day. */
export interface Said {
  readonly source: string;
  readonly day: string;
  readonly outcome: MenuOutcome;
}

/**
 * Keeps what sources said of a day, beside what they said of others, in one statement. Meals that one
 * told stay when it fails later, for as long as the failure would.
 *
 * @param caches what was kept of these sources
 * @returns what now holds of that day, by source
 */
export async function keepAll(
  db: D1Database,
  caches: ReadonlyMap<string, MenuCache>,
  said: readonly Said[],
  now: number,
): Promise<ReadonlyMap<string, MenuOutcome>> {
  const holds = new Map<string, MenuOutcome>();
  const values = new Map<string, { readonly days: MenuCache }>();
  for (const { source, day, outcome } of said) {
    const entries = caches.get(source) ?? [];
    const known = entries.find((one) => one.day === day)?.outcome;
    const isFailure = outcome.kind !== 'meals' && outcome.kind !== 'none';
    const entry =
      isFailure && known?.kind === 'meals'
        ? { day, outcome: known, at: now - FRESH_MS.meals + FRESH_MS[outcome.kind] }
        : { day, outcome, at: now };
    const others = entries.filter((one) => one.day !== day && now - one.at < KEPT_MS);
    values.set(cacheKeyOf(source), { days: [...others, entry].slice(-MAX_DAYS) });
    holds.set(source, entry.outcome);
  }
  if (values.size > 0) await writeSettings(db, values, now).run();
  return holds;
}

/** {@link keepAll} of one source. */
export async function keep(db: D1Database, said: Said, now: number): Promise<MenuOutcome> {
  const holds = await keepAll(db, await readCaches(db, [said.source]), [said], now);
  return holds.get(said.source) ?? said.outcome;
}

/** Statement: forgets what is too old to be of use, also of schools that nobody asks for any more. */
export function forgetOldMenus(db: D1Database, now: number): D1PreparedStatement {
  return forgetSettings(db, cacheKeyOf(''), now - KEPT_MS);
}
