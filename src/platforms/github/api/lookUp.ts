import * as v from 'valibot';
import { isBranchName } from './addresses.ts';
import {
  failedItems,
  type GitHubFailureReason,
  type GitHubResult,
  type HiddenItem,
  refused,
} from './answer.ts';
import type { GitHubCaller } from './call.ts';
import { messageParts } from './news.ts';
import {
  BRANCH_NAMES,
  branchSchema,
  instantSchema,
  lookUpManyQuery,
  lookUpQuery,
  repositorySchema,
} from './queries.ts';
import type { Commit, Comparison, RepositoryDetails } from './types.ts';

const MAX_COMMITS = 250;

const personSchema = v.object({
  name: v.nullish(v.string()),
  email: v.nullish(v.string()),
});
const commitSchema = v.object({
  sha: v.string(),
  html_url: v.string(),
  author: v.nullish(v.object({ login: v.optional(v.string(), '') })),
  parents: v.optional(v.array(v.unknown())),
  commit: v.object({
    message: v.string(),
    author: v.nullish(personSchema),
    committer: v.nullish(v.object({ date: v.optional(instantSchema) })),
  }),
});
const comparisonSchema = v.object({
  status: v.picklist(['ahead', 'behind', 'diverged', 'identical']),
  total_commits: v.number(),
  commits: v.array(v.unknown()),
  html_url: v.string(),
});

/** Which commits `head` has that `base` has not; each a SHA or a branch's name. */
export interface CompareQuestion {
  /** GitHub's number: under an old name there may be another repository by now. */
  readonly repository: number;
  readonly base: string;
  readonly head: string;
}

