import type { Item } from '../../../bot/source/types.ts';
import { titleKey } from '../../../lib/text.ts';
import { daysBetween } from '../../../lib/time.ts';
import type { ItemChange, StoredItem } from '../store/items.ts';

/** A title that comes back this long after it was shown is a new season, not a moved date. */
const NEW_SEASON_DAYS = 30;
/** A title whose season line changed is the same one when its date is about the same. */
const RENAMED_WITHIN_DAYS = 14;

export interface Merged {
  readonly changes: readonly ItemChange[];
  /** Ids of stored titles that the source no longer lists. */
  readonly withdrawn: readonly number[];
  readonly counts: { readonly fresh: number; readonly changed: number; readonly moved: number };
}

/**
 * What has to be written so that the store says what the source says. A moved date is a change of
 * a known title; the same id long after its day is a new season.
 *
 * @param stored what is known of this source, oldest revision first
 * @param today `YYYY-MM-DD`
 * @param listsAll true when the source lists every title from now to its last one, so that a
 *   stored title missing in between has been taken off
 */
export function mergeItems(
  stored: readonly StoredItem[],
  fetched: readonly Item[],
  today: string,
  listsAll: boolean,
): Merged {
  const newest = new Map(stored.map((item) => [item.sourceId, item]));
  const listed = new Set(fetched.map((item) => item.sourceId));
  const matched = new Set<number>();
  const changes: ItemChange[] = [];
  let fresh = 0;
  let moved = 0;
  for (const item of fetched) {
    const known = newest.get(item.sourceId) ?? renamedFrom(item, stored, listed, today);
    const isNewSeason =
      known !== undefined &&
      known.startsOn < today &&
      daysBetween(known.startsOn, item.startsOn) > NEW_SEASON_DAYS;
    if (known && !isNewSeason) {
      matched.add(known.id);
      const change = changeOf(item, known.id, known.revision);
      if (isSame(change, known)) continue;
      changes.push(change);
      if (change.startsOn !== known.startsOn) moved += 1;
    } else {
      changes.push(changeOf(item, null, (known?.revision ?? 0) + 1));
      fresh += 1;
    }
  }
  const counts = { fresh, changed: changes.length - fresh, moved };
  const withdrawn = listsAll ? missingFrom(stored, fetched, matched, today) : [];
  return { changes, withdrawn, counts };
}

/** The stored title that this one is under a new season line: same page, about the same day. */
function renamedFrom(
  item: Item,
  stored: readonly StoredItem[],
  listed: ReadonlySet<string>,
  today: string,
): StoredItem | undefined {
  if (item.pageUrl === undefined) return undefined;
  return stored.find(
    (known) =>
      known.pageUrl === item.pageUrl &&
      !listed.has(known.sourceId) &&
      known.startsOn >= today &&
      Math.abs(daysBetween(known.startsOn, item.startsOn)) <= RENAMED_WITHIN_DAYS,
  );
}

function changeOf(item: Item, id: number | null, revision: number): ItemChange {
  return {
    id,
    source: item.source,
    sourceId: item.sourceId,
    revision,
    title: item.title,
    subtitle: item.subtitle ?? null,
    titleKey: titleKey(item.title),
    kind: item.kind,
    startsAt: item.startsAt ?? null,
    startsOn: item.startsOn,
    posterUrl: item.posterUrl ?? null,
    pageUrl: item.pageUrl ?? null,
    withdrawnAt: null,
    raw: JSON.stringify(item.raw),
  };
}

const COMPARED = [
  'sourceId',
  'title',
  'subtitle',
  'kind',
  'startsAt',
  'startsOn',
  'posterUrl',
  'pageUrl',
  'withdrawnAt',
] as const;

function isSame(change: ItemChange, known: StoredItem): boolean {
  return COMPARED.every((field) => change[field] === known[field]);
}

/** Unannounced titles to come that the source would list if it still had them. */
function missingFrom(
  stored: readonly StoredItem[],
  fetched: readonly Item[],
  matched: ReadonlySet<number>,
  today: string,
): number[] {
  // The list is cut after so many rows: on its last instant others may have been left out.
  const lastAt = Math.max(...fetched.map((item) => item.startsAt ?? 0));
  return stored
    .filter(
      (known) =>
        !matched.has(known.id) &&
        known.announcedAt === null &&
        known.withdrawnAt === null &&
        known.startsOn > today &&
        known.startsAt !== null &&
        known.startsAt < lastAt,
    )
    .map((known) => known.id);
}
