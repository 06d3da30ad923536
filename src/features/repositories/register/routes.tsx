import { createRoutes, type Routes, sourceAt } from '../../../bot/http.ts';
import { chatPlaces } from '../../../bot/receive.ts';
import { dayOf } from '../../../lib/time.ts';
import { languageOf, say } from '../../../ui/language.ts';
import { Layout } from '../../../ui/layout.tsx';
import { securePages } from '../../../ui/secure.ts';
import { watchProblems } from '../talk/texts.ts';
import { isWatching } from '../watching/find.ts';
import { readChoice } from './choice.ts';
import { isCodeDone } from './code.ts';
import { hookRoutes } from './hookRoutes.ts';
import { listRoutes } from './listPages.tsx';
import { AVATARS, REGISTER_PATH, REGISTER_SCRIPT } from './parts.tsx';
import { Registration } from './steps.tsx';
import { pageToken, viewOf } from './view.ts';
import { texts } from './words.ts';

/** `/register`: a repository in four steps, each a page. To be mounted there. */
export function registerRoutes(): Routes {
  const routes = createRoutes();
  const pages = securePages(undefined, () => ({ pictures: [AVATARS], scripts: true }));
  routes.get('/', pages, async (context) => {
    const bot = context.get('bot');
    const language = languageOf(context);
    const url = new URL(context.req.url);
    const places = await chatPlaces(bot);
    const choice = readChoice(url.searchParams);
    const [source, around] = await Promise.all([sourceAt(context), sourceAt(context, true)]);
    const view = (await isWatching(bot))
      ? await viewOf(bot, places, choice, {
          headers: context.req.raw.headers,
          source,
          around,
          language,
        })
      : null;
    url.searchParams.delete('lang');
    const title = say(texts.title, language);
    return context.html(
      <Layout
        language={language}
        title={title}
        menu={<span class="spacer" />}
        path={`${REGISTER_PATH}${url.search}`}
        head={REGISTER_SCRIPT}
      >
        <h1 class={view === null ? undefined : 'unseen'}>{title}</h1>
        {view === null ? (
          <p class="lead">{watchProblems.off[language]()}</p>
        ) : (
          <Registration
            view={view}
            choice={choice}
            places={places}
            token={await pageToken(bot)}
            today={dayOf(bot.runtime.now(), bot.config.timeZone)}
            language={language}
          />
        )}
      </Layout>,
      view === null ? 404 : 200,
    );
  });
  // Asked by the page that shows a code: only it knows its ticket.
  routes.get('/done', async (context) =>
    context.json(
      { done: await isCodeDone(context.get('bot'), context.req.query('ticket') ?? '') },
      200,
      { 'cache-control': 'no-store' },
    ),
  );
  routes.route('/', listRoutes());
  routes.route('/', hookRoutes());
  return routes;
}
