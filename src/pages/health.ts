import type { Bot } from '../bot/context.ts';
import { jobsOf } from '../bot/jobs/table.ts';
import { findTroubles, sourcesInUse } from '../bot/owner/machine.ts';
import type { Trouble } from '../bot/owner/words.ts';
import type { FeatureState } from '../config/reader.ts';
import { errorCode, log } from '../lib/log.ts';
import { countDeliveries } from '../store/deliveries.ts';
import { countInbox } from '../store/inbox.ts';
import { type Incident, openIncidents } from '../store/incidents.ts';
import { COUNTED_TO } from '../store/ownerLists.ts';
import { deliveriesOfRuns } from '../store/runCounts.ts';
import { latestRuns } from '../store/runs.ts';
import { readSources } from '../store/sources.ts';

/** Anybody may ask, as often as they like: what it costs does not grow with what waits. */
const MOST_OF_RUN = 100;

/** What `/healthz` tells: never a secret's value, never what people wrote. */
export interface Health {
  readonly ok: boolean;
  readonly features: Readonly<Record<string, FeatureState>>;
  readonly events?: { readonly waiting: number; readonly failed: number };
  readonly deliveries?: { readonly waiting: number; readonly dead: number };
  readonly sources?: readonly object[];
  readonly runs?: readonly object[];
}

/** What is on, with what is wrong with it; an incident tells since when. */
function withTroubles(
  features: Readonly<Record<string, FeatureState>>,
  troubles: readonly Trouble[],
  incidents: readonly Incident[],
): Record<string, FeatureState> {
  const failing: Record<string, FeatureState> = { ...features };
  for (const { key, feature, reason, since } of troubles) {
    if (failing[feature]?.state !== 'on') continue;
    const openedAt = since ?? incidents.find((incident) => incident.key === key)?.openedAt;
    failing[feature] = {
      state: 'failing',
      reason,
      ...(openedAt !== undefined && { since: new Date(openedAt).toISOString() }),
    };
  }
  return failing;
}

/** How the bot is: each feature on, off or failing, and what its last runs did. */
export async function readHealth(bot: Bot): Promise<Health> {
  const { db } = bot;
  try {
    const [sources, inUse, known, troubles, incidents, runs, events, deliveries] =
      await Promise.all([
        readSources(db),
        sourcesInUse(bot),
        Promise.all(bot.platforms.flatMap(({ health }) => (health ? [health(bot)] : []))),
        findTroubles(bot, bot.runtime.now()),
        openIncidents(db),
        latestRuns(
          db,
          jobsOf(bot).map((job) => job.id),
        ),
        countInbox(db, COUNTED_TO),
        countDeliveries(db, COUNTED_TO),
      ]);
    const names = runs.map(({ job, slot }) => `${job}@${slot}`);
    const told = await deliveriesOfRuns(db, names, MOST_OF_RUN);
    const features = withTroubles(
      {
        ...bot.states,
        ...Object.fromEntries(inUse.map(({ id }) => [id, { state: 'on' }])),
        storage: { state: 'on' },
        jobs: { state: 'on' },
        ...Object.assign({}, ...known),
      },
      troubles,
      incidents,
    );
    return {
      ok: Object.values(features).every((feature) => feature.state !== 'failing'),
      features,
      events,
      deliveries,
      sources: sources.map(({ memory: _memory, ...source }) => source),
      runs: runs.map((run, at) => ({ ...run, deliveries: told[at] ?? [] })),
    };
  } catch (cause) {
    log('storage-failed', { code: errorCode(cause) });
    return {
      ok: false,
      features: {
        ...bot.states,
        storage: { state: 'failing', reason: 'D1 does not answer, or migrations are missing' },
      },
    };
  }
}
