import type { LeasedDelivery } from './leases.ts';

export type FinalState = 'sent' | 'gone' | 'refused' | 'dead';

/**
 * Records how a leased delivery ended. What was sent is no longer needed and is forgotten; of a reply
 * so is to whom, as they may have asked to be forgotten. One that is given up for good (`dead`) but
 * lasts for a time only has expired.
 */
export async function finishDelivery(
  db: D1Database,
  delivery: Pick<LeasedDelivery, 'id' | 'merged' | 'lease'>,
  end: {
    state: FinalState;
    externalId: string | null;
    note: string | null;
    /** What the platform charges for it: item of its price list -> how often. */
    charges: Readonly<Record<string, number>> | null;
  },
  now: number,
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries
       SET state = CASE WHEN ?3 = 'sent' AND id <> ?1 THEN 'merged'
                        WHEN ?3 = 'dead' AND expires_at IS NOT NULL THEN 'expired' ELSE ?3 END,
           external_id = ?4, note = ?5, finished_at = ?6, lease = NULL,
           notice = iif(?3 = 'sent' OR ?3 = 'dead' AND expires_at IS NOT NULL, NULL, notice),
           charges = iif(id = ?1, ?7, NULL),
           address = iif(?3 IN ('sent', 'dead') AND topic = 'reply', '', address)
       WHERE id IN (SELECT ?1 UNION SELECT value FROM json_each(?8)) AND lease = ?2
         AND state = 'sending'`,
    )
    .bind(
      delivery.id,
      delivery.lease,
      end.state,
      end.externalId,
      end.note,
      now,
      end.charges && JSON.stringify(end.charges),
      JSON.stringify(delivery.merged),
    )
    .run();
}

/** Puts a leased delivery back to be tried again at `dueAt`. */
export async function postponeDelivery(
  db: D1Database,
  delivery: Pick<LeasedDelivery, 'id' | 'merged' | 'lease'>,
  next: {
    dueAt: number;
    note: string | null;
    uncertain: boolean;
    /** False when nothing was tried. */
    countsAsAttempt: boolean;
  },
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries
       SET state = 'waiting', due_at = ?3, note = ?4, uncertain = ?5, lease = NULL,
           attempts = attempts - ?6
       WHERE id IN (SELECT ?1 UNION SELECT value FROM json_each(?7)) AND lease = ?2
         AND state = 'sending'`,
    )
    .bind(
      delivery.id,
      delivery.lease,
      next.dueAt,
      next.note,
      next.uncertain ? 1 : 0,
      next.countsAsAttempt ? 0 : 1,
      JSON.stringify(delivery.merged),
    )
    .run();
}

/** Puts back all that one taker holds and has not tried. */
export async function releaseDeliveries(
  db: D1Database,
  deliveries: readonly Pick<LeasedDelivery, 'id' | 'merged' | 'lease'>[],
  now: number,
): Promise<void> {
  const [first] = deliveries;
  if (!first) return;
  const ids = deliveries.flatMap(({ id, merged }) => [id, ...merged]);
  await db
    .prepare(
      `UPDATE deliveries
       SET state = 'waiting', due_at = ?3, lease = NULL, attempts = attempts - 1
       WHERE id IN (SELECT value FROM json_each(?1)) AND lease = ?2 AND state = 'sending'`,
    )
    .bind(JSON.stringify(ids), first.lease, now)
    .run();
}
