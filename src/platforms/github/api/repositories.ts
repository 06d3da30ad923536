import * as v from 'valibot';
import { isOwner, isRepositoryName } from './addresses.ts';
import type { GitHubCaller } from './call.ts';
import type { GitHubResult } from './failure.ts';
import { refused } from './failure.ts';
import { messageParts } from './news.ts';
import { instantSchema } from './readRepository.ts';
import type { Commit, Comparison, RepositoryCard } from './types.ts';

const MAX_COMMITS = 250;

const cardSchema = v.object({
  name: v.string(),
  owner: v.object({ login: v.string(), avatar_url: v.string() }),
  created_at: v.string(),
  updated_at: v.string(),
  stargazers_count: v.number(),
  forks_count: v.number(),
});
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
  ahead_by: v.number(),
  behind_by: v.number(),
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
  const { status, ahead_by, behind_by, total_commits, commits, html_url } = told.value;
  const raw = commits.slice(-MAX_COMMITS);
  const read = v.safeParse(v.array(commitSchema), raw);
  if (!read.success) return refused('invalid', 'unreadable commits');
  return {
    ok: true,
    value: {
      status,
      aheadBy: ahead_by,
      behindBy: behind_by,
      total: total_commits,
      commits: read.output.map(commitOf),
      raw,
      url: html_url,
    },
  };
}

/** What GitHub's own card of a repository says. */
export async function card(
  call: GitHubCaller,
  owner: string,
  name: string,
): Promise<GitHubResult<RepositoryCard>> {
  const path = pathOf(owner, name);
  if (path === null) return notARepository();
  const told = await call.rest(path, cardSchema);
  if (!told.ok) return told;
  const { value } = told;
  return {
    ok: true,
    value: {
      name: value.name,
      owner: value.owner.login,
      avatar_url: value.owner.avatar_url,
      created_at: value.created_at,
      updated_at: value.updated_at,
      stargazers_count: value.stargazers_count,
      forks: value.forks_count,
    },
  };
}

/** `owner/name`, as it is now, of the repository with GitHub's number. */
export async function fullNameOf(call: GitHubCaller, id: number): Promise<GitHubResult<string>> {
  const told = await call.rest(`/repositories/${id}`, v.object({ full_name: v.string() }));
  return told.ok ? { ok: true, value: told.value.full_name } : told;
}

/** `null` for what would lead to another address, such as `..`. */
function pathOf(owner: string, name: string): string | null {
  return isOwner(owner) && isRepositoryName(name) ? `/repos/${owner}/${name}` : null;
}

function notARepository() {
  return refused('not-found', 'no possible name of a repository');
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
