import type { Bot } from '../../bot/context.ts';
import { createGitHubSource } from './api/appAuth.ts';
import type { GitHubClient } from './api/client.ts';
import { githubSettings } from './settings.ts';

const clients = new WeakMap<object, GitHubClient | null>();

/** GitHub for one invocation; `null` when there is neither a token nor an app. */
export function githubOf(bot: Pick<Bot, 'config' | 'read' | 'runtime'>): GitHubClient | null {
  const known = clients.get(bot);
  if (known !== undefined) return known;
  const { config, read, runtime } = bot;
  const { apiUrl, token, app } = read(githubSettings);
  const { contact } = config;
  const client =
    token === null && app === null
      ? null
      : createGitHubSource({ runtime, apiUrl, contact, token, app });
  clients.set(bot, client);
  return client;
}
