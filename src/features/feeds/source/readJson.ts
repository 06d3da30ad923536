import * as v from 'valibot';
import type { Result } from '../../../lib/result.ts';
import { feedOf, itemOf, MOST_ITEMS, pageUrl } from './items.ts';
import type { ReadFeed } from './types.ts';

const text = v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), '');

/** JSON Feed 1.1 (jsonfeed.org); members that are not as they should be count as missing. */
const jsonFeed = v.object({
  version: v.pipe(v.string(), v.includes('jsonfeed.org/version')),
  title: text,
  home_page_url: text,
  items: v.array(v.unknown()),
});
const jsonItem = v.object({
  id: text,
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_text: text,
  content_html: text,
  date_published: text,
  date_modified: text,
});

/** Reads JSON Feed 1.0 and 1.1. */
export function readJsonFeed(
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
  const found = items.slice(0, MOST_ITEMS).map((item) => {
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
