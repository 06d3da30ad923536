import { titleKey } from '../../../lib/text.ts';
import { HOUR_MS } from '../../../lib/time.ts';
import { decodeEntities } from '../../../lib/web/decode.ts';

/** Elements that authors put into titles; `<T>` in a title about programming is none. */
const TAGS =
  /<\/?(?:a|abbr|b|big|br|code|div|em|figure|font|h[1-6]|hr|i|iframe|img|li|mark|ol|p|pre|q|s|script|small|span|strong|style|sub|sup|table|tbody|td|tr|u|ul|wbr)(?:\s[^<>]*)?\/?>/gi;
const HIDDEN = /<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi;
const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});/i;
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A text of a feed as people read it: one line, without markup. Many feeds encode twice what they
 * should encode once; what still looks encoded is decoded again.
 */
function plainText(text: string): string {
  let plain = text;
  for (let round = 0; round < 2 && ENTITY.test(plain); round += 1) plain = decodeEntities(plain);
  return plain
    .replace(HIDDEN, ' ')
    .replace(TAGS, ' ')
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** `2026년 11월 27일 (금)요일 06:00`, as the weather service writes it; Korea is at UTC+9. */
const KOREAN =
  /^(\d{4})\s*년\s*(\d{1,2})\s*월\s*(\d{1,2})\s*일(?:\s*\(?[일월화수목금토]\)?(?:요일)?)?(?:\s*(오전|오후)?\s*(\d{1,2}):(\d{2}))?/;
const ZONES: Readonly<Record<string, string>> = { KST: '+0900', JST: '+0900' };

/**
 * When something was published: epoch milliseconds where the date can be read, the text itself where
 * it cannot, `null` where there is none.
 */
function readDate(text: string): number | string | null {
  const written = text.trim().slice(0, 60);
  if (written === '') return null;
  const korean = KOREAN.exec(written);
  if (korean !== null) return koreanDate(korean);
  const named = written.replace(/\b(KST|JST)\b/, (zone) => ZONES[zone] ?? zone);
  const at = Date.parse(named);
  return Number.isNaN(at) ? written : at;
}

function koreanDate(match: RegExpExecArray): number {
  const [, year, month, day, half, hour = '0', minute = '0'] = match;
  const noon = half === '오후' && Number(hour) < 12 ? 12 : 0;
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour) + noon, Number(minute)) -
    9 * HOUR_MS
  );
}

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
    items: newestFirst(items.flatMap((item) => item ?? [])).slice(0, MOST_ITEMS),
  };
}

/** Nearly all feeds begin with the newest; one that ends with it is turned round. */
function newestFirst(items: readonly FeedItem[]): readonly FeedItem[] {
  const dates = items.flatMap(({ dated }) => (typeof dated === 'number' ? [dated] : []));
  let rising = 0;
  for (const [index, date] of dates.slice(1).entries()) {
    rising += Math.sign(date - (dates[index] ?? date));
  }
  return rising > 0 ? items.toReversed() : items;
}

/** The items at both ends of a long list: the newest are at one of them. */
export function endsOf<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length <= 2 * MOST_ITEMS) return items;
  return [...items.slice(0, MOST_ITEMS), ...items.slice(-MOST_ITEMS)];
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

/** A feed as it was read. */
export interface ReadFeed {
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly title: string;
  /** The page it belongs to. */
  readonly siteUrl: string | null;
  /** The newest fifty at most, these first. */
  readonly items: readonly FeedItem[];
}

/** An item, in plain text. */
export interface FeedItem {
  /** The feed's own id of it; `null` when it has none. */
  readonly guid: string | null;
  readonly link: string | null;
  /** Never blank: the first words of it where it has no title. */
  readonly title: string;
  /** When it was published, epoch milliseconds, or as it is written where nobody can read that. */
  readonly dated: number | string | null;
}

/** What an item is known by; each may be missing, and each may change. */
export interface Marks {
  readonly guid: string | null;
  readonly link: string | null;
  readonly titleKey: string | null;
  readonly dated: string | null;
}

