/** A try that did not end in `sent`. */
export interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Kind of the outcome. */
  readonly outcome: string;
  /** A code: what the platform answered. */
  readonly note: string | null;
}

/** Writes down what a try brought, for the owner. */
export async function noteAttempt(
  db: D1Database,
  { delivery, outcome, note }: Omit<Attempt, 'at'> & { readonly delivery: number },
  now: number,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO attempts (delivery, at, outcome, note) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT DO NOTHING`,
    )
    .bind(delivery, now, outcome, note)
    .run();
}

/** What the tries of a delivery brought, the newest first. */
export async function attemptsOf(db: D1Database, delivery: number): Promise<Attempt[]> {
  const { results } = await db
    .prepare(
      `SELECT at, outcome, note FROM attempts WHERE delivery = ?1 ORDER BY at DESC LIMIT 100`,
    )
    .bind(delivery)
    .all<Attempt>();
  return results;
}
