import type { Bot } from '../bot/context.ts';
import type { SourceName } from '../bot/feature.ts';
import { jobsOf } from '../bot/jobs/table.ts';
import type { FeatureState } from '../config/reader.ts';
import { errorCode, log } from '../lib/log.ts';
import { telegramTrouble } from '../platforms/telegram/context.ts';
import { type Account, readAccounts } from '../store/accounts.ts';
import { countDeliveries } from '../store/deliveries.ts';
import { waitingForOwner } from '../store/deliveryList.ts';
import { countInbox } from '../store/inbox.ts';
import { deliveriesOfRun } from '../store/runCounts.ts';
import { latestRuns } from '../store/runs.ts';
import { readSources, type SourceRecord } from '../store/sources.ts';

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

/** The feature that stands still while what goes out on a channel waits for the owner. */
const CHANNEL_FEATURES: Readonly<Record<string, string>> = {
  twitter: 'twitter-account',
  telegram: 'telegram',
  kakaotalk: 'kakao-login',
  kakao: 'kakao-chatbot',
};

/** An account that logged in needs no keys among the secrets; one that X refuses does not work. */
function accountFeature(
  byKeys: FeatureState = { state: 'off', missing: [] },
  accounts: readonly Account[],
): FeatureState {
  const loggedOut = accounts.find(({ state }) => state === 'log-in-again');
  if (loggedOut) return { state: 'failing', reason: `log in again: @${loggedOut.username}` };
  return accounts.length > 0 ? { state: 'on' } : byKeys;
}

/** Sources that tell nothing, of those in use: what is known of others is old. */
function failingSources(
  sources: readonly SourceRecord[],
  inUse: readonly string[],
): [string, FeatureState][] {
  return sources
    .filter(({ id, state }) => !GOOD_SOURCE_STATES.has(state) && inUse.includes(id))
    .map(({ id, state, stateSince, detail }) => {
      const reason = `${state} since ${new Date(stateSince).toISOString()}: ${detail ?? ''}`;
      return [id, { state: 'failing', reason }];
    });
}

/** The sources that features are using. */
async function sourcesOf(bot: Bot): Promise<readonly SourceName[]> {
  const all = await Promise.all(
    bot.features.flatMap(({ sources }) => (sources ? [sources(bot)] : [])),
  );
  return all.flat();
}

/** How the bot is: each feature on, off or failing, and what its last runs did. */
export async function readHealth(bot: Bot): Promise<Health> {
  const { db } = bot;
  try {
    const [sources, inUse, accounts, trouble, ownerWanted, runs, events, deliveries] =
      await Promise.all([
        readSources(db),
        sourcesOf(bot),
        readAccounts(db, 'twitter'),
        telegramTrouble(db),
        waitingForOwner(db),
        latestRuns(
          db,
          jobsOf(bot).map((job) => job.id),
        ),
        countInbox(db),
        countDeliveries(db),
      ]);
    const features: Record<string, FeatureState> = { ...bot.states, storage: { state: 'on' } };
    features['twitter-account'] = accountFeature(features['twitter-account'], accounts);
    if (trouble !== null && features['telegram']?.state === 'on') {
      features['telegram'] = { state: 'failing', reason: trouble };
    }
    for (const [channel, reason] of ownerWanted) {
      const id = CHANNEL_FEATURES[channel];
      if (id && features[id]?.state === 'on') features[id] = { state: 'failing', reason };
    }
    const used = inUse.map(({ id }) => id);
    Object.assign(features, Object.fromEntries(failingSources(sources, used)));
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
        ...bot.states,
        storage: { state: 'failing', reason: 'D1 does not answer, or migrations are missing' },
      },
    };
  }
}
