import * as v from 'valibot';
import type { SourceContext, SourceFailure, SourceVisit } from '../../../bot/source/source.ts';
import type { Result } from '../../../lib/result.ts';
import { inUtf8 } from '../../../lib/web/decode.ts';
import { politeGet } from '../../../lib/web/polite.ts';
import { checkPublicUrl, onlyPublic } from '../../../lib/web/publicAddress.ts';
import { attribute, childText, elementsOf, readXml, type XmlElement } from '../../../lib/xml.ts';
import {
  endsOf,
  type FeedItem,
  feedOf,
  itemOf,
  MOST_ITEMS,
  pageUrl,
  type ReadFeed,
} from './items.ts';

/** Where redirects may lead from host to host, one after the other. */
const MOST_MOVES = 3;
const MOST_BYTES = 1_000_000;
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1';

/**
 * What became of a visit. A feed is no `Source` of its own: there are hundreds, each an address that
 * people give, so each remembers and is recorded in its own row of `feeds`, its failures end that
 * feed and are told once, and none of them is an incident of the bot. Context, memory and kinds of
 * failure are those of every source.
 */
export type FeedOutcome =
  /** `url`: where it is now. */
  | { readonly kind: 'feed'; readonly feed: ReadFeed; readonly url: string }
  | { readonly kind: 'not-modified' }
  /** A page of the web that is no feed itself; it may name one. */
  | { readonly kind: 'page'; readonly text: string; readonly url: string }
  /** Not on the public web. */
  | { readonly kind: 'refused'; readonly detail: string }
  | Exclude<SourceFailure, { readonly kind: 'auth' }>;

interface FeedContext extends Omit<SourceContext, 'day'> {
  /** Hosts that are read although they are not on the public web. */
  readonly trustedHosts: readonly string[];
}

/**
 * Visits a feed as a polite robot: by robots.txt, only if it changed, not before a failing host has
 * had its rest, and on the public web only, wherever redirects lead. Never throws.
 */
export async function visitFeed(
  { runtime, contact, timeZone, memory, trustedHosts }: FeedContext,
  address: string,
): Promise<SourceVisit<FeedOutcome>> {
  const reach = { allowHttp: true, trustedHosts };
  let at = address;
  let remembered = memory;
  for (let move = 0; ; move += 1) {
    const checked = checkPublicUrl(at, reach);
    if (!checked.ok) return { outcome: { kind: 'refused', detail: checked.problem }, memory: {} };
    const url = checked.value.href;
    const visit = await politeGet({
      runtime: inUtf8(onlyPublic(runtime, reach)),
      url,
      accept: ACCEPT,
      contact,
      timeZone,
      memory: remembered,
      maxBytes: MOST_BYTES,
    });
    const { outcome } = visit;
    if (outcome.kind === 'broken' && outcome.movedTo !== undefined && move < MOST_MOVES) {
      at = outcome.movedTo;
      remembered = {};
      continue;
    }
    if (outcome.kind !== 'page') return { outcome, memory: visit.memory };
    const read = readFeed(outcome.text, url);
    if (read.ok) {
      // Only a page that could be read may be answered "not modified" next time.
      const good = { ...visit.memory, ...outcome.validators };
      return { outcome: { kind: 'feed', feed: read.value, url }, memory: good };
    }
    return read.problem === 'a-page'
      ? { outcome: { kind: 'page', text: outcome.text, url }, memory: visit.memory }
      : { outcome: { kind: 'broken', detail: read.problem }, memory: visit.memory };
  }
}

const textSchema = v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), '');

/** JSON Feed 1.1 (jsonfeed.org); members that are not as they should be count as missing. */
const jsonFeed = v.object({
  version: v.pipe(v.string(), v.includes('jsonfeed.org/version')),
  title: textSchema,
  home_page_url: textSchema,
  items: v.array(v.unknown()),
});
const jsonItem = v.object({
  id: textSchema,
  url: textSchema,
  external_url: textSchema,
  title: textSchema,
  summary: textSchema,
  content_text: textSchema,
  content_html: textSchema,
  date_published: textSchema,
  date_modified: textSchema,
});

