/** A commit as people are told of it. */
export interface Commit {
  readonly sha: string;
  /** First line of the message. */
  readonly message: string;
  /** Name as the commit says it; empty when it says none. */
  readonly author: string;
  /** Address as the commit says it; empty when it says none. */
  readonly email: string;
  /** Epoch milliseconds of the commit (not of the push). */
  readonly at: number;
  readonly url: string;
}

/** A release, or a tag that has no release among those read with it. */
export interface Release {
  readonly kind: 'release' | 'tag';
  /** Node id of a release, `tag:<name>` of a tag. */
  readonly id: string;
  readonly tag: string;
  /** Name of a release; its tag where it has none. */
  readonly title: string;
  readonly isPrerelease: boolean;
  /** Epoch milliseconds: of the publication, or of the commit that is tagged (0: not known). */
  readonly at: number;
  readonly url: string;
}

/**
 * The newest ten releases (no drafts) and, of the newest ten tags, those without a release among
 * them; newest first. A tag can leave this list for its release and come back when that one is
 * old: who remembers a release as told remembers its tag too.
 */
export type Releases = readonly Release[];

/** What is left of an hour's points; `null` where GitHub did not say. */
export type Budget = {
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetAt: number;
} | null;

/** A repository as it is now: a renamed or transferred one shows its new owner and name. */
export interface HeadRepository {
  /** GitHub's own number: it stays through renames and transfers. */
  readonly id: number;
  readonly nodeId: string;
  readonly owner: string;
  readonly name: string;
  /** Has no commit at all. */
  readonly isEmpty: boolean;
  readonly isArchived: boolean;
  /** Taken out of service by GitHub. */
  readonly isDisabled: boolean;
  /** ISO 8601; `null`: never. */
  readonly pushedAt: string | null;
}

/** Where a branch stands. */
export interface Head {
  /** Node id of the ref: it stays when the repository is renamed. */
  readonly nodeId: string;
  readonly branch: string;
  /** SHA of the newest commit. */
  readonly head: string;
  readonly repository: HeadRepository;
}

/** Node ids to look at, at most 100 of each kind. */
export interface HeadsQuestion {
  /** Of refs. */
  readonly refs: readonly string[];
  /** Of repositories whose releases and tags are wanted. */
  readonly repositories: readonly string[];
}

/**
 * In the order of the question. `null`: no such ref or repository (any more), none the token may
 * see, or GitHub failed on this one; `headsByName` tells which.
 */
export interface Heads {
  readonly heads: readonly (Head | null)[];
  readonly releases: readonly (Releases | null)[];
  readonly budget: Budget;
}

/** A branch by its name in a repository, which is named by node id or by owner and name. */
export type NamedBranch = { readonly branch: string } & (
  | { readonly repositoryId: string }
  | { readonly owner: string; readonly name: string }
);

/** What became of a branch looked up by name. */
export type NamedHead =
  | ({ readonly kind: 'found' } & Head)
  | { readonly kind: 'no-branch'; readonly repository: HeadRepository }
  | { readonly kind: 'no-repository' };

/** A branch whose newest commits are wanted, under a key of the caller's. */
export interface HistoryQuestion {
  readonly key: string;
  readonly owner: string;
  readonly name: string;
  readonly branch: string;
}

/** The newest commits of a branch. */
export interface History {
  /** Newest first, at most 20. */
  readonly commits: readonly Commit[];
  /** How many there are on the branch in all. */
  readonly total: number;
}

/** What `head` has that `base` has not, and the other way round. */
export interface Comparison {
  /** `ahead`: pushed; `diverged`: rewritten; `behind`: set back to an older commit. */
  readonly status: 'ahead' | 'behind' | 'diverged' | 'identical';
  readonly aheadBy: number;
  readonly behindBy: number;
  /** How many commits `commits` would hold without its limit. */
  readonly total: number;
  /** Since the merge base, oldest first; at most 250, the newest always among them. */
  readonly commits: readonly Commit[];
  /** The same commits as GitHub's own objects. */
  readonly raw: readonly unknown[];
  /** The page that shows the comparison. */
  readonly url: string;
}

/** What there is to know of a repository before it is watched. */
export interface RepositoryDetails extends HeadRepository {
  readonly isPrivate: boolean;
  readonly stars: number;
  readonly forks: number;
  readonly avatarUrl: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly description: string | null;
  /** `null`: empty repository. */
  readonly defaultBranch: string | null;
  /** The branch asked for, or the default one when none was; `null`: there is none. */
  readonly branch: {
    readonly nodeId: string;
    readonly name: string;
    readonly head: string | null;
  } | null;
  readonly releases: Releases;
}

/** GitHub's own words about a repository, those that the seed's `/api/info/` passes on. */
export interface RepositoryCard {
  readonly name: string;
  /** Login. */
  readonly owner: string;
  readonly avatar_url: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly stargazers_count: number;
  readonly forks: number;
}
