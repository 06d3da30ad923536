import { countTold } from '../../bot/announce/alerts.ts';
import type { Bot } from '../../bot/context.ts';
import { pageMemory, type Source, visitSource } from '../../bot/source/source.ts';
import { inBatches } from '../../lib/batches.ts';
import { addDays, dayOf } from '../../lib/time.ts';
import { listPerformances, type Performance } from './api/kopis.ts';
import { isIn, SOURCE, stageSettings } from './settings.ts';
import {
  type MovedProduction,
  mergeRows,
  movedProductions,
  type Production,
  writeProductions,
} from './store.ts';

/** KOPIS documents a month at most. */
const DAYS_AHEAD = 30;
/** D1 takes values of 2 MB. */
const AT_ONCE = 500;

/** Plays and musicals of a region, from KOPIS; `null` without its key. */
function kopisSource(bot: Bot): Source<Production> | null {
  const { key, region, apiUrl } = bot.read(stageSettings);
  if (key === null) return null;
  return {
    id: SOURCE,
    memory: pageMemory,
    visit: async ({ runtime, contact, day }) => {
      const performances: Performance[] = [];
      for (const genre of ['play', 'musical'] as const) {
        const outcome = await listPerformances({
          runtime,
          apiUrl,
          key,
          contact,
          genre,
          from: day,
          to: addDays(day, DAYS_AHEAD),
          region: region?.code ?? null,
        });
        if (outcome.kind !== 'performances') return { outcome, memory: {} };
        performances.push(...outcome.performances);
      }
      const items = mergeRows(
        performances.filter(({ area }) => region === null || isIn(region, area)),
      );
      return {
        outcome: items.length === 0 ? { kind: 'empty' } : { kind: 'items', items },
        memory: {},
      };
    },
  };
}

export type Collected =
  | {
      readonly ok: true;
      readonly found: number;
      readonly changed: number;
      /** How many heard that an announced one ends on another day now. */
      readonly told: number;
    }
  | { readonly ok: false; readonly reason: string };

/**
 * Takes what is on and what opens within a month into the store. Announces nothing.
 *
 * @param tellMoved statements that tell followers which announced ones now end on another day
 */
export async function collectStage(
  bot: Bot,
  slot: number,
  tellMoved: (moved: readonly MovedProduction[]) => readonly D1PreparedStatement[],
): Promise<Collected> {
  const { db, runtime, config } = bot;
  const source = kopisSource(bot);
  if (source === null) return { ok: false, reason: 'KOPIS_KEY is not set' };
  const { outcome, record } = await visitSource(bot, source, { day: dayOf(slot, config.timeZone) });
  if (outcome.kind !== 'items') {
    await record().run();
    return 'detail' in outcome
      ? { ok: false, reason: outcome.detail }
      : { ok: true, found: 0, changed: 0, told: 0 };
  }
  const productions = outcome.items;
  const news = tellMoved(await movedProductions(db, productions));
  const writes = inBatches(productions, AT_ONCE).map((some) =>
    writeProductions(db, some, runtime.now()),
  );
  const done = await db.batch([...writes, ...news, record()]);
  const changed = done.slice(0, writes.length).reduce((sum, { meta }) => sum + meta.changes, 0);
  const told = countTold(done.slice(writes.length, -1));
  return { ok: true, found: productions.length, changed, told };
}
