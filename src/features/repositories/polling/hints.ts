import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import type { Release } from '../../../platforms/github/api/types.ts';
import { askForLook } from '../store/looks.ts';
import { knownReleases, wantedRepository } from '../store/repositories.ts';
import { tell } from '../store/tell.ts';
import { fullNameOf, nextChange } from './decide.ts';
import { localHour } from './localHour.ts';
import { readMemory, writeMemory } from './releaseMemory.ts';
import { releaseNews } from './releases.ts';
import { isSince } from './repositoryNews.ts';

/** What GitHub says happened in a repository. */
export const hint = v.object({
  repositoryId: v.number(),
  /** `null`: in the repository as a whole. */
  branch: v.nullable(v.string()),
  /** It is gone for good, and needs no second look. */
  isSure: v.boolean(),
  /** A release that was published, with all that is to be told of it. */
  release: v.nullable(
    v.object({
      id: v.string(),
      tag: v.string(),
      title: v.string(),
      isPrerelease: v.boolean(),
      at: v.number(),
      url: v.string(),
      target: v.string(),
      notes: v.string(),
    }),
  ),
});

/**
 * Follows a hint of GitHub's: a release is told as it was handed over, for everything else somebody
 * looks. However often GitHub hints at a branch, one look waits.
 */
export async function follow(bot: Bot, told: v.InferOutput<typeof hint>): Promise<void> {
  const { db, runtime } = bot;
  const isTold = told.release !== null && (await tellRelease(bot, told.repositoryId, told.release));
  if (isTold) return;
  const { repositoryId, branch, isSure } = told;
  const ids = await askForLook(db, repositoryId, branch, runtime.now());
  if (ids.length === 0) return;
  await bot.polls.sendBatch(
    ids.map((id) => ({ body: { branch: id, ...(isSure && { sure: 1 }) } })),
  );
}

/**
 * Tells a release that GitHub handed over.
 *
 * @returns false when it takes a look to know whether it is news
 */
async function tellRelease(bot: Bot, id: number, release: Release): Promise<boolean> {
  const { db, runtime } = bot;
  const stored = await wantedRepository(db, id);
  // Nobody wants releases, or nobody knows yet which ones are old.
  if (stored === null) return true;
  if (stored.isPrivate || isSince(stored.releasesSeen)) return false;
  const now = runtime.now();
  const { memory, beyond } = readMemory((await knownReleases(db, [id])).get(id));
  const home = { id, fullName: fullNameOf(stored), was: { changedAt: stored.changedAt } };
  const { changes } = releaseNews(home, memory, { releases: [release], tags: [] }, now);
  const move = {
    ...stored,
    id,
    was: home.was,
    changedAt: nextChange(stored, now),
    releasesKnown: writeMemory({ memory, beyond }),
  };
  const findings = { changes, branches: [], repositories: [move], followings: [], coverings: [] };
  const hour = localHour(now, bot.config.timeZone);
  const told = await tell(db, findings, [...bot.channels.keys()], now, hour);
  if (told.length > 0) await wakeOutbox(bot);
  // What is made anew under one tag is told by what it is made of, which only a look shows.
  return !release.isPrerelease;
}
