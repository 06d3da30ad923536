import type { Bot } from '../../../bot/context.ts';
import { type Result, unreachable } from '../../../lib/result.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import {
  branchCandidates,
  type GitHubFailure,
  isBranchName,
  parseRepositoryAddress,
  type RepositoryDetails,
} from '../../../platforms/github/source.ts';
import type { WatchProblem } from '../talk/texts.ts';

/** Whether repositories can be looked at, as the owner set it. */
export function isWatching(bot: Bot): boolean {
  return githubOf(bot) !== null;
}

/** A repository as GitHub knows it now, and the branch that is wanted. */
export interface Found {
  readonly repository: RepositoryDetails;
  /** `owner/name` as it was asked for, when the repository has another name now. */
  readonly renamedFrom: string | null;
  readonly branch: {
    readonly name: string;
    readonly nodeId: string | null;
    readonly head: string | null;
  };
}

export interface NotFound {
  readonly reason: WatchProblem;
  /** The repository, when only the branch is missing. */
  readonly repository?: string;
}

/**
 * Looks a repository up at GitHub, at once, so that a wrong address is told to the person who wrote
 * it. No branch: the default one.
 *
 * @param address any form (docs/platforms/github.md, Addresses)
 * @param branch as the person named it; `null`: what the address says, else the default branch
 */
export async function findRepository(
  bot: Bot,
  address: string,
  branch: string | null,
): Promise<Result<Found, NotFound>> {
  const github = githubOf(bot);
  if (github === null) return { ok: false, reason: 'off' };
  const parsed = parseRepositoryAddress(address);
  if (!parsed.ok) return { ok: false, reason: parsed.reason };
  const { owner, name } = parsed.value;
  const inAddress = parsed.value.branch;
  const wanted = branch ?? inAddress;
  if (branch !== null && !isBranchName(branch)) {
    return { ok: false, reason: 'no-branch', repository: `${owner}/${name}` };
  }
  const looked = await github.lookUp({
    owner,
    name,
    // In an address a path may follow the branch.
    branch: branch ?? (inAddress === null ? null : branchCandidates(inAddress)),
  });
  if (!looked.ok) return { ok: false, reason: problemOf(looked) };
  const repository = looked.value;
  if (repository.isPrivate) return { ok: false, reason: 'private' };
  if (repository.isDisabled) return { ok: false, reason: 'blocked' };
  const isRenamed =
    `${repository.owner}/${repository.name}`.toLowerCase() !== `${owner}/${name}`.toLowerCase();
  const renamedFrom = isRenamed ? `${owner}/${name}` : null;
  if (repository.branch) {
    return { ok: true, value: { repository, renamedFrom, branch: repository.branch } };
  }
  if (repository.isEmpty) {
    const first = { name: wanted ?? repository.defaultBranch ?? 'main', nodeId: null, head: null };
    return { ok: true, value: { repository, renamedFrom, branch: first } };
  }
  return { ok: false, reason: 'no-branch', repository: `${owner}/${name}` };
}

function problemOf({ reason }: GitHubFailure): WatchProblem {
  switch (reason) {
    case 'not-found':
    case 'forbidden':
      return 'not-found';
    case 'blocked':
      return 'blocked';
    case 'empty':
    case 'unauthorized':
    case 'rate-limited':
    case 'too-heavy':
    case 'unavailable':
    case 'invalid':
      return 'unavailable';
    default:
      return unreachable(reason);
  }
}

/** `owner/name` of the repository with GitHub's number, as a deep link brings it. */
export async function addressOfId(
  bot: Bot,
  id: number,
): Promise<Result<string, { readonly reason: WatchProblem }>> {
  const github = githubOf(bot);
  if (github === null) return { ok: false, reason: 'off' };
  const named = await github.fullNameOf(id);
  return named.ok ? named : { ok: false, reason: problemOf(named) };
}
