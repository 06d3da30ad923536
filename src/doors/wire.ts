import { configOf } from '../bot/config.ts';
import type { Bot } from '../bot/context.ts';
import { createTwitterChannel } from '../channels/twitter.ts';
import type { Channel } from '../channels/types.ts';
import type { Runtime } from '../lib/runtime.ts';
import { createTwitterClient } from '../platforms/twitter/client.ts';
import { createNetflixSource } from '../sources/netflix.ts';
import { createTmdbSource } from '../sources/tmdb.ts';

/** Puts the bot together from the Worker's bindings: the one place that knows all its parts. */
export function wire(env: Env, runtime: Runtime): Bot {
  const config = configOf(env);
  const { account, apiUrl } = config.twitter;
  const channels = new Map<string, Channel>();
  if (account) {
    const { userId, ...credentials } = account;
    const client = createTwitterClient({ runtime, apiUrl, credentials });
    const channel = createTwitterChannel({ clientOf: (id) => (id === userId ? client : null) });
    channels.set(channel.id, channel);
  }
  return {
    config,
    runtime,
    db: env.DB,
    media: env.MEDIA,
    events: env.EVENTS,
    polls: env.POLLS,
    deliveries: env.DELIVERIES,
    channels,
    sources: {
      netflix: createNetflixSource({ pageUrl: config.netflix.pageUrl }),
      tmdb:
        config.tmdb.token === null
          ? null
          : createTmdbSource({ apiUrl: config.tmdb.apiUrl, token: config.tmdb.token }),
    },
  };
}
