import type { Bot } from '../../../bot/context.ts';
import type { Result } from '../../../lib/result.ts';
import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import { countAttempt } from '../../../store/loginAttempts.ts';
import { pauseMs } from '../polling/budget.ts';
import type { WatchProblem } from '../talk/texts.ts';
import { type Found, findRepository } from '../watching/find.ts';
import { type Card, keepCard, recallCard } from './cards.ts';

/** What a stranger may have looked up; each costs two of GitHub's 5,000 points an hour. */
const PER_SOURCE = { attempts: 20, windowMs: 10 * MINUTE_MS };
const OVERALL = { attempts: 300, windowMs: HOUR_MS };

const LONGEST_DESCRIPTION = 350;

export type CheckProblem =
  | { readonly reason: WatchProblem }
  | { readonly reason: 'wait'; readonly waitMs: number };

/**
 * Looks a repository up for the page that shows it, from what is known or at GitHub, as often as
 * strangers may.
 *
 * @param source where the question comes from, as `sourceOf` names it
 */
export async function checkRepository(
  bot: Bot,
  address: string,
  source: string,
): Promise<Result<Card, CheckProblem>> {
  const { db, runtime } = bot;
  const now = runtime.now();
  const known = await recallCard(db, address, now);
  if (known) return { ok: true, value: known };
  const waitMs =
    (await countAttempt(db, `check ${source}`, PER_SOURCE, now)) ||
    (await countAttempt(db, 'check *', OVERALL, now));
  if (waitMs > 0) return { ok: false, reason: 'wait', waitMs };
  if ((await pauseMs(db, now)) > 0) return { ok: false, reason: 'unavailable' };
  const card = await askGitHub(bot, address);
  if (card.ok) await keepCard(db, address, card.value, now);
  return card;
}

async function askGitHub(bot: Bot, address: string): Promise<Result<Card, CheckProblem>> {
  const asked = await findRepository(bot, address, null);
  const isBranchMissing = !asked.ok && asked.repository !== undefined;
  const found = isBranchMissing ? await findRepository(bot, asked.repository, null) : asked;
  if (!found.ok) return { ok: false, reason: found.reason };
  const branches = await branchesOf(bot, found.value);
  if (branches === null) return { ok: false, reason: 'unavailable' };
  const { repository, branch } = found.value;
  const { id, owner, name, description, avatarUrl, stars, forks } = repository;
  const { createdAt, updatedAt, isArchived, isEmpty } = repository;
  return {
    ok: true,
    value: {
      id,
      owner,
      name,
      description: description?.slice(0, LONGEST_DESCRIPTION).toWellFormed() ?? null,
      avatarUrl,
      stars,
      forks,
      createdAt,
      updatedAt,
      isArchived,
      isEmpty,
      branch: branch.name,
      isBranchMissing,
      branches,
    },
  };
}

async function branchesOf(bot: Bot, { repository, branch }: Found): Promise<string[] | null> {
  if (repository.isEmpty) return [branch.name];
  const named = await githubOf(bot)?.branchNames(repository.owner, repository.name);
  return named?.ok ? [...new Set([...named.value, branch.name])] : null;
}
