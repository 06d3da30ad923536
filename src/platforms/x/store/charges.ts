import * as v from 'valibot';

/** How often each item of a platform's price list was bought by sending something. */
export type Charges = Readonly<Record<string, number>>;

const charges = v.record(v.string(), v.number());

/** What a channel's sent messages were charged for since an instant. */
export async function readCharges(
  db: D1Database,
  channel: string,
  since: number,
): Promise<Charges> {
  const { results } = await db
    .prepare(
      `SELECT charges, count(*) AS count FROM deliveries
       WHERE state = 'sent' AND finished_at >= ?2 AND channel = ?1 AND charges IS NOT NULL
       GROUP BY charges`,
    )
    .bind(channel, since)
    .all<{ charges: string; count: number }>();
  const total: Record<string, number> = {};
  for (const row of results) {
    for (const [what, times] of Object.entries(v.parse(charges, JSON.parse(row.charges)))) {
      total[what] = (total[what] ?? 0) + times * row.count;
    }
  }
  return total;
}