/** Reads JSON Feed 1.0 and 1.1. */
function readJsonFeed(
  written: string,
  url: string,
): Result<ReadFeed, { readonly problem: 'not-a-feed' | 'not-readable' }> {
  let json: unknown;
  try {
    json = JSON.parse(written.replace(/^\ufeff/, ''));
  } catch {
    return { ok: false, problem: 'not-readable' };
  }
  const read = v.safeParse(jsonFeed, json);
  if (!read.success) return { ok: false, problem: 'not-a-feed' };
  const { title, home_page_url: site, items } = read.output;
  const found = endsOf(items).map((item) => {
    const parsed = v.safeParse(jsonItem, item);
    if (!parsed.success) return null;
    const { id, date_published: published, date_modified: modified, ...rest } = parsed.output;
    return itemOf({
      guid: id,
      link: pageUrl(rest.url, url) ?? pageUrl(rest.external_url, url),
      titles: [rest.title, rest.summary, rest.content_text, rest.content_html],
      dates: [published, modified],
    });
  });
  return { ok: true, value: feedOf('json', title, pageUrl(site, url), found) };
}

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
  const written = shortened(text);
  if (written === null) return { ok: false, problem: 'not-readable' };
  const roots = readXml(written);
  if (roots === null) return { ok: false, problem: start === '' ? 'not-readable' : 'not-a-feed' };
  for (const root of roots) {
    // Some give all their elements a prefix.
    const prefix = /^\w+:(?=feed$)/i.exec(root.tagName)?.[0];
    if (prefix !== undefined) {
      return readFeed(text.replaceAll(`<${prefix}`, '<').replaceAll(`</${prefix}`, '</'), url);
    }
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

/**
 * The text without the items that are not looked at, which need not be read; `null` for one that was
 * cut off on its way: half an item would be told, and told again once it is whole.
 */
function shortened(text: string): string | null {
  const ends = [...text.matchAll(/<\/(?:item|entry)\s*>/gi)].map(
    ({ index, 0: tag }) => index + tag.length,
  );
  const rest = text.slice(ends.at(-1) ?? 0);
  const isWhole = ends.length > 0 || /[>\s]$/.test(text) || !text.includes('<');
  if (!isWhole || /<(?:item|entry)(?:\s[^<>]*[^/<>])?>/i.test(rest)) return null;
  const [first, last] = [ends[MOST_ITEMS - 1], ends[ends.length - MOST_ITEMS - 1]];
  return first === undefined || last === undefined || last <= first
    ? text
    : text.slice(0, first) + text.slice(last);
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
  // One that says nothing of itself may be any text.
  const isPage =
    guidElement !== undefined &&
    attribute(guidElement, 'isPermaLink') !== 'false' &&
    URL.canParse(guid);
  const [enclosure] = elementsOf(item, 'enclosure');
  return itemOf({
    guid,
    link:
      pageUrl(childText(item, 'link'), url) ??
      (isPage ? pageUrl(guid, url) : null) ??
      (enclosure === undefined ? null : pageUrl(attribute(enclosure, 'url'), url)),
    titles: [
      childText(item, 'title'),
      childText(item, 'dc:title'),
      childText(item, 'description'),
      childText(item, 'content:encoded'),
    ],
    dates: [childText(item, 'pubDate'), childText(item, 'dc:date'), childText(item, 'date')],
  });
}

function atomFeed(feed: XmlElement, foundAt: string): ReadFeed {
  const url = baseOf(feed, foundAt);
  const items = elementsOf(feed, 'entry').map((entry) =>
    itemOf({
      guid: childText(entry, 'id'),
      link: atomLink(entry, baseOf(entry, url)),
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

/** What links inside an element are relative to (RFC 4287, section 2). */
function baseOf(element: XmlElement, url: string): string {
  return URL.parse(attribute(element, 'xml:base'), url)?.href ?? url;
}

function atomLink(parent: XmlElement, url: string): string | null {
  const links = elementsOf(parent, 'link');
  const page =
    links.find((link) => attribute(link, 'rel') === 'alternate') ??
    links.find((link) => attribute(link, 'rel') === '');
  return page === undefined ? null : pageUrl(attribute(page, 'href'), baseOf(page, url));
}
