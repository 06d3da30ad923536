import { titleKey } from '../../lib/text.ts';
import type { FeedItem } from './source/items.ts';

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

/** What an item is known by. */
export function marksOf(item: FeedItem): Marks {
  return {
    guid: item.guid,
    link: item.link === null ? null : linkMark(item.link),
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
