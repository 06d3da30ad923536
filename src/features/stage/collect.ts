import type { Bot } from '../../bot/context.ts';
import { addDays, dayOf } from '../../lib/time.ts';
import { recordVisit } from '../../store/sources.ts';
import { type KopisOutcome, listPerformances, type Performance } from './api/kopis.ts';
import { isIn, stageSettings } from './settings.ts';
import {
  type MovedProduction,
  mergeRows,
  movedProductions,
  type Production,
  writeProductions,
} from './store.ts';

/** As `/admin` and `/healthz` know it. */
export const SOURCE = 'kopis';

/** KOPIS documents a month at most. */
const DAYS_AHEAD = 30;
/** D1 takes values of 2 MB. */
const AT_ONCE = 500;

export type Collected =
  | {
      readonly ok: true;
      readonly found: number;
      readonly changed: number;
      /** Announced ones that now end on another day. */
      readonly moved: readonly MovedProduction[];
    }
  | { readonly ok: false; readonly reason: string; readonly retryAfterMs: number | null };

/** Takes what is on and what opens within a month into the store. Announces nothing. */
export async function collectStage(bot: Bot, slot: number): Promise<Collected> {
  const { db, runtime, config } = bot;
  const { key, region, apiUrl } = bot.read(stageSettings);
  if (key === null) return { ok: false, reason: 'KOPIS_KEY is not set', retryAfterMs: null };
  const today = dayOf(slot, config.timeZone);
  const performances: Performance[] = [];
  for (const genre of ['play', 'musical'] as const) {
    const outcome = await listPerformances({
      runtime,
      apiUrl,
      key,
      contact: config.contact,
      genre,
      from: today,
      to: addDays(today, DAYS_AHEAD),
      region: region?.code ?? null,
    });
    if (outcome.kind !== 'performances') {
      await visited(bot, outcome.kind, outcome.detail);
      return { ok: false, reason: outcome.detail, retryAfterMs: waitOf(outcome) };
    }
    performances.push(...outcome.performances);
  }
  const productions = mergeRows(
    performances.filter(({ area }) => region === null || isIn(region, area)),
  );
  const moved = await movedProductions(db, productions);
  let changed = 0;
  for (let start = 0; start < productions.length; start += AT_ONCE) {
    changed += await write(bot, productions.slice(start, start + AT_ONCE));
  }
  await visited(bot, productions.length === 0 ? 'empty' : 'items', null);
  return { ok: true, found: productions.length, changed, moved };
}

async function write({ db, runtime }: Bot, productions: readonly Production[]): Promise<number> {
  const { meta } = await writeProductions(db, productions, runtime.now()).run();
  return meta.changes;
}

function waitOf(outcome: Exclude<KopisOutcome, { kind: 'performances' }>): number | null {
  return outcome.kind === 'unavailable' ? (outcome.retryAfterMs ?? 0) : null;
}

async function visited({ db, runtime }: Bot, state: string, detail: string | null): Promise<void> {
  await recordVisit(db, { id: SOURCE, state, detail, memory: {} }, runtime.now()).run();
}
