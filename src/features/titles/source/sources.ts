import type { Bot } from '../../../bot/context.ts';
import type { Source } from '../../../bot/source/types.ts';
import { titleSettings } from '../settings.ts';
import { createNetflixSource } from './netflix.ts';
import { createTmdbSource } from './tmdb.ts';

/** Netflix's own page. */
export function netflixSource({ read }: Pick<Bot, 'read'>): Source {
  return createNetflixSource({ pageUrl: read(titleSettings).pageUrl });
}

/** What stands in when Netflix's page fails; `null` when it is not configured. */
export function tmdbSource({ read }: Pick<Bot, 'read'>): Source | null {
  const { tmdbUrl: apiUrl, tmdbToken: token } = read(titleSettings);
  return token === null ? null : createTmdbSource({ apiUrl, token });
}
