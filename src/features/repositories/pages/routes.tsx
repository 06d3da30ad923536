import type { Context } from 'hono';
import { createRoutes, type Routes } from '../../../bot/http.ts';
import { missingPage } from '../../../ui/admin/confirm.tsx';
import { languageOf } from '../../../ui/language.ts';
import { securePages } from '../../../ui/secure.ts';
import { readActivity, readHistory } from '../polling/history.ts';
import { watchedRepositories, watchedRepository } from '../store/history.ts';
import { atomFeed, texts } from './feed.ts';
import { RepositoriesPage, RepositoryPage } from './page.tsx';

/** GitHub sends on to the second for the picture of an account by its name. */
const AVATARS = ['https://github.com', 'https://avatars.githubusercontent.com'];

/** A page stays under 60 KB with as many of the longest. */
const ENTRIES_A_PAGE = 20;
const ENTRIES_A_FEED = 30;
const REPOSITORIES_A_PAGE = 100;
const ACTIVE_DAYS = 30;

/**
 * `/repos`: what is watched; `/repos/:id`: what happened in a repository that somebody watches, and
 * the same as a feed. Nothing tells who does. To be mounted there.
 */
export function repoRoutes(): Routes {
  const routes = createRoutes();
  const pages = securePages(undefined, () => ({ pictures: AVATARS }));

  routes.get('/:id/feed.atom', async (context) => {
    const bot = context.get('bot');
    const { publicUrl: origin } = bot;
    const id = idOf(context.req.param('id'));
    const repository = id && (await watchedRepository(bot.db, id));
    if (!repository || origin === null) return context.text('not found', 404);
    const language = languageOf(context);
    const { entries } = await readHistory(bot, repository.id, {
      before: null,
      most: ENTRIES_A_FEED,
      language,
    });
    const feed = atomFeed({ repository, entries, origin, now: bot.runtime.now(), language });
    return context.body(feed, 200, {
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'private, max-age=600',
    });
  });

  routes.get('/:id', pages, async (context) => {
    const bot = context.get('bot');
    const { timeZone: zone } = bot.config;
    const id = idOf(context.req.param('id'));
    const repository = id && (await watchedRepository(bot.db, id));
    if (!repository) return notFound(context);
    const language = languageOf(context);
    const before = idOf(context.req.query('before') ?? '');
    const [history, days] = await Promise.all([
      readHistory(bot, repository.id, { before, most: ENTRIES_A_PAGE, language }),
      before === null ? readActivity(bot, repository.id, ACTIVE_DAYS) : null,
    ]);
    return context.html(
      <RepositoryPage
        repository={repository}
        history={history}
        days={days}
        isOlder={before !== null}
        now={bot.runtime.now()}
        zone={zone}
        language={language}
      />,
    );
  });

  routes.get('/', pages, async (context) => {
    const { db } = context.get('bot');
    const after = idOf(context.req.query('after') ?? '') ?? 0;
    const found = await watchedRepositories(db, after, REPOSITORIES_A_PAGE + 1);
    const repositories = found.slice(0, REPOSITORIES_A_PAGE);
    const next = found.length > repositories.length ? (repositories.at(-1)?.id ?? null) : null;
    const language = languageOf(context);
    return context.html(
      <RepositoriesPage repositories={repositories} next={next} language={language} />,
    );
  });

  routes.get('*', pages, notFound);
  return routes;
}

/** A number of ours or of GitHub's; `null` for anything else. */
function idOf(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

function notFound(context: Context): Response | Promise<Response> {
  return missingPage(context, { title: texts.missing, text: texts.missingText });
}
