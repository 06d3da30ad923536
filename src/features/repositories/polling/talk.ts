import { log } from '../../../lib/log.ts';
import type { Budget, GitHubFailure, GitHubResult } from '../../../platforms/github/source.ts';

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

export function startTalk(): Talk {
  return { calls: 0, stopped: null, budget: null };
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
    reason === 'unauthorized' ||
    (reason === 'unavailable' && status === null);
  if (!isForAll) return told;
  talk.stopped = told;
  return null;
}

/**
 * Asks about many things, `size` at a time. A batch that fails is halved, down to the one thing that
 * is broken: that one is left out, and hurts no other. GitHub being down ends the talk.
 */
export async function askInBatches<Item, Value>(
  talk: Talk,
  items: readonly Item[],
  size: number,
  call: (batch: readonly Item[]) => Promise<GitHubResult<Value>>,
  take: (batch: readonly Item[], value: Value) => void,
): Promise<void> {
  const waiting: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += size) {
    waiting.push(items.slice(start, start + size));
  }
  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    const asked = batch;
    const told = await ask(talk, () => call(asked));
    if (told === null) return;
    if (told.ok) {
      take(asked, told.value);
    } else if (told.reason === 'unavailable') {
      talk.stopped = told;
      return;
    } else if (asked.length > 1) {
      const middle = Math.ceil(asked.length / 2);
      waiting.push(asked.slice(0, middle), asked.slice(middle));
    }
  }
}
