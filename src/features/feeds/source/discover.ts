import { decodeEntities } from '../../../lib/web/entities.ts';
import { pageUrl } from './items.ts';

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
export function knownFeeds(url: string): readonly string[] {
  return KNOWN.flatMap(([pattern, feed]) => {
    const match = pattern.exec(url);
    return match === null ? [] : [feed(match)];
  });
}

function attributeIn(tag: string, name: string): string {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
}
