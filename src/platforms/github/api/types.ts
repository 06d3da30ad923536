/** A commit as people are told of it. */
export interface Commit {
  readonly sha: string;
  /** First line of the message. */
  readonly message: string;
  /** What follows the first line; empty when there is nothing. */
  readonly body: string;
  /** Name as the commit says it; empty when it says none. */
  readonly author: string;
  /** The account at GitHub behind the address; empty when none is known. */
  readonly login: string;
  /** Address as the commit says it; empty when it says none. */
  readonly email: string;
  /** Joins two histories; `null`: not asked. */
  readonly isMerge: boolean | null;
  /** Epoch milliseconds of the commit (not of the push). */
  readonly at: number;
  readonly url: string;
}

/** A published release. */
export interface Release {
  readonly id: string;
  readonly tag: string;
  /** Its name; its tag where it has none. */
  readonly title: string;
  readonly isPrerelease: boolean;
  /** Epoch milliseconds of the publication. */
  readonly at: number;
  readonly url: string;
  /** SHA that is released; empty when it is not known. */
  readonly target: string;
  /** The beginning of its notes as plain lines; empty when there are none. */
  readonly notes: string;
}

/** A tag, whether there is a release of it or not. */
export interface Tag {
  readonly name: string;
  /** Epoch milliseconds of the commit or of the tag (0: not known). */
  readonly at: number;
  readonly url: string;
}

/** A part of a list, and how to ask for the next one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** How many there are in all. */
  readonly total: number;
  /** `null`: this is the last part. */
  readonly next: string | null;
}

/** A repository whose releases and tags are wanted, under a key of the caller's. */
export interface ReleasesQuestion {
  readonly key: string;
  /** Node id. */
  readonly repositoryId: string;
  /** How many of each, at most 100. */
  readonly most: number;
  /** Where to begin; `null`: with the newest; missing: not wanted. */
  readonly releases?: { readonly after: string | null };
  readonly tags?: { readonly after: string | null };
}

/** Releases by their creation (of the commit or draft, newest first), tags by their commit. */
export interface ReleasesPage {
  readonly releases: Page<Release> | null;
  readonly tags: Page<Tag> | null;
}

/** What is left of an hour's points; `null` where GitHub did not say. */
export type Budget = {
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetAt: number;
} | null;

/** What a look at a branch tells of its repository. */
export interface HeadRepository {
  /** As it is now: a renamed or transferred one shows its new owner and name. */
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** `null`: there is no branch at all. */
  readonly defaultBranch: string | null;
}

/** Where a branch stands. */
export interface Head {
  /** Node id of the ref: it stays when the repository is renamed, and when the branch is. */
  readonly nodeId: string;
  readonly branch: string;
  /** SHA of the newest commit. */
  readonly head: string;
  readonly repository: HeadRepository;
}

/** A branch of a list. */
export interface ListedBranch {
  readonly nodeId: string;
  readonly name: string;
  readonly head: string;
}

/** Branches whose names may fit a pattern: those with its longest fixed part in them. */
export interface FittingQuestion {
  readonly repositoryId: string;
  /** Empty: every branch. */
  readonly part: string;
}

export interface FittingBranches {
  readonly repository: HeadRepository;
  readonly branches: readonly ListedBranch[];
  /** How to ask for more; `null`: these are all. */
  readonly next: string | null;
}

/** Node ids to look at, at most 100 of each kind, and at most 20 patterns. */
export interface HeadsQuestion {
  /** Of refs. */
  readonly refs: readonly string[];
  /** Of repositories whose releases and tags are wanted. */
  readonly repositories: readonly string[];
  readonly patterns: readonly FittingQuestion[];
}

/**
 * In the order of the question. `null`: no such ref or repository (any more), none the token may
 * see, or GitHub failed on this one; `headsByName` tells which.
 */
export interface Heads {
  readonly heads: readonly (Head | null)[];
  /** A short text that is another when there may be a new release or tag. */
  readonly marks: readonly (string | null)[];
  readonly patterns: readonly (FittingBranches | null)[];
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
  /** Node id. */
  readonly repositoryId: string;
  readonly branch: string;
}

/** What is wanted of up to 40 branches and repositories, in one call. */
export interface NewsQuestion {
  readonly histories: readonly HistoryQuestion[];
  /** Whether each commit is a merge is wanted, too. */
  readonly hasParents: boolean;
  readonly releases: readonly ReleasesQuestion[];
}

/**
 * By key. `null`: no such branch or repository (any more), or a private one; missing: GitHub failed
 * on this one.
 */
export interface News {
  readonly histories: ReadonlyMap<string, History | null>;
  readonly releases: ReadonlyMap<string, ReleasesPage | null>;
}

/** The newest commits of a branch. */
export interface History {
  /** Newest first, at most 20. */
  readonly commits: readonly Commit[];
  /** How many there are on the branch in all. */
  readonly total: number;
  readonly isPrivate: boolean;
}

/** What `head` has that `base` has not, and the other way round. */
export interface Comparison {
  /** `ahead`: pushed; `diverged`: rewritten; `behind`: set back to an older commit. */
  readonly status: 'ahead' | 'behind' | 'diverged' | 'identical';
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
export interface RepositoryDetails {
  /** GitHub's own number: it stays through renames and transfers. */
  readonly id: number;
  readonly nodeId: string;
  /** As it is now. */
  readonly owner: string;
  readonly name: string;
  /** Has no commit at all. */
  readonly isEmpty: boolean;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Taken out of service by GitHub. */
  readonly isDisabled: boolean;
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
    /** How many commits the head can reach; `null`: not known. */
    readonly depth: number | null;
  } | null;
}

/** A page of the repositories somebody starred, newest first. */
export interface Stars {
  /** `owner/name` of the public ones. */
  readonly names: readonly string[];
  /** Number of the next page; `null`: this is the last one. */
  readonly next: number | null;
}
