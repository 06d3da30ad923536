import { HOUR_MS } from '../../lib/time.ts';
import { type KnownItem, type Marks, marksOf, matchItems } from './identity.ts';
import type { FeedItem } from './source/types.ts';

/** So many items of one feed are told within two hours; what is more is a flood. */
export const MOST_TOLD = 30;
export const FLOOD_MS = 2 * HOUR_MS;

/** What a visit to a feed found. */
export interface Findings {
  /** To be told, oldest first. */
  readonly fresh: readonly { readonly item: FeedItem; readonly marks: Marks }[];
  /** New too, but more than may be told. */
  readonly cut: readonly { readonly item: FeedItem; readonly marks: Marks }[];
  /** What known ones are known by now, too: whatever they were before may come back. */
  readonly changed: readonly Marks[];
}

/**
 * What of a feed is new, and what of it may be told: the newest, as many as `room` leaves.
 *
 * @param items in the feed's order, newest first as nearly all have them
 */
export function findNew(
  items: readonly FeedItem[],
  known: readonly KnownItem[],
  room: number,
): Findings {
  const marks = items.map(marksOf);
  const ids = matchItems(marks, known);
  const byId = new Map(known.map((one) => [one.id, one]));
  const changed: Marks[] = [];
  const found: { item: FeedItem; marks: Marks }[] = [];
  for (const [index, item] of items.entries()) {
    const now = marks[index];
    if (now === undefined) continue;
    const id = ids[index] ?? null;
    const before = id === null ? undefined : byId.get(id);
    if (before === undefined) found.push({ item, marks: now });
    else if (!isSame(before, now)) changed.push(now);
  }
  const fresh = found.slice(0, Math.max(0, room)).toReversed();
  return { fresh, cut: found.slice(Math.max(0, room)), changed };
}

const NAMES = ['guid', 'link', 'titleKey', 'dated'] as const;

function isSame(before: Marks, now: Marks): boolean {
  return NAMES.every((name) => now[name] === null || before[name] === now[name]);
}

/** The newest item by its date, else the first; `null` when there is none. */
export function newestOf(items: readonly FeedItem[]): FeedItem | null {
  let newest = items[0] ?? null;
  for (const item of items) {
    const [at, best] = [item.dated, newest?.dated];
    if (typeof at === 'number' && (typeof best !== 'number' || at > best)) newest = item;
  }
  return newest;
}
