import { Hono } from 'hono';
import { say } from '../../../lib/text.ts';
import { checkPublicUrl } from '../../../lib/web/publicAddress.ts';
import { attribute, readXml, type XmlElement } from '../../../lib/xml.ts';
import { writeSetting } from '../../../store/settings.ts';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { findFeed, keepFeed, MOST_FEEDS } from '../add.ts';
import { OPEN_SETTING } from '../intent.ts';
import { addFeed, feedById, readFeeds, removeFeed, setFeedPosts } from '../store.ts';
import { feedsPage } from './page.tsx';
import { type done, removeQuestion, texts } from './texts.ts';

const PAGE = '/admin/feeds';
const ONE = '/:id{\\d{1,15}}';
/** `/admin/feeds`: a feed is looked at before it is added. */
export function feedsRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', (context) => feedsPage(context, null));
  // The language switch of a page that answered a form asks for its address.
  routes.get('/preview', (context) => context.redirect(PAGE, 303));
  routes.get('/add', (context) => context.redirect(PAGE, 303));

  routes.post('/preview', async (context) => {
    const address = context.get('form').get('address') ?? '';
    return feedsPage(context, { address, found: await findFeed(context.get('bot'), address) });
  });

  routes.post('/add', async (context) => {
    const form = context.get('form');
    const bot = context.get('bot');
    const address = form.get('address') ?? '';
    const found = await findFeed(bot, address);
    if (found.kind !== 'feed') return feedsPage(context, { address, found });
    const feed = await keepFeed(bot, found, {
      posts: form.has('posts'),
      postLinks: form.has('postLinks'),
      byOwner: true,
      tellsNewest: !form.has('silently'),
    });
    return feed === 'full' ? back(context, 'full') : back(context, 'added', { title: feed.title });
  });

  routes.get(`${ONE}/remove`, async (context) => {
    const feed = await feedById(context.get('bot').db, idOf(context));
    if (feed === null) return back(context, 'gone');
    return confirmPage(context, { ...removeQuestion, values: { title: feed.title }, under: PAGE });
  });
  routes.post(`${ONE}/remove`, async (context) => {
    await removeFeed(context.get('bot').db, idOf(context));
    return back(context, 'removed');
  });
  routes.post(`${ONE}/posts`, async (context) => {
    const { db } = context.get('bot');
    const feed = await feedById(db, idOf(context));
    if (feed === null) return back(context, 'gone');
    const { postLinks } = feed;
    await setFeedPosts(db, feed.id, { posts: context.get('form').has('on'), postLinks }).run();
    return back(context, 'changed');
  });

  routes.post('/open', async (context) => {
    const { db, runtime } = context.get('bot');
    await writeSetting(db, OPEN_SETTING, context.get('form').has('on'), runtime.now());
    return back(context, 'changed');
  });

  routes.get('/feeds.opml', async (context) => {
    const feeds = await readFeeds(context.get('bot').db, MOST_FEEDS);
    const opml = writeOpml(feeds, say(texts.title, context.get('language')));
    return context.body(opml, 200, {
      'content-type': 'text/x-opml; charset=utf-8',
      'content-disposition': 'attachment; filename="soshik-feeds.opml"',
    });
  });
  routes.get('/import', (context) => context.redirect(PAGE, 303));
  routes.post('/import', async (context) => {
    const count = await importOpml(context, context.get('form').get('opml') ?? '');
    return count === null ? back(context, 'notOpml') : back(context, 'imported', { count });
  });

  return routes;
}

/** How many feeds of the list are new; they are read at the next visits. `null`: it is no OPML. */
async function importOpml(context: AdminContext, text: string): Promise<number | null> {
  const bot = context.get('bot');
  const outlined = readOpml(text);
  if (outlined === null) return null;
  const reach = { allowHttp: true, trustedHosts: bot.config.trustedHosts };
  let count = 0;
  const there = await readFeeds(bot.db, MOST_FEEDS);
  for (const { title, url, siteUrl } of outlined.slice(0, MOST_FEEDS - there.length)) {
    const checked = checkPublicUrl(url, reach);
    if (!checked.ok || there.some((feed) => feed.url === checked.value.href)) continue;
    const where = { posts: false, postLinks: false, byOwner: true, known: null };
    const feed = { url: checked.value.href, title: title.slice(0, 200), siteUrl, ...where };
    if ((await addFeed(bot.db, feed, bot.runtime.now())) !== null) count += 1;
  }
  return count;
}

function idOf(context: AdminContext): number {
  return Number(context.req.param('id'));
}

function back(
  context: AdminContext,
  key: keyof typeof done,
  values: Readonly<Record<string, string | number>> = {},
): Response {
  return goOn(context, PAGE, { key: `feeds/${key}`, values });
}

const MOST_BYTES = 1_000_000;

/** A feed in an OPML list. */
export interface OutlinedFeed {
  readonly title: string;
  readonly url: string;
  readonly siteUrl: string | null;
}

/** The list as OPML 2.0 (opml.org/spec2). */
export function writeOpml(feeds: readonly OutlinedFeed[], title: string): string {
  const outlines = feeds.map(({ title: text, url, siteUrl }) => {
    const site = siteUrl === null ? '' : ` htmlUrl="${escapeXml(siteUrl)}"`;
    const name = escapeXml(text);
    return `    <outline type="rss" text="${name}" title="${name}" xmlUrl="${escapeXml(url)}"${site}/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>${escapeXml(title)}</title></head>
  <body>
${outlines.join('\n')}
  </body>
</opml>
`;
}

/** The feeds in an OPML list, in all its folders, each address once; `null` for what is no OPML. */
export function readOpml(text: string): readonly OutlinedFeed[] | null {
  if (text.length > MOST_BYTES) return null;
  const root = readXml(text)?.find(({ tagName }) => tagName.toLowerCase() === 'opml');
  if (root === undefined) return null;
  const found = new Map<string, OutlinedFeed>();
  const walk = (parent: XmlElement): void => {
    for (const child of parent.children) {
      if (typeof child === 'string') continue;
      const url = attribute(child, 'xmlUrl') || attribute(child, 'xmlurl');
      if (url !== '' && found.size < MOST_FEEDS && !found.has(url)) {
        const title = attribute(child, 'title') || attribute(child, 'text') || url;
        found.set(url, { title, url, siteUrl: attribute(child, 'htmlUrl') || null });
      }
      walk(child);
    }
  };
  walk(root);
  return [...found.values()];
}

function escapeXml(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
