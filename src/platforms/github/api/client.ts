import * as v from 'valibot';
import { isOwner } from './addresses.ts';
import { type GitHubFailureReason, type GitHubResult, refused } from './answer.ts';
import type { GitHubClientOptions } from './call.ts';
import { createCaller, type GitHubCaller } from './call.ts';
import { fittingBranches, heads, headsByName } from './heads.ts';
import {
  branchNames,
  type CompareQuestion,
  compare,
  fullNameOf,
  type LookUpQuestion,
  lookUp,
  lookUpMany,
} from './lookUp.ts';
import { news } from './news.ts';
import type {
  Comparison,
  FittingBranches,
  FittingQuestion,
  Heads,
  HeadsQuestion,
  NamedBranch,
  NamedHead,
  News,
  NewsQuestion,
  RepositoryDetails,
  Stars,
} from './types.ts';

/** GitHub's APIs for one token. No call throws; what went wrong is in the result. */
export interface GitHubClient {
  /** All about one repository and one branch of it; one call. */
  readonly lookUp: (question: LookUpQuestion) => Promise<GitHubResult<RepositoryDetails>>;
  /** Of at most 40, by `owner/name`: all about each, or why not; one call. */
  readonly lookUpMany: (
    names: readonly string[],
  ) => Promise<GitHubResult<readonly (RepositoryDetails | GitHubFailureReason)[]>>;
  /** The default branch first; at most 100. */
  readonly branchNames: (owner: string, name: string) => Promise<GitHubResult<readonly string[]>>;
  /** `owner/name`, as it is now, of the repository with GitHub's number. */
  readonly fullNameOf: (id: number) => Promise<GitHubResult<string>>;
  /** At most 100 refs, 100 repositories and 20 patterns, by node id; one call. */
  readonly heads: (question: HeadsQuestion) => Promise<GitHubResult<Heads>>;
  /** At most 100 branches by name; one call. `null`: GitHub failed on this one. */
  readonly headsByName: (
    branches: readonly NamedBranch[],
  ) => Promise<GitHubResult<readonly (NamedHead | null)[]>>;
  /** A further page of the branches that may fit a pattern; `null`: no such repository. */
  readonly fittingBranches: (
    question: FittingQuestion,
    after: string | null,
  ) => Promise<GitHubResult<FittingBranches | null>>;
  /** At most 40 branches and repositories; one call. */
  readonly news: (question: NewsQuestion) => Promise<GitHubResult<News>>;
  /** What an account starred, newest first; `page` from 1. */
  readonly stars: (login: string, page: number) => Promise<GitHubResult<Stars>>;
  readonly compare: (question: CompareQuestion) => Promise<GitHubResult<Comparison>>;
  /** Whether GitHub takes the token; costs nothing of its limit. */
  readonly check: () => Promise<GitHubResult<unknown>>;
}

/**
 * A client for one token.
 *
 * @example
 * const github = createGitHubClient({ runtime, apiUrl, contact, token });
 * const found = await github.lookUp({ owner: 'octocat', name: 'hello-world', branch: null });
 */
export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const call = createCaller(options);
  return {
    lookUp: (question) => lookUp(call, question),
    lookUpMany: (names) => lookUpMany(call, names),
    branchNames: (owner, name) => branchNames(call, owner, name),
    fullNameOf: (id) => fullNameOf(call, id),
    heads: (question) => heads(call, question),
    headsByName: (branches) => headsByName(call, branches),
    fittingBranches: (question, after) => fittingBranches(call, question, after),
    news: (question) => news(call, question),
    stars: (login, page) => stars(call, login, page),
    compare: (question) => compare(call, question),
    check: () => call.rest('/rate_limit', v.unknown()),
  };
}

const starsSchema = v.array(v.object({ full_name: v.string(), private: v.boolean() }));

/**
 * What an account starred, newest first, a hundred a page (docs/platforms/github.md, Stars).
 * `not-found`: there is no such account; none at all also where it shows its stars to nobody.
 *
 * @param page from 1
 */
async function stars(
  call: GitHubCaller,
  login: string,
  page: number,
): Promise<GitHubResult<Stars>> {
  if (!isOwner(login)) return refused('not-found', 'no possible name of an account');
  const query = `sort=created&direction=desc&per_page=100&page=${page}`;
  const told = await call.page(`/users/${login}/starred?${query}`, starsSchema);
  if (!told.ok) return told;
  const { items, hasNext } = told.value;
  const names = items.flatMap((one) => (one.private ? [] : one.full_name));
  return { ok: true, value: { names, next: hasNext ? page + 1 : null } };
}
