import { log } from '../../../lib/log.ts';
import type { GitHubFailure, GitHubResult } from '../../../platforms/github/api/answer.ts';
import type { Budget } from '../../../platforms/github/api/types.ts';

/**
 * An invocation may make 50 calls (free plan). Some are left for a login as an app, and for
 * redirects.
 */
const MOST_CALLS = 44;

/** One invocation's talk with GitHub. */
export interface Talk {
  /** Calls made so far. */
  calls: number;
  /** Why it is over before its time; the rest has to wait. */
  stopped: GitHubFailure | 'no-calls-left' | null;
  /** What GitHub said last of the points that are left. */
  budget: Budget;
}

/** @param calls made before it in the same invocation */
export function startTalk(calls = 0): Talk {
  return { calls, stopped: null, budget: null };
}

/**
 * Makes a call. A failure that any other call would meet too (a limit, a bad token, no answer at
 * all) ends the talk.
 *
 * @returns `null` when the talk is over
 */
export async function ask<Value>(
  talk: Talk,
  call: () => Promise<GitHubResult<Value>>,
): Promise<GitHubResult<Value> | null> {
  if (talk.calls >= MOST_CALLS) talk.stopped ??= 'no-calls-left';
  if (talk.stopped !== null) return null;
  talk.calls += 1;
  const told = await call();
  if (told.ok) return told;
  const { reason, status } = told;
  log('github-failed', { reason, status });
  const isForAll =
    reason === 'rate-limited' ||
    reason === 'held-back' ||
    reason === 'unauthorized' ||
    (reason === 'unavailable' && status === null);
  if (!isForAll) return told;
  talk.stopped = told;
  return null;
}

/**
 * Asks about many things, a batch at a time. A batch that fails is halved, down to the one thing that
 * is broken: that one is left out, and hurts no other. GitHub being down ends the talk, and so do
 * two halves that both fail when a single one of them fails too: then it is not what was asked.
 */
export async function askInBatches<Item, Value>(
  talk: Talk,
  batches: readonly (readonly Item[])[],
  call: (batch: readonly Item[]) => Promise<GitHubResult<Value>>,
  take: (batch: readonly Item[], value: Value) => void,
): Promise<void> {
  const waiting = batches.filter((batch) => batch.length > 0).map(wholeBatch<Item>);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { items, sibling, isProbe } = next;
    const told = await ask(talk, () => call(items));
    if (told === null) return;
    if (told.ok) {
      take(items, told.value);
      continue;
    }
    if (told.reason === 'unavailable' || isProbe) {
      talk.stopped = { ...told, reason: 'unavailable' };
      return;
    }
    if (sibling !== null) sibling.failures += 1;
    if (items.length === 1) continue;
    const middle = Math.ceil(items.length / 2);
    const shared = { failures: 0 };
    const halves = [items.slice(0, middle), items.slice(middle)].map((half) => ({
      items: half,
      sibling: shared,
      isProbe: false,
    }));
    if (sibling?.failures === 2) {
      // Any one of them, another one each time, so that one that is broken itself ends no two talks.
      const probed = items[talk.calls % items.length];
      if (probed !== undefined) waiting.unshift({ items: [probed], sibling: null, isProbe: true });
    }
    waiting.push(...halves);
  }
}

interface Batch<Item> {
  readonly items: readonly Item[];
  /** What it shares with the other half of a batch that failed. */
  readonly sibling: { failures: number } | null;
  /** A single one, to see whether GitHub answers at all. */
  readonly isProbe: boolean;
}

function wholeBatch<Item>(items: readonly Item[]): Batch<Item> {
  return { items, sibling: null, isProbe: false };
}

/** Slices of at most so many. */
export function slices<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
