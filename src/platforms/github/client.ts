import type { Bot } from '../../bot/context.ts';
import { hasPatience } from '../../bot/talk/patience.ts';
import { createGitHubSource } from './api/appAuth.ts';
import type { GitHubClient } from './api/client.ts';
import { githubSettings } from './settings.ts';

const clients = new WeakMap<object, GitHubClient | null>();

/**
 * GitHub for one invocation; `null` when there is neither a token nor an app. What a person has it
 * asked counts for them: they cannot use up what watching needs.
 */
export function githubOf(
  bot: Pick<Bot, 'config' | 'read' | 'runtime' | 'db' | 'asker'>,
): GitHubClient | null {
  const known = clients.get(bot);
  if (known !== undefined) return known;
  const { config, read, runtime, asker } = bot;
  const { apiUrl, token, app } = read(githubSettings);
  const { contact } = config;
  const client =
    token === null && app === null
      ? null
      : createGitHubSource({
          runtime,
          apiUrl,
          contact,
          token,
          app,
          ...(asker && { mayAsk: () => hasPatience(bot, asker, 'lookup') }),
        });
  clients.set(bot, client);
  return client;
}
