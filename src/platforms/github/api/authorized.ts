import type { Runtime } from '../../../lib/runtime.ts';
import { type GitHubApp, type InstallationTokenOptions, installationToken } from './appAuth.ts';
import { createGitHubClient, type GitHubClient } from './client.ts';
import { type GitHubResult, refused } from './failure.ts';

interface GitHubSourceOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  /** Who runs the bot: goes into the User-Agent. */
  readonly contact: string;
  /** A personal access token. */
  readonly token: string | null;
  /** Takes the place of the token. */
  readonly app: GitHubApp | null;
}

/**
 * GitHub for one invocation: as an app where there is one (its token is minted at the first call,
 * once), else with the owner's token. Without either every call is `unauthorized`.
 */
export function createGitHubSource(options: GitHubSourceOptions): GitHubClient {
  const { runtime, apiUrl, contact, token, app } = options;
  let minted: Promise<GitHubResult<string>> | null = null;
  return createGitHubClient({
    runtime,
    apiUrl,
    contact,
    token: async () => {
      if (app !== null) {
        minted ??= mint({ runtime, apiUrl, contact, app });
        return minted;
      }
      return token === null
        ? refused('unauthorized', 'no token is set')
        : { ok: true, value: token };
    },
  });
}

async function mint(options: InstallationTokenOptions): Promise<GitHubResult<string>> {
  const made = await installationToken(options);
  return made.ok ? { ok: true, value: made.value.token } : made;
}
