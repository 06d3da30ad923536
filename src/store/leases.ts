import { MINUTE_MS } from '../lib/time.ts';
import { STALE_AFTER_MS } from './deliveries.ts';

/** How long one sender may work on a delivery before another may take it. */
export const DELIVERY_LEASE_MS = 2 * MINUTE_MS;

/** More news than this waits for one address after an outage: it is said in one message. */
const MANY = 20;
/** As much of it as one message may be made of. */
const MOST_TOGETHER = 60;

/** What one sender has taken to say: one delivery, or what waited for the same person with it. */
export interface LeasedDelivery {
  readonly id: number;
  /** Older replies, or older news of an outage, that are said together with it. */
  readonly merged: readonly number[];
  readonly dedupeKey: string;
  readonly lease: string;
  readonly lane: string;
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  readonly topic: string | null;
  /** JSON of what to say, the oldest first. */
  readonly notices: readonly string[];
  /** Tries so far, this one included. */
  readonly attempts: number;
  /** True when an earlier try may have reached the platform without an answer reaching us. */
  readonly uncertain: boolean;
  /** How the last try ended. */
  readonly note: string | null;
  /** True when whoever had it last died over it. */
  readonly hasCrashed: boolean;
  readonly createdAt: number;
  /** When it is given up. */
  readonly expiresAt: number;
  /** Platform's id of the message this one continues. */
  readonly replyTo: string | null;
  /** True when its lane, account or address had to wait until now: see `waits`. */
  readonly hasWaited: boolean;
}

interface LeaseRow {
  readonly id: number;
  readonly dedupe_key: string;
  readonly lane: string;
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  readonly notice: string;
  readonly topic: string | null;
  readonly attempts: number;
  readonly uncertain: number;
  readonly note: string | null;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly reply_to: string | null;
  readonly has_waited: number;
  readonly served_at: number;
}

const OPEN = 'finished_at IS NULL';

/** SQL: the waits that meet a delivery `d`. */
const ITS_WAITS = `waits.lane = d.lane AND waits.account IN ('', d.account)
  AND waits.address IN ('', d.address)`;

/** Of what was said to an address, so many rows are looked at before what waits in the lane is. */
const NEAR = 20;

/**
 * SQL, from a FROM on: what was said to the address of a delivery `d` before it, since the oldest
 * that waits in the lane. Found by the index of all that was ever said to an address: an index of its
 * own for what waits would be one more row written for each delivery.
 *
 * @param lane a parameter is looked up once for all rows, a column for each
 */
const toldBefore = (lane: string) => `deliveries AS told INDEXED BY deliveries_open_address
  WHERE told.lane = d.lane AND told.address = d.address AND told.id < d.id AND told.id >= (
    SELECT min(first.id) FROM deliveries AS first
    WHERE first.lane = ${lane} AND first.${OPEN})`;

/** SQL: a delivery before `d` keeps it waiting; `?1` is 1 where each address goes in order. */
const keeps = (before: string) => `${before}.${OPEN} AND (?1 = 1 OR ${before}.topic = d.topic)`;

/**
 * SQL: it is the turn of a delivery `d` by its order. However much was said to its address since the
 * oldest that waits: where that is more than a few rows, the rest is looked for among what waits.
 */
const isItsTurn = (lane = 'd.lane') => `(d.topic IS NULL AND ?1 = 0 OR NOT (
    EXISTS (
      SELECT 1 FROM (
        SELECT told.finished_at, told.topic FROM ${toldBefore(lane)}
        ORDER BY told.id LIMIT ${NEAR}) AS near
      WHERE ${keeps('near')})
    OR (EXISTS (SELECT 1 FROM ${toldBefore(lane)} LIMIT 1 OFFSET ${NEAR})
      AND EXISTS (
        SELECT 1 FROM deliveries AS older INDEXED BY deliveries_open
        WHERE older.lane = d.lane AND older.address = d.address AND older.id < d.id
          AND ${keeps('older')}))))
  AND (d.follows IS NULL OR NOT EXISTS (
    SELECT 1 FROM deliveries AS before
    WHERE before.dedupe_key = d.follows AND before.${OPEN}))`;

/** SQL: `other` waits behind `picked`, the oldest of its topic, for the same address. */
const waitsBehind = (picked: string) => `other.lane = ${picked}.lane
  AND other.address = ${picked}.address AND other.id > ${picked}.id AND other.state = 'waiting'
  AND other.${OPEN}`;

/** SQL: a delivery `d` may be sent at `?2`. */
const isReady = (lane?: string) => `d.due_at <= ?2 AND ${isItsTurn(lane)}
  AND NOT EXISTS (SELECT 1 FROM waits WHERE ${ITS_WAITS} AND waits.until > ?2)`;

/** SQL: takes what `picked` names, and the replies, or the many pieces of news, that wait with it. */
const TAKE = `
  UPDATE deliveries
  SET uncertain = uncertain OR state = 'sending', note = iif(state = 'sending', 'crashed', note),
      state = 'sending', lease = ?3,
      attempts = attempts + 1, due_at = ?2 + ${DELIVERY_LEASE_MS}
  WHERE id IN (
    SELECT id FROM picked
    UNION
    SELECT other.id FROM picked
    CROSS JOIN deliveries AS other INDEXED BY deliveries_open_address
    WHERE picked.topic = 'reply' AND other.topic = 'reply' AND ${waitsBehind('picked')}
    UNION
    SELECT value FROM (
      SELECT json_group_array(id) AS ids FROM (
        SELECT other.address, other.id,
          row_number() OVER (PARTITION BY other.address ORDER BY other.id) AS place
        FROM picked CROSS JOIN deliveries AS other INDEXED BY deliveries_open_address
        WHERE picked.topic = 'news' AND ?1 = 0 AND other.topic = 'news'
          AND ${waitsBehind('picked')})
      WHERE place < ${MOST_TOGETHER}
      GROUP BY address HAVING count(*) >= ${MANY}) AS many, json_each(many.ids))
  RETURNING id, dedupe_key, lane, channel, account, address, notice, topic, attempts, uncertain,
    note, created_at, expires_at,
    (SELECT external_id FROM deliveries AS before WHERE before.dedupe_key = deliveries.follows)
      AS reply_to,
    EXISTS (SELECT 1 FROM waits WHERE waits.lane = deliveries.lane
      AND waits.account IN ('', deliveries.account)
      AND waits.address IN ('', deliveries.address)) AS has_waited,
    ifnull((SELECT at FROM served WHERE served.lane = deliveries.lane
      AND served.address = deliveries.address), 0) AS served_at`;