/** `not-found`: also when `base` is a commit that no branch holds any more. */
export async function compare(
  call: GitHubCaller,
  { repository, base, head }: CompareQuestion,
): Promise<GitHubResult<Comparison>> {
  const range = `${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
  const path = `/repositories/${repository}/compare/${range}`;
  const told = await call.rest(path, comparisonSchema);
  if (!told.ok) return told;
  const { status, total_commits, commits, html_url } = told.value;
  const raw = commits.slice(-MAX_COMMITS);
  const read = v.safeParse(v.array(commitSchema), raw);
  if (!read.success) return refused('invalid', 'unreadable commits');
  return {
    ok: true,
    value: {
      status,
      total: total_commits,
      commits: read.output.map(commitOf),
      raw,
      url: html_url,
    },
  };
}

const namedSchema = v.object({ full_name: v.string(), private: v.optional(v.boolean(), false) });

/** `owner/name`, as it is now, of the public repository with GitHub's number. */
export async function fullNameOf(call: GitHubCaller, id: number): Promise<GitHubResult<string>> {
  const told = await call.rest(`/repositories/${id}`, namedSchema);
  if (!told.ok) return told;
  return told.value.private
    ? refused('not-found', 'private')
    : { ok: true, value: told.value.full_name };
}

function commitOf(row: v.InferOutput<typeof commitSchema>): Commit {
  const { sha, html_url, author, commit, parents } = row;
  return {
    sha,
    ...messageParts(commit.message),
    author: commit.author?.name ?? '',
    login: author?.login ?? '',
    isMerge: parents === undefined ? null : parents.length > 1,
    email: commit.author?.email ?? '',
    at: commit.committer?.date ?? 0,
    url: html_url,
  };
}

const MAX_CANDIDATES = 20;

const wantedSchema = v.object({
  ...branchSchema.entries,
  target: v.nullable(
    v.object({ oid: v.string(), history: v.optional(v.object({ totalCount: v.number() })) }),
  ),
});
const detailsEntries = {
  ...repositorySchema.entries,
  stargazerCount: v.number(),
  forkCount: v.number(),
  createdAt: v.string(),
  updatedAt: v.string(),
  description: v.nullable(v.string()),
  defaultBranchRef: v.nullable(wantedSchema),
};
const detailsSchema = v.object(detailsEntries);
const dataSchema = v.object({
  // The rest are the candidates, `b0` and so on.
  repository: v.nullable(v.objectWithRest(detailsEntries, v.unknown())),
});
const namesSchema = v.object({
  repository: v.nullable(
    v.object({
      defaultBranchRef: v.nullable(v.object({ name: v.string() })),
      refs: v.nullable(
        v.object({ nodes: v.nullable(v.array(v.nullable(v.object({ name: v.string() })))) }),
      ),
    }),
  ),
});

/** A repository, and which branch of it is meant. */
export interface LookUpQuestion {
  readonly owner: string;
  readonly name: string;
  /**
   * `null`: the default branch. Several candidates (`branchCandidates`): the one that exists; git
   * lets no two of them exist beside each other.
   */
  readonly branch: string | readonly string[] | null;
}

/** Everything there is to know before a repository is watched, in one call. */
export async function lookUp(
  call: GitHubCaller,
  { owner, name, branch }: LookUpQuestion,
): Promise<GitHubResult<RepositoryDetails>> {
  const asked = branch === null ? [] : [branch].flat();
  const candidates = asked.filter(isBranchName).slice(-MAX_CANDIDATES);
  const refs = candidates.map((candidate, i) => [`b${i}`, `refs/heads/${candidate}`]);
  const query = lookUpQuery(candidates.length);
  const variables = { owner, name, ...Object.fromEntries(refs) };
  const told = await call.graphql({ query, variables, isBatch: false }, dataSchema);
  if (!told.ok) return told;
  const { repository } = told.value.data;
  if (repository === null || failedItems(told.value.hidden).size > 0) {
    return hiddenBecause(told.value.hidden);
  }
  const named = candidates.map((_, i) => repository[`b${i}`] ?? null);
  const found = v.safeParse(
    v.nullable(wantedSchema),
    branch === null ? repository.defaultBranchRef : (named.find((ref) => ref !== null) ?? null),
  );
  if (!found.success) return refused('invalid', 'unreadable branch');
  return { ok: true, value: detailsOf(repository, found.output) };
}

function detailsOf(
  repository: v.InferOutput<typeof detailsSchema>,
  branch: v.InferOutput<typeof wantedSchema> | null,
): RepositoryDetails {
  return {
    id: repository.databaseId,
    nodeId: repository.id,
    owner: repository.owner.login,
    name: repository.name,
    isEmpty: repository.isEmpty,
    isPrivate: repository.isPrivate,
    isArchived: repository.isArchived,
    isDisabled: repository.isDisabled,
    stars: repository.stargazerCount,
    forks: repository.forkCount,
    avatarUrl: repository.owner.avatarUrl,
    createdAt: repository.createdAt,
    updatedAt: repository.updatedAt,
    description: repository.description,
    defaultBranch: repository.defaultBranchRef?.name ?? null,
    branch: branch && {
      nodeId: branch.id,
      name: branch.name,
      head: branch.target?.oid ?? null,
      depth: branch.target?.history?.totalCount ?? null,
    },
  };
}

/**
 * Several repositories and their default branches, at most 40 in one call, as each asks for a
 * history (docs/platforms/github.md, GraphQL).
 *
 * @param names `owner/name`
 * @returns in their order; a reason for what GitHub did not show
 */
export async function lookUpMany(
  call: GitHubCaller,
  names: readonly string[],
): Promise<GitHubResult<readonly (RepositoryDetails | GitHubFailureReason)[]>> {
  const pairs = names.flatMap((fullName, i) => {
    const [owner = '', name = ''] = fullName.split('/');
    return [
      [`o${i}`, owner],
      [`n${i}`, name],
    ];
  });
  const query = lookUpManyQuery(names.length);
  const question = { query, variables: Object.fromEntries(pairs), isBatch: true };
  const told = await call.graphql(question, v.record(v.string(), v.nullable(detailsSchema)));
  if (!told.ok) return told;
  const { data, hidden } = told.value;
  const why = new Map(hidden.map(({ path, reason }) => [path[0], reason]));
  const value = names.map((_, i) => {
    const found = data[`r${i}`] ?? null;
    const reason = why.get(`r${i}`);
    if (found === null || reason !== undefined) return reason ?? 'not-found';
    return detailsOf(found, found.defaultBranchRef);
  });
  return { ok: true, value };
}

/** Names of the branches, the default one first; at most 100. */
export async function branchNames(
  call: GitHubCaller,
  owner: string,
  name: string,
): Promise<GitHubResult<readonly string[]>> {
  const variables = { owner, name };
  const question = { query: BRANCH_NAMES, variables, isBatch: false };
  const told = await call.graphql(question, namesSchema);
  if (!told.ok) return told;
  const { repository } = told.value.data;
  if (repository === null || failedItems(told.value.hidden).size > 0) {
    return hiddenBecause(told.value.hidden);
  }
  const first = repository.defaultBranchRef?.name;
  const names = (repository.refs?.nodes ?? []).flatMap((node) => node?.name ?? []);
  const value = [...new Set(first === undefined ? names : [first, ...names])].slice(0, 100);
  return { ok: true, value };
}

function hiddenBecause(hidden: readonly HiddenItem[]) {
  const why = hidden.find(({ reason }) => reason === 'unavailable') ?? hidden[0];
  return refused(why?.reason ?? 'not-found', why?.detail ?? 'no such repository');
}
