import { env } from 'cloudflare:workers';

/** Rows of other tables by number. */
export interface Filling {
  readonly people?: number;
  readonly watches?: number;
  /** Spread over the 40 days before `now`, every hundredth of them failed for good. */
  readonly deliveries?: number;
  readonly now: number;
}

/** Statement: a row for each number from 1; none when there are none. */
function insert(count: number, into: string, values: string): string[] {
  if (count === 0) return [];
  const numbers = `WITH RECURSIVE numbers (n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`;
  return [`INSERT INTO ${into} ${numbers} SELECT ${values} FROM numbers`];
}

/**
 * Fills D1 in a few statements: people on Telegram, each watching branches of repositories of their
 * own, and deliveries that ended as the bot ends them.
 */
export async function fill({
  people = 0,
  watches = 0,
  deliveries = 0,
  now,
}: Filling): Promise<void> {
  const statements = [
    ...insert(
      people,
      'people (channel, address, language, created_at)',
      `'telegram', 7000000000 + n, 'ko', ${now}`,
    ),
    ...insert(
      watches,
      'repositories (id, node_id, owner, name, added_at)',
      `n, 'R_' || n, 'fleet', 'r' || n, 1`,
    ),
    ...insert(
      watches,
      'branches (id, repository, name, changed_at, state)',
      `n, n, 'main', 1, 'ok'`,
    ),
    ...insert(
      watches,
      'watches (person, branch, nickname, nickname_key, created_at)',
      `(SELECT min(id) FROM people) + (n - 1) % ${Math.max(1, people)}, n, 'r' || n, 'r' || n, 1`,
    ),
    ...insert(
      deliveries,
      'deliveries (dedupe_key, channel, account, address, notice, state, due_at, created_at)',
      `'filled:' || n, iif(n % 2, 'telegram', 'twitter'), '', n, '{"kind":"menu"}', 'waiting', 1,
       ${now} - n * 3456000000 / ${Math.max(1, deliveries)}`,
    ),
    ...(deliveries === 0
      ? []
      : [
          `UPDATE deliveries SET state = iif(id % 100, 'sent', 'refused'), finished_at = created_at
           WHERE dedupe_key LIKE 'filled:%'`,
        ]),
  ];
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)));
}
