import { titleKey } from '../../lib/titleKey.ts';
import type { Performance } from './api/read.ts';

/** What people go to see: one name at one venue, however many rows KOPIS has of it. */
export interface Production extends Omit<Performance, 'id'> {
  /** The same whatever KOPIS's ids are. */
  readonly key: string;
}

/** Name and venue as they are compared. */
export function productionKey({ name, venue }: Pick<Performance, 'name' | 'venue'>): string {
  // Letters and digits only; a name made of signs alone keeps them.
  return `${titleKey(name) || name}|${titleKey(venue) || venue}`;
}

/**
 * The productions in a list of performances, in its order. Rows of one production become one, from
 * the first day of any to the last day of any; an open run has none.
 */
export function mergeRows(performances: readonly Performance[]): readonly Production[] {
  const merged = new Map<string, Production>();
  for (const { id: _, ...row } of performances) {
    const key = productionKey(row);
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined
        ? { ...row, key }
        : {
            ...known,
            from: row.from < known.from ? row.from : known.from,
            to: later(known.to, row.to),
            posterUrl: known.posterUrl ?? row.posterUrl,
            area: known.area === '' ? row.area : known.area,
          },
    );
  }
  return [...merged.values()];
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return one > other ? one : other;
}
