import type { FeatureState } from '../bot/config.ts';
import type { Bot } from '../bot/context.ts';
import { jobs } from '../bot/jobs/table.ts';
import { errorCode, log } from '../lib/log.ts';
import { countDeliveries, deliveriesOfRun } from '../store/deliveries.ts';
import { countInbox } from '../store/inbox.ts';
import { latestRuns } from '../store/runs.ts';
import { readSources } from '../store/sources.ts';

const GOOD_SOURCE_STATES = new Set(['items', 'empty']);

/** What `/healthz` tells: never a secret's value, never what people wrote. */
export interface Health {
  readonly ok: boolean;
  readonly features: Readonly<Record<string, FeatureState>>;
  readonly events?: { readonly waiting: number; readonly failed: number };
  readonly deliveries?: { readonly waiting: number; readonly dead: number };
  readonly sources?: readonly object[];
  readonly runs?: readonly object[];
}

/** How the bot is: each feature on, off or failing, and what its last runs did. */
export async function readHealth(bot: Bot): Promise<Health> {
  const { db, config } = bot;
  try {
    const [sources, runs, events, deliveries] = await Promise.all([
      readSources(db),
      latestRuns(
        db,
        jobs.map((job) => job.id),
      ),
      countInbox(db),
      countDeliveries(db),
    ]);
    const features: Record<string, FeatureState> = { ...config.features, storage: { state: 'on' } };
    for (const source of sources) {
      if (!GOOD_SOURCE_STATES.has(source.state)) {
        const since = new Date(source.stateSince).toISOString();
        const reason = `${source.state} since ${since}: ${source.detail ?? ''}`;
        features[source.id] = { state: 'failing', reason };
      }
    }
    return {
      ok: Object.values(features).every((feature) => feature.state !== 'failing'),
      features,
      events,
      deliveries,
      sources: sources.map(({ memory: _memory, ...source }) => source),
      runs: await Promise.all(
        runs.map(async (run) => ({
          ...run,
          deliveries: await deliveriesOfRun(db, `${run.job}@${run.slot}`),
        })),
      ),
    };
  } catch (cause) {
    log('storage-failed', { code: errorCode(cause) });
    return {
      ok: false,
      features: {
        ...config.features,
        storage: { state: 'failing', reason: 'D1 does not answer, or migrations are missing' },
      },
    };
  }
}