/** How a lane hands out what waits in it. */
export interface Turns {
  readonly lane: string;
  /** Replies first, and then who was served longest ago; else the oldest. */
  readonly isFair: boolean;
  /** One at a time to each address, in order. */
  readonly isApart: boolean;
}

/**
 * Takes what is next in a lane for {@link DELIVERY_LEASE_MS}: nothing that has to wait, nothing
 * before what is older and of the same topic to the same address, or before what it continues. A row
 * found in the middle of sending had a sender that died: it is uncertain from then on.
 *
 * @param lease random text that names this taker; only its holder can record the outcome
 */
export async function leaseNext(
  db: D1Database,
  { lane, limit, isFair, isApart }: Turns & { readonly limit: number },
  lease: string,
  now: number,
): Promise<LeasedDelivery[]> {
  const order = isFair
    ? `d.topic IS NOT 'reply', ifnull((SELECT at FROM served
        WHERE served.lane = d.lane AND served.address = d.address), 0), d.id`
    : 'd.id';
  const { results } = await db
    .prepare(
      `WITH picked AS MATERIALIZED (
         SELECT d.id, d.lane, d.address, d.topic FROM deliveries AS d
         WHERE d.lane = ?4 AND d.${OPEN} AND ${isReady('?4')} ORDER BY ${order} LIMIT ?5) ${TAKE}`,
    )
    .bind(isApart ? 1 : 0, now, lease, lane, limit)
    .all<LeaseRow>();
  return grouped(results, lease, isFair);
}

/** Takes one delivery, as {@link leaseNext} would; `null` when it is over, or not its turn. */
export async function leaseDelivery(
  db: D1Database,
  id: number,
  lease: string,
  now: number,
): Promise<LeasedDelivery | null> {
  const { results } = await db
    .prepare(
      `WITH picked AS MATERIALIZED (
         SELECT d.id, d.lane, d.address, d.topic FROM deliveries AS d
         WHERE d.id = ?4 AND d.${OPEN} AND ${isReady()}) ${TAKE}`,
    )
    .bind(0, now, lease, id)
    .all<LeaseRow>();
  return grouped(results, lease, false)[0] ?? null;
}

/** Replies to one person become one, as does news that was taken together; in the order of their lane. */
function grouped(rows: readonly LeaseRow[], lease: string, isFair: boolean): LeasedDelivery[] {
  const oldestFirst = rows.toSorted((one, other) => one.id - other.id);
  const inOrder = isFair
    ? oldestFirst.toSorted(
        (one, other) =>
          Number(one.topic !== 'reply') - Number(other.topic !== 'reply') ||
          one.served_at - other.served_at,
      )
    : oldestFirst;
  const groups = Map.groupBy(inOrder, ({ id, topic, account, address }) =>
    topic === null ? String(id) : JSON.stringify([topic, account, address]),
  );
  return [...groups.values()].flatMap((group) => {
    const newest = group.at(-1);
    return newest ? [leasedOf(newest, group, lease)] : [];
  });
}

function leasedOf(newest: LeaseRow, group: readonly LeaseRow[], lease: string): LeasedDelivery {
  return {
    id: newest.id,
    merged: group.slice(0, -1).map(({ id }) => id),
    dedupeKey: newest.dedupe_key,
    lease,
    lane: newest.lane,
    channel: newest.channel,
    account: newest.account,
    address: newest.address,
    topic: newest.topic,
    notices: group.map(({ notice }) => notice),
    attempts: Math.max(...group.map(({ attempts }) => attempts)),
    uncertain: group.some(({ uncertain }) => uncertain === 1),
    note: newest.note,
    hasCrashed: group.some(({ note }) => note === 'crashed'),
    createdAt: newest.created_at,
    expiresAt: newest.expires_at ?? newest.created_at + STALE_AFTER_MS,
    replyTo: newest.reply_to,
    hasWaited: newest.has_waited === 1,
  };
}

/**
 * When the next delivery of a lane may be sent, at `now` at the earliest; `null` when nothing waits.
 * Of many, the oldest thousand are looked at.
 */
export async function nextInLane(
  db: D1Database,
  { lane, isApart }: Pick<Turns, 'lane' | 'isApart'>,
  now: number,
): Promise<number | null> {
  const at = await db
    .prepare(
      `SELECT min(max(d.due_at, ?2, ifnull(
         (SELECT max(waits.until) FROM waits WHERE ${ITS_WAITS}), 0))) AS at
       FROM (SELECT * FROM deliveries WHERE lane = ?3 AND ${OPEN} ORDER BY id LIMIT 1000) AS d
       WHERE ${isItsTurn('?3')}`,
    )
    .bind(isApart ? 1 : 0, now, lane)
    .first<number | null>('at');
  return at;
}
