import {
  createGitHubClient,
  type GitHubClient,
} from '../../../../src/platforms/github/api/client.ts';
import { type Recorded, recorder } from '../../../recorder.ts';

export { json, NOW_MS, type Recorded } from '../../../recorder.ts';

export const API_URL = 'https://api.github.example';
export const TOKEN = 'fake-github-token';

export interface Network {
  readonly client: GitHubClient;
  readonly sent: readonly Recorded[];
}

/** A client whose network is answered by the test and written down. */
export function network(respond: (call: Recorded) => Response | Promise<Response>): Network {
  const { runtime, sent } = recorder(respond);
  const client = createGitHubClient({
    runtime,
    apiUrl: API_URL,
    contact: 'owner@example.com',
    token: async () => ({ ok: true, value: TOKEN }),
  });
  return { client, sent };
}

/** What a recorded GraphQL call asked. */
export function question(call: Recorded | undefined): {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
} {
  return JSON.parse(call?.text ?? 'null');
}

/** A repository as GraphQL tells it. */
export function repositoryRow(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 'R_1',
    databaseId: 1,
    name: 'r',
    owner: { login: 'o', avatarUrl: 'https://avatars.example/o' },
    isEmpty: false,
    isPrivate: false,
    isArchived: false,
    isDisabled: false,
    ...changes,
  };
}

/** What a look asks of a repository, as GraphQL tells it. */
export function homeRow(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    nameWithOwner: 'o/r',
    isPrivate: false,
    isArchived: false,
    defaultBranchRef: { name: 'main' },
    ...changes,
  };
}

/** The same in the client's terms. */
export const repository = {
  owner: 'o',
  name: 'r',
  isPrivate: false,
  isArchived: false,
  defaultBranch: 'main',
};

/** A branch as GraphQL tells it. */
export function branchRow(name: string, oid: string) {
  return { id: `REF_${name}`, name, target: { oid } };
}

/** What tells that there are no releases and tags. */
export const noMark = {
  releases: { totalCount: 0, nodes: [] },
  latestRelease: null,
  refs: { totalCount: 0, nodes: [] },
};
