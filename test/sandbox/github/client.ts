import type { SandboxClock } from '../clock.ts';
import { createClock } from '../clock.ts';
import { apiUrl } from './json.ts';
import { createGitHub, type GitHubOptions, type GitHubSandbox } from './sandbox.ts';

const startAt = Date.UTC(2026, 10, 22, 3);
export const token = 'fake-user-token';

/** An answer read to its end; `json` is null for a body that is none. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** Headers over those that are required; null takes one away. */
type Changes = Readonly<Record<string, string | null>>;

export interface Setup {
  readonly clock: SandboxClock;
  readonly github: GitHubSandbox;
  readonly get: (path: string, headers?: Changes) => Promise<Told>;
  readonly query: (query: string, variables?: object, headers?: Changes) => Promise<Told>;
  readonly post: (path: string, headers: Changes) => Promise<Told>;
}

/** A GitHub with `hana/garden` (branches `main` and `feat/x`), and a client of a few lines. */
export function setUp(options: Partial<GitHubOptions> = {}): Setup {
  const clock = createClock(startAt, false);
  const { sandbox, handle } = createGitHub(clock, { token, ...options });
  sandbox.addRepository({ owner: 'hana', name: 'garden', branches: ['main', 'feat/x'], stars: 3 });

  async function send(
    path: string,
    init: { readonly method: string; readonly body?: string },
    changes: Changes,
  ): Promise<Told> {
    const headers = new Headers({
      authorization: `Bearer ${token}`,
      'user-agent': 'soshik-test',
      'x-github-api-version': '2026-03-10',
    });
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const answer = await handle(new Request(apiUrl + path, { ...init, headers }));
    const text = new TextDecoder().decode(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, text, json: jsonOf(text) };
  }

  return {
    clock,
    github: sandbox,
    get: (path, headers = {}) => send(path, { method: 'GET' }, headers),
    post: (path, headers) => send(path, { method: 'POST' }, headers),
    query: (query, variables = {}, headers = {}) =>
      send('/graphql', { method: 'POST', body: JSON.stringify({ query, variables }) }, headers),
  };
}

/** Where a branch stands. */
export function headOf(github: GitHubSandbox, fullName: string, branch = 'main'): string {
  return github.repository(fullName).branches.get(branch)?.head ?? '';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
