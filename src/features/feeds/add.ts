import type { Bot } from '../../bot/context.ts';
import { unreachable } from '../../lib/result.ts';
import { newestOf } from './choose.ts';
import { marksOf } from './identity.ts';
import { feedsOfPage, knownFeeds } from './source/discover.ts';
import type { ReadFeed } from './source/types.ts';
import { type FeedOutcome, visitFeed } from './source/visit.ts';
import { addFeed, countFeeds, type Feed, feedByUrl } from './store.ts';

const MOST_FEEDS = 200;

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
  return (await visitFeed({ runtime, contact, timeZone, trustedHosts }, url, {})).outcome;
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
  const known = feed.items.filter((item) => item !== newest).map(marksOf);
  const title = feed.title === '' ? (URL.parse(url)?.host ?? url) : feed.title;
  await addFeed(db, { url, title, siteUrl: feed.siteUrl, ...where, known }, runtime.now());
  return (await feedByUrl(db, url)) ?? 'full';
}
