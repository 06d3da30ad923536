import type { Bot } from '../../bot/context.ts';
import { unreachable } from '../../lib/result.ts';
import { decodeEntities } from '../../lib/web/decode.ts';
import { newestOf } from './job.ts';
import { marksOf, pageUrl, type ReadFeed } from './source/items.ts';
import { type FeedOutcome, visitFeed } from './source/read.ts';
import { addFeed, countFeeds, type Feed, feedByUrl, reviveFeed } from './store.ts';

const LINK = /<link\b[^>]{1,1000}>/gi;
const TYPES = /^application\/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml)$/i;
/** Where the feeds of a page's site are, for pages that do not say. */
const KNOWN: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /^https?:\/\/(?:m\.)?blog\.naver\.com\/(\w{3,30})/,
    ([, name = '']) => `https://rss.blog.naver.com/${name}.xml`,
  ],
  [/^https?:\/\/([\w-]+)\.tistory\.com/, ([, name = '']) => `https://${name}.tistory.com/rss`],
  [
    /^https?:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?(?:\/releases)?\/?$/,
    ([, name = '']) => `https://github.com/${name}/releases.atom`,
  ],
  [
    /^https?:\/\/(?:www\.)?youtube\.com\/channel\/([\w-]{10,40})/,
    ([, id = '']) => `https://www.youtube.com/feeds/videos.xml?channel_id=${id}`,
  ],
  [
    /^https?:\/\/(?:www\.|old\.)?reddit\.com\/(r\/\w{2,30})\/?$/,
    ([, name = '']) => `https://www.reddit.com/${name}/.rss`,
  ],
];

/**
 * The feeds that a page of the web names (`<link rel="alternate">`), or that its site is known to
 * have.
 */
export function feedsOfPage(html: string, url: string): readonly string[] {
  const named = [...html.slice(0, 200_000).matchAll(LINK)].flatMap(([tag]) => {
    const isFeed =
      /\balternate\b/i.test(attributeIn(tag, 'rel')) && TYPES.test(attributeIn(tag, 'type'));
    const page = isFeed ? pageUrl(attributeIn(tag, 'href'), url) : null;
    return page === null ? [] : [page];
  });
  return [...new Set([...named, ...knownFeeds(url)])].slice(0, 10);
}

/** Feeds that a site of this kind has, by the page's address alone. */
function knownFeeds(url: string): readonly string[] {
  return KNOWN.flatMap(([pattern, feed]) => {
    const match = pattern.exec(url);
    return match === null ? [] : [feed(match)];
  });
}

function attributeIn(tag: string, name: string): string {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
}

/** So many feeds are visited at most. */
export const MOST_FEEDS = 200;

/** What is at an address that somebody named. */
export type Found =
  | { readonly kind: 'feed'; readonly feed: ReadFeed; readonly url: string }
  /** `blocked`: by robots.txt or the site; `away`: no answer now. */
  | { readonly kind: 'not-a-feed' | 'refused' | 'blocked' | 'away' };

/** Looks for a feed at an address as people write it: the feed itself, or a page that names one. */
export async function findFeed(bot: Bot, text: string): Promise<Found> {
  const address = addressIn(text);
  if (address === null) return { kind: 'refused' };
  const [known = address] = knownFeeds(address);
  const first = await look(bot, known);
  if (first.kind !== 'page') return foundIn(first);
  const [named] = feedsOfPage(first.text, first.url);
  return named === undefined ? { kind: 'not-a-feed' } : foundIn(await look(bot, named));
}

async function look({ runtime, config }: Bot, url: string): Promise<FeedOutcome> {
  const { contact, timeZone, trustedHosts } = config;
  return (await visitFeed({ runtime, contact, timeZone, memory: {}, trustedHosts }, url)).outcome;
}

function foundIn(outcome: FeedOutcome): Found {
  switch (outcome.kind) {
    case 'feed':
      return outcome;
    case 'refused':
    case 'blocked':
      return { kind: outcome.kind };
    case 'unavailable':
      return { kind: 'away' };
    case 'not-modified':
    case 'page':
    case 'broken':
      return { kind: 'not-a-feed' };
    default:
      return unreachable(outcome);
  }
}

/** An address of the web; `https://` may be missing, `feed:` is another way to write it. */
function addressIn(text: string): string | null {
  const written = text
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:/i, 'https:');
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  return /\s/.test(written) || written.length > 1000 || !URL.canParse(whole) ? null : whole;
}

/** Whether words are meant as an address. */
export function isAddress(text: string): boolean {
  return /^(?:https?:|feed:)\/\/\S+$/i.test(text) || /^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/.test(text);
}

/**
 * Adds a feed with what is in it now.
 *
 * @param choice.tellsNewest the newest item is told at the next visit, as the first of its news
 * @returns `there`: it was added before; `full`: there are too many
 */
export async function keepFeed(
  bot: Bot,
  found: Extract<Found, { kind: 'feed' }>,
  choice: Pick<Feed, 'posts' | 'postLinks' | 'byOwner'> & { readonly tellsNewest: boolean },
): Promise<Feed | 'full'> {
  const { db, runtime } = bot;
  const { feed, url } = found;
  const { tellsNewest, ...where } = choice;
  if ((await countFeeds(db)) >= MOST_FEEDS) return (await feedByUrl(db, url)) ?? 'full';
  const newest = tellsNewest ? newestOf(feed.items) : null;
  const known = feed.items
    .filter((item) => item !== newest)
    .map((item) => marksOf(item, feed.siteUrl));
  const title = feed.title === '' ? (URL.parse(url)?.host ?? url) : feed.title;
  const now = runtime.now();
  await addFeed(db, { url, title, siteUrl: feed.siteUrl, ...where, known }, now);
  const kept = await feedByUrl(db, url);
  if (kept?.state === 'over') await reviveFeed(db, kept.id, now).run();
  return kept ?? 'full';
}
