import {
  createGitHubClient,
  type GitHubClient,
} from '../../../../src/platforms/github/api/client.ts';
import { type Recorded, recorder } from '../../x/api/recorder.ts';

export { json, NOW_MS, type Recorded } from '../../x/api/recorder.ts';

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
    pushedAt: '2026-11-22T02:00:00Z',
    ...changes,
  };
}

/** The same repository in the client's terms. */
export const repository = {
  id: 1,
  nodeId: 'R_1',
  owner: 'o',
  name: 'r',
  isEmpty: false,
  isArchived: false,
  isDisabled: false,
  pushedAt: '2026-11-22T02:00:00Z',
};

/** A branch as GraphQL tells it. */
export function branchRow(name: string, oid: string) {
  return { id: `REF_${name}`, name, target: { oid } };
}

/** Releases and tags of a repository that has none. */
export const noNews = {
  isPrivate: false,
  url: 'https://github.com/o/r',
  releases: { nodes: [] },
  tags: { nodes: [] },
};
