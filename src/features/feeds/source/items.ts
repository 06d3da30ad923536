import { readDate } from './dates.ts';
import { plainText } from './plain.ts';
import type { FeedItem, ReadFeed } from './types.ts';

/** More than anybody reads at once; it bounds what a visit costs. */
export const MOST_ITEMS = 50;
const TITLE_LENGTH = 200;
const ID_LENGTH = 500;

/** Puts a feed together of what its format tells. */
export function feedOf(
  format: ReadFeed['format'],
  title: string,
  siteUrl: string | null,
  items: readonly (FeedItem | null)[],
): ReadFeed {
  return {
    format,
    title: plainText(title).slice(0, TITLE_LENGTH).trim(),
    siteUrl,
    items: items.flatMap((item) => item ?? []).slice(0, MOST_ITEMS),
  };
}

/** An item of what its format tells; `null` when it says nothing at all. */
export function itemOf({
  guid,
  link,
  titles,
  dates,
}: {
  readonly guid: string;
  readonly link: string | null;
  /** The first that says something counts. */
  readonly titles: readonly string[];
  readonly dates: readonly string[];
}): FeedItem | null {
  let title = '';
  for (const candidate of titles) {
    // What follows far behind is not read, so that a whole article costs nothing.
    title ||= plainText(candidate.slice(0, 4000)).slice(0, TITLE_LENGTH).trim();
  }
  title ||= link ?? '';
  if (title === '') return null;
  const dated = dates.find((date) => date !== '');
  return {
    guid: guid === '' ? null : guid.slice(0, ID_LENGTH),
    link,
    title,
    dated: dated === undefined ? null : readDate(dated),
  };
}

/** An address of the web, whole and without what a blog adds to count its readers. */
export function pageUrl(text: string, base: string): string | null {
  if (text === '' || text.length > 2000) return null;
  const url = URL.parse(text, base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') return null;
  for (const name of Array.from(url.searchParams.keys())) {
    if (/^(?:utm_\w+|fromRss|trackingCode|fbclid|gclid)$/.test(name)) url.searchParams.delete(name);
  }
  return url.href;
}
