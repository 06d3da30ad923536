import * as v from 'valibot';
import { HOUR_MS, MINUTE_MS } from '../../lib/time.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { MEALS, type MenuOutcome } from './source/types.ts';

export const CACHE_SETTING = 'menu-cache';
const MAX_DAYS = 10;

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
  source: v.string(),
  days: v.array(v.object({ day: v.string(), at: v.number(), outcome: outcomeSchema })),
});

/** What a source said of a day a short while ago; `null` when it has to be asked (again). */
export async function recall(
  db: D1Database,
  source: string,
  day: string,
  now: number,
): Promise<MenuOutcome | null> {
  const cache = await readSetting(db, CACHE_SETTING, cacheSchema);
  if (cache?.source !== source) return null;
  const known = cache.days.find((one) => one.day === day);
  if (known === undefined || now < known.at) return null;
  return now - known.at < FRESH_MS[known.outcome.kind] ? known.outcome : null;
}

/**
 * Keeps what a source said of a day, beside what it said of others. Meals that it told stay when it
 * fails later, for as long as the failure would.
 *
 * @returns what now holds of that day
 */
export async function keep(
  db: D1Database,
  source: string,
  said: { readonly day: string; readonly outcome: MenuOutcome },
  now: number,
): Promise<MenuOutcome> {
  const { day, outcome } = said;
  const cache = await readSetting(db, CACHE_SETTING, cacheSchema);
  const entries = cache?.source === source ? cache.days : [];
  const known = entries.find((one) => one.day === day)?.outcome;
  const isFailure = outcome.kind !== 'meals' && outcome.kind !== 'none';
  const entry =
    isFailure && known?.kind === 'meals'
      ? { day, outcome: known, at: now - FRESH_MS.meals + FRESH_MS[outcome.kind] }
      : { day, outcome, at: now };
  const days = [...entries.filter((one) => one.day !== day), entry].slice(-MAX_DAYS);
  await writeSetting(db, CACHE_SETTING, { source, days }, now);
  return entry.outcome;
}
