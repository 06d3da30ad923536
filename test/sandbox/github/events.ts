import {
  apiUrl,
  ownerJson,
  pushedCommitJson,
  releaseJson,
  repositoryJson,
  webUrl,
} from './json.ts';
import { type Commit, fullNameOf, type Release, type Repository } from './types.ts';

/** What happened to a repository, as its webhooks are told (docs/platforms/github.md, Webhooks). */
export interface RepositoryEvent {
  readonly name: 'push' | 'release' | 'repository' | 'create' | 'delete';
  readonly payload: object;
}

/** Tells the webhooks of a repository; the event is only made when there is one. */
export type Emit = (repository: Repository, event: () => RepositoryEvent) => void;

const noCommit = '0'.repeat(40);
const mostCommits = 2048;

export interface Push {
  /** `refs/heads/x` or `refs/tags/x`. */
  readonly ref: string;
  /** Null: the ref is new. */
  readonly before: string | null;
  /** Null: the ref is deleted. */
  readonly after: string | null;
  readonly isForced: boolean;
  /** Oldest first. */
  readonly commits: readonly Commit[];
}

export function pushEvent(repository: Repository, push: Push): RepositoryEvent {
  const { ref, isForced, commits } = push;
  const before = push.before ?? noCommit;
  const after = push.after ?? noCommit;
  const page = `${webUrl}/${fullNameOf(repository)}`;
  const head = push.after === null ? undefined : repository.commits.get(push.after);
  return {
    name: 'push',
    payload: {
      ref,
      before,
      after,
      created: push.before === null,
      deleted: push.after === null,
      forced: isForced,
      base_ref: null,
      compare: `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
      commits: commits.slice(-mostCommits).map((commit) => pushedCommitJson(repository, commit)),
      head_commit: head ? pushedCommitJson(repository, head) : null,
      repository: repositoryJson(repository),
      pusher: { name: repository.owner, email: `${repository.owner}@example.com` },
      sender: ownerJson(repository.owner),
    },
  };
}

/** A branch or tag that is new, or gone. */
export function refEvent(
  repository: Repository,
  name: 'create' | 'delete',
  type: 'branch' | 'tag',
  ref: string,
): RepositoryEvent {
  return {
    name,
    payload: {
      ref,
      ref_type: type,
      ...(name === 'create' && {
        master_branch: repository.defaultBranch,
        description: repository.description,
      }),
      pusher_type: 'user',
      repository: repositoryJson(repository),
      sender: ownerJson(repository.owner),
    },
  };
}

export function releaseEvent(
  repository: Repository,
  release: Release,
  action: 'created' | 'published' | 'released' | 'prereleased',
): RepositoryEvent {
  return {
    name: 'release',
    payload: {
      action,
      release: releaseJson(repository, release),
      repository: repositoryJson(repository),
      sender: ownerJson(repository.owner),
    },
  };
}

export type RepositoryAction =
  | 'renamed'
  | 'transferred'
  | 'deleted'
  | 'archived'
  | 'unarchived'
  | 'privatized'
  | 'publicized'
  | 'edited';

/** @param changes what the event says of the old state, of a rename or transfer */
export function repositoryEvent(
  repository: Repository,
  action: RepositoryAction,
  changes?: object,
): RepositoryEvent {
  return {
    name: 'repository',
    payload: {
      action,
      ...(changes && { changes }),
      repository: repositoryJson(repository),
      sender: ownerJson(repository.owner),
    },
  };
}

/** The first thing a new webhook gets. */
export function pingPayload(
  repository: Repository,
  hook: { readonly id: number; readonly url: string; readonly events: readonly string[] },
): object {
  return {
    zen: 'Keep it logically awesome.',
    hook_id: hook.id,
    hook: {
      type: 'Repository',
      id: hook.id,
      name: 'web',
      active: true,
      events: hook.events,
      config: { content_type: 'json', insecure_ssl: '0', url: hook.url },
      url: `${apiUrl}/repos/${fullNameOf(repository)}/hooks/${hook.id}`,
    },
    repository: repositoryJson(repository),
    sender: ownerJson(repository.owner),
  };
}
