import type { FeatureState } from '../bot/config.ts';
import type { Bot } from '../bot/context.ts';
import { jobs } from '../bot/jobs/table.ts';
import { errorCode, log } from '../lib/log.ts';
import { type Account, readAccounts } from '../store/accounts.ts';
import { countDeliveries, deliveriesOfRun } from '../store/deliveries.ts';
import { waitingForOwner } from '../store/deliveryList.ts';
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

/** An account that logged in needs no keys among the secrets; one that X refuses does not work. */
function accountFeature(
  byKeys: FeatureState = { state: 'off', missing: [] },
  accounts: readonly Account[],
  ownerWanted: string | null,
): FeatureState {
  if (ownerWanted !== null) return { state: 'failing', reason: ownerWanted };
  const loggedOut = accounts.find(({ state }) => state === 'log-in-again');
  if (loggedOut) return { state: 'failing', reason: `log in again: @${loggedOut.username}` };
  return accounts.length > 0 ? { state: 'on' } : byKeys;
}

/** How the bot is: each feature on, off or failing, and what its last runs did. */
export async function readHealth(bot: Bot): Promise<Health> {
  const { db, config } = bot;
  try {
    const [sources, accounts, ownerWanted, runs, events, deliveries] = await Promise.all([
      readSources(db),
      readAccounts(db, 'twitter'),
      waitingForOwner(db),
      latestRuns(
        db,
        jobs.map((job) => job.id),
      ),
      countInbox(db),
      countDeliveries(db),
    ]);
    const features: Record<string, FeatureState> = { ...config.features, storage: { state: 'on' } };
    features['twitter-account'] = accountFeature(
      features['twitter-account'],
      accounts,
      ownerWanted,
    );
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
