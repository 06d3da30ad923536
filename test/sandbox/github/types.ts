/** Who wrote a commit; `login` when GitHub knows the account behind the address. */
export interface Author {
  readonly name: string;
  readonly email: string;
  readonly login: string | null;
}

export interface Commit {
  readonly sha: string;
  /** A merge has two. */
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Author;
  /** Epoch milliseconds; author and committer date are the same. */
  readonly at: number;
  /** Grows with every commit of the world: breaks ties of `at`. */
  readonly serial: number;
}

export interface Branch {
  name: string;
  readonly nodeId: string;
  head: string;
}

export interface Tag {
  readonly name: string;
  readonly nodeId: string;
  /** The commit that is tagged. */
  commit: string;
  /** An annotated tag is an object of its own. */
  readonly annotation: {
    readonly oid: string;
    readonly message: string;
    readonly at: number;
  } | null;
}

export interface Release {
  readonly id: number;
  readonly nodeId: string;
  readonly tag: string;
  readonly title: string | null;
  readonly body: string;
  isPrerelease: boolean;
  isDraft: boolean;
  /** When its commit was made, or the draft: what GitHub orders by. */
  readonly createdAt: number;
  /** Null for a draft. */
  publishedAt: number | null;
}

/** A repository as it is now; change plain properties at will. */
export interface Repository {
  readonly id: number;
  readonly nodeId: string;
  owner: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isDisabled: boolean;
  /** `blocked`: taken down for its contents. `broken`: GitHub fails on it, and on it alone. */
  condition: 'ok' | 'blocked' | 'broken';
  stars: number;
  forks: number;
  description: string | null;
  readonly createdAt: number;
  updatedAt: number;
  pushedAt: number;
  defaultBranch: string;
  readonly branches: Map<string, Branch>;
  readonly tags: Map<string, Tag>;
  /** In the order they were made, the newest first. */
  readonly releases: Release[];
  /** Every commit GitHub still has, those no branch reaches included. */
  readonly commits: Map<string, Commit>;
}

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  /** The first is the default branch; default `main` alone. Each starts with the same commit. */
  readonly branches?: readonly string[];
  readonly isPrivate?: boolean;
  /** True: no commit and no branch yet. */
  readonly isEmpty?: boolean;
  readonly stars?: number;
  readonly forks?: number;
  readonly description?: string | null;
}

export interface NewCommit {
  readonly message: string;
  /** Default 하나. */
  readonly author?: string;
  readonly email?: string;
  readonly login?: string | null;
  /** Epoch milliseconds; default now. */
  readonly at?: number;
}

export interface NewRelease {
  readonly tag: string;
  readonly title?: string | null;
  readonly body?: string;
  readonly isPrerelease?: boolean;
  readonly isDraft?: boolean;
}

/** What a node id stands for. */
export type NodeObject =
  | { readonly kind: 'repository'; readonly repository: Repository }
  | { readonly kind: 'branch'; readonly repository: Repository; readonly branch: Branch }
  | { readonly kind: 'tag'; readonly repository: Repository; readonly tag: Tag }
  | { readonly kind: 'release'; readonly repository: Repository; readonly release: Release };

export function fullNameOf(repository: Repository): string {
  return `${repository.owner}/${repository.name}`;
}
