import type { Result } from '../../../lib/result.ts';
import { attribute, childText, elementsOf, readXml, type XmlElement } from '../../../lib/xml.ts';
import { feedOf, itemOf, MOST_ITEMS, pageUrl } from './items.ts';
import { readJsonFeed } from './readJson.ts';
import type { FeedItem, ReadFeed } from './types.ts';

/**
 * Reads RSS 2.0 and its ancestors, RSS 1.0, Atom 1.0 and JSON Feed 1.1, as broken as they come.
 *
 * @param url where it was found; links may be relative to it
 * @returns why it is none, in a word for the owner
 */
export function readFeed(
  text: string,
  url: string,
): Result<ReadFeed, { readonly problem: 'not-a-feed' | 'a-page' | 'not-readable' }> {
  const start = text.replace(/^[\s\ufeff]+/, '').slice(0, 500);
  if (start.startsWith('{')) return readJsonFeed(text, url);
  if (/^<!doctype html|^<html[\s>]/i.test(start)) return { ok: false, problem: 'a-page' };
  const roots = readXml(shortened(text));
  if (roots === null) return { ok: false, problem: start === '' ? 'not-readable' : 'not-a-feed' };
  for (const root of roots) {
    switch (root.tagName.toLowerCase()) {
      case 'rss':
        return { ok: true, value: rssFeed(root, elementsOf(root, 'channel')[0] ?? root, url) };
      case 'channel':
        return { ok: true, value: rssFeed(root, root, url) };
      case 'rdf:rdf':
        return { ok: true, value: rdfFeed(root, url) };
      case 'feed':
        return { ok: true, value: atomFeed(root, url) };
      case 'html':
        return { ok: false, problem: 'a-page' };
      default:
    }
  }
  return { ok: false, problem: 'not-a-feed' };
}

/** The text up to the last item that is looked at: the rest need not be read. */
function shortened(text: string): string {
  const ends = /<\/(?:item|entry)\s*>/gi;
  for (let count = 0; count < MOST_ITEMS; count += 1) if (ends.exec(text) === null) return text;
  return text.slice(0, ends.lastIndex);
}

function rssFeed(root: XmlElement, channel: XmlElement, url: string): ReadFeed {
  const site = pageUrl(childText(channel, 'link'), url);
  // Some put their items beside the channel.
  const items = [
    ...elementsOf(channel, 'item'),
    ...(root === channel ? [] : elementsOf(root, 'item')),
  ];
  return feedOf(
    'rss',
    childText(channel, 'title'),
    site,
    items.map((item) => rssItem(item, url)),
  );
}

function rdfFeed(root: XmlElement, url: string): ReadFeed {
  const [channel] = elementsOf(root, 'channel');
  const site = channel === undefined ? null : pageUrl(childText(channel, 'link'), url);
  const items = elementsOf(root, 'item').map((item) => rssItem(item, url));
  return feedOf('rdf', channel === undefined ? '' : childText(channel, 'title'), site, items);
}

function rssItem(item: XmlElement, url: string): FeedItem | null {
  const [guidElement] = elementsOf(item, 'guid');
  const guid = childText(item, 'guid') || attribute(item, 'rdf:about');
  const isPage = guidElement !== undefined && attribute(guidElement, 'isPermaLink') !== 'false';
  return itemOf({
    guid,
    link: pageUrl(childText(item, 'link'), url) ?? (isPage ? pageUrl(guid, url) : null),
    titles: [
      childText(item, 'title'),
      childText(item, 'dc:title'),
      childText(item, 'description'),
      childText(item, 'content:encoded'),
    ],
    dates: [childText(item, 'pubDate'), childText(item, 'dc:date'), childText(item, 'date')],
  });
}

function atomFeed(feed: XmlElement, url: string): ReadFeed {
  const items = elementsOf(feed, 'entry').map((entry) =>
    itemOf({
      guid: childText(entry, 'id'),
      link: atomLink(entry, url),
      titles: [childText(entry, 'title'), childText(entry, 'summary'), childText(entry, 'content')],
      // `updated` moves with every edit.
      dates: [
        childText(entry, 'published'),
        childText(entry, 'issued'),
        childText(entry, 'updated'),
      ],
    }),
  );
  return feedOf('atom', childText(feed, 'title'), atomLink(feed, url), items);
}

function atomLink(parent: XmlElement, url: string): string | null {
  const links = elementsOf(parent, 'link');
  const page =
    links.find((link) => attribute(link, 'rel') === 'alternate') ??
    links.find((link) => attribute(link, 'rel') === '');
  return page === undefined ? null : pageUrl(attribute(page, 'href'), url);
}
