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

/** A feed as it was read. */
export interface ReadFeed {
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly title: string;
  /** The page it belongs to. */
  readonly siteUrl: string | null;
  /** In the feed's order, at most fifty. */
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
