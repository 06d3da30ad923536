import type { Bot } from '../../../bot/context.ts';
import { PACK, queueDeliveries } from '../../../bot/outbox/deliver.ts';
import { log } from '../../../lib/log.ts';
import type { GitHubSource } from '../../../platforms/github/source.ts';
import type { PolledBranch } from '../store/branches.ts';
import type { RepositoryMove } from '../store/repositories.ts';
import { type Change, type Findings, tell } from '../store/tell.ts';
import { keepPause } from './budget.ts';
import { type Decision, decide, fullNameOf, renaming } from './decide.ts';
import { look, type Sight } from './look.ts';
import { commitNews, type Moved } from './news.ts';
import { releaseNews } from './releases.ts';
import { startTalk, type Talk } from './talk.ts';

interface Visit {
  readonly talk: Talk;
  /** Pieces of news, and deliveries of them. */
  readonly changed: number;
  readonly told: number;
  /** Why the owner has to act. */
  readonly problem: string | null;
}

/** Looks at branches and their repositories, and hands what is new to the outbox. */
export async function visit(
  bot: Bot,
  github: GitHubSource,
  branches: readonly PolledBranch[],
): Promise<Visit> {
  const { db, runtime } = bot;
  const now = runtime.now();
  const talk = startTalk();
  const sight = await look(talk, github, branches);
  const decisions: Decision[] = [];
  const moved: Moved[] = [];
  for (const branch of branches) {
    const found = sight.heads.get(branch.id);
    if (!found) continue;
    const decision = decide(branch, found, now);
    if (decision !== 'moved') decisions.push(...(decision === null ? [] : [decision]));
    else if (found.kind === 'found') moved.push({ branch, found });
  }
  decisions.push(...(await commitNews(talk, github, moved, now)));
  await keepPause(db, talk, now);

  const news = repositoryNews(branches, sight, now);
  const findings: Findings = {
    changes: [...decisions.flatMap(({ change }) => change ?? []), ...news.changes],
    branches: decisions.map(({ move }) => move),
    repositories: news.repositories,
  };
  const ids = await tell(db, findings, [...bot.channels.keys()], now);
  await queueDeliveries(bot, ids, PACK.messages);
  log('repo-poll', {
    branches: branches.length,
    changes: findings.changes.length,
    told: ids.length,
    calls: talk.calls,
  });
  return {
    talk,
    changed: findings.changes.length,
    told: ids.length,
    problem: problemOf(talk, sight),
  };
}

/** Renames and releases of the repositories that were seen. */
function repositoryNews(
  branches: readonly PolledBranch[],
  { heads, releases }: Sight,
  now: number,
): Pick<Findings, 'changes' | 'repositories'> {
  const changes: Change[] = [];
  const repositories: RepositoryMove[] = [];
  const done = new Set<number>();
  for (const branch of branches) {
    const { id, owner, name, releasesKnown } = branch.repository;
    const head = heads.get(branch.id);
    if (!head || head.kind === 'no-repository' || done.has(id)) continue;
    done.add(id);
    const found = head.repository;
    const listed = releases.get(id);
    const released = listed && releaseNews(branch.repository, fullNameOf(found), listed);
    const renamed = renaming(branch.repository, found, now);
    const move = {
      id,
      was: { owner, name, releasesKnown },
      owner: found.owner,
      name: found.name,
      releasesKnown: released?.releasesKnown ?? releasesKnown,
    };
    changes.push(...(renamed ? [renamed] : []), ...(released?.changes ?? []));
    if (move.owner !== owner || move.name !== name || move.releasesKnown !== releasesKnown) {
      repositories.push(move);
    }
  }
  return { changes, repositories };
}

function problemOf({ stopped }: Talk, { isBlind }: Sight): string | null {
  if (isBlind) return 'GitHub shows none of the repositories to this token';
  const isRefused =
    stopped !== null && stopped !== 'no-calls-left' && stopped.reason === 'unauthorized';
  return isRefused ? 'GitHub refuses the token' : null;
}