export interface KnownItem extends Marks {
  readonly id: number;
}

const TELLING = ['guid', 'link', 'titleKey'] as const;
const NAMES = [...TELLING, 'dated'] as const;

/**
 * What an item is known by. The page of the whole site tells none from another, though some feeds
 * (a weather forecast's) give it to each item as link and id.
 */
export function marksOf(item: FeedItem, siteUrl: string | null): Marks {
  const site = siteUrl === null ? null : linkMark(siteUrl);
  const unlessSite = (mark: string | null) =>
    mark === null || linkMark(mark) === site ? null : mark;
  return {
    guid: unlessSite(item.guid),
    link: unlessSite(item.link === null ? null : linkMark(item.link)),
    titleKey: titleKey(item.title) || item.title,
    dated: item.dated === null ? null : String(item.dated),
  };
}

/** With or without encryption, `www.`, a slash at its end and a place in the page it is the same. */
function linkMark(link: string): string {
  return link
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/#.*$/, '')
    .replace(/\/$/, '');
}

/**
 * Which of a feed's items are known, and which are new. An item stays the same while one or two of
 * its id, link, title and date change; of several that could be meant the most alike is. What
 * several items of the feed share (one link for all) tells none of them from another.
 *
 * @returns for each item, in their order, the id it is known by; `null` when it is new
 */
export function matchItems(
  items: readonly Marks[],
  known: readonly KnownItem[],
): readonly (number | null)[] {
  const telling = withoutShared(items);
  const candidatesOf = indexOf(known);
  const pairs = telling.flatMap((item, index) =>
    candidatesOf(item).flatMap((candidate) => {
      const likeness = likenessOf(item, candidate);
      return likeness === 0 ? [] : [{ index, id: candidate.id, likeness }];
    }),
  );
  const matched = new Map<number, number>();
  const taken = new Set<number>();
  for (const { index, id } of pairs.toSorted((one, other) => other.likeness - one.likeness)) {
    if (matched.has(index) || taken.has(id)) continue;
    matched.set(index, id);
    taken.add(id);
  }
  return items.map((_, index) => matched.get(index) ?? null);
}

function keysOf(item: Marks): string[] {
  return TELLING.flatMap((name) => (item[name] === null ? [] : [`${name} ${item[name]}`]));
}

/** What shares a mark with an item: no other can be the same, as a date alone tells nothing. */
function indexOf(known: readonly KnownItem[]): (item: Marks) => readonly KnownItem[] {
  const byMark = new Map<string, KnownItem[]>();
  for (const one of known) {
    for (const key of keysOf(one)) byMark.set(key, [...(byMark.get(key) ?? []), one]);
  }
  return (item) => [...new Set(keysOf(item).flatMap((key) => byMark.get(key) ?? []))];
}

function withoutShared(items: readonly Marks[]): readonly Marks[] {
  const counts = new Map<string, number>();
  for (const item of items) {
    for (const name of ['guid', 'link'] as const) {
      const key = `${name} ${item[name]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const unshared = (name: 'guid' | 'link', value: string | null) =>
    (counts.get(`${name} ${value}`) ?? 0) > 1 ? null : value;
  return items.map((item) => ({
    ...item,
    guid: unshared('guid', item.guid),
    link: unshared('link', item.link),
  }));
}

/** 0: another item; more: the more alike. */
function likenessOf(item: Marks, known: Marks): number {
  const both = NAMES.filter((name) => item[name] !== null && known[name] !== null);
  const same = both.filter((name) => item[name] === known[name]);
  const isSame =
    same.length >= 2 ||
    // With little to go by, one mark has to do; a title alone only when there is hardly more.
    (same.length === 1 &&
      both.length < 4 &&
      (same[0] === 'guid' || same[0] === 'link' || (same[0] === 'titleKey' && both.length <= 2)));
  if (!isSame) return 0;
  return same.length * 10 + (same.includes('guid') ? 2 : 0) + (same.includes('link') ? 1 : 0);
}
