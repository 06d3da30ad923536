import type { DiscordHook } from '../discord/sandbox.ts';
import { shownText } from '../slack/message.ts';
import type { SlackHook } from '../slack/sandbox.ts';
import type { World } from '../world.ts';
import type { Place } from './page/state.ts';

const ENTRIES = 20;

/** The channels of Discord and Slack, with what was said in them. */
export function describePlaces({
  clock,
  discord,
  slack,
}: Pick<World, 'clock' | 'discord' | 'slack'>): Place[] {
  const now = clock.now();
  return [
    ...discord.hooks.map((hook) => ofDiscord(hook, now)),
    ...slack.hooks.map((hook) => ofSlack(hook, now)),
  ];
}

function ofDiscord(hook: DiscordHook, now: number): Place {
  return {
    id: hook.url,
    app: 'discord',
    channel: hook.channel,
    state: hook.isDeleted ? 'gone' : stateUntil(hook.quietUntil, now),
    entries: hook.messages.slice(-ENTRIES).map(({ id, at, content = '', embeds = [] }) => ({
      id,
      at,
      // Discord shows what a backslash escapes without it.
      text: [content, ...embeds.flatMap(({ title, description }) => [title, description])]
        .filter((part) => part !== undefined && part !== '')
        .join('\n')
        .replace(/\\([\\*_~|`>#[\]()<-])/g, '$1'),
    })),
  };
}

function ofSlack(hook: SlackHook, now: number): Place {
  return {
    id: hook.url,
    app: 'slack',
    channel: hook.channel,
    state: hook.state === 'open' ? stateUntil(hook.quietUntil, now) : 'gone',
    entries: hook.messages.slice(-ENTRIES).map((message, index) => ({
      id: `${index}-${message.at}`,
      at: message.at,
      text: shownText(message)
        .replace(/<[^|>]+\|([^>]+)>/g, '$1')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    })),
  };
}

function stateUntil(quietUntil: number, now: number): Place['state'] {
  return quietUntil > now ? 'quiet' : 'open';
}
