import { unreachable } from '../../lib/result.ts';
import { addDays } from '../../lib/time.ts';
import type { Production } from './productions.ts';

/** How long after its first day a production counts as newly opened. */
const NEW_DAYS = 2;
/** How long before its last day it counts as soon ending. */
const ENDING_DAYS = 3;
/** How far ahead an opening is worth a post. */
export const SOON_DAYS = 14;

/** Why a production is told now. */
export type Reason = 'new' | 'ending' | 'soon' | 'on';

const ORDER: readonly Reason[] = ['new', 'ending', 'soon', 'on'];

/** Why a production would be told on a day; `null`: it is over, or too far ahead. */
export function reasonFor(
  { from, to }: Pick<Production, 'from' | 'to'>,
  today: string,
): Reason | null {
  if (to !== null && to < today) return null;
  if (from > today) return from <= addDays(today, SOON_DAYS) ? 'soon' : null;
  if (from >= addDays(today, -NEW_DAYS)) return 'new';
  return to !== null && to <= addDays(today, ENDING_DAYS) ? 'ending' : 'on';
}

/**
 * At most `limit` of the productions, those that just opened first, then those that end soon, then
 * those that open soon (the soonest first) and those that are on (the newest first).
 *
 * @param today `YYYY-MM-DD`
 */
export function chooseProductions<Candidate extends Pick<Production, 'from' | 'to'>>(
  candidates: readonly Candidate[],
  today: string,
  limit: number,
): readonly Candidate[] {
  const ranked = candidates.flatMap((candidate) => {
    const reason = reasonFor(candidate, today);
    return reason === null ? [] : [{ candidate, rank: ORDER.indexOf(reason), reason }];
  });
  return ranked
    .toSorted((one, other) => one.rank - other.rank || within(one, other))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

interface Ranked {
  readonly candidate: Pick<Production, 'from' | 'to'>;
  readonly reason: Reason;
}

function within({ candidate: one, reason }: Ranked, { candidate: other }: Ranked): number {
  switch (reason) {
    case 'soon':
      return compare(one.from, other.from);
    case 'ending':
      return compare(one.to ?? '', other.to ?? '');
    case 'new':
    case 'on':
      return compare(other.from, one.from);
    default:
      return unreachable(reason);
  }
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
