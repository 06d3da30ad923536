import { ENDED } from './deliveryHours.ts';
/** What a delivery may be. */
export type DeliveryState =
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'merged'
  | 'expired'
  | 'gone'
  | 'refused'
  | 'dead';

/** A message as the owner may see it: nothing that was said to a person. */
export interface LoggedMessage {
  readonly id: number;
  readonly channel: string;
  readonly account: string;
  /** As the channel knows the receiver; '' when it is forgotten. */
  readonly address: string;
  /** Kind of the notice; '' once it is sent. */
  readonly kind: string;
  /** `reply`, `news` or `null`. */
  readonly topic: string | null;
  /** Title of what is announced; `null` for anything said to a person. */
  readonly title: string | null;
  /** The run that caused it, as `job@slot`. */
  readonly run: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly finishedAt: number | null;
  /** A code: how the last try ended. */
  readonly note: string | null;
}

const COLUMNS = `id, channel, account, address, topic, run, state, attempts, note,
  created_at AS createdAt, due_at AS dueAt, finished_at AS finishedAt,
  ifnull(notice->>'$.kind', '') AS kind,
  coalesce(notice->>'$.titles[0].title', iif(notice->>'$.kind' = 'headline', notice->>'$.title', NULL))
    AS title`;

/** So many of the newest are looked through: D1 bills by rows read. */
const LOOKED_AT = 5000;

export interface MessageFilter {
  readonly channel: string | null;
  readonly state: string | null;
  /** Part of an address, a code or a run. */
  readonly search: string | null;
}

/**
 * Messages, the newest first.
 *
 * @param before only those older than the one with this id
 */
export async function listMessages(
  db: D1Database,
  { channel, state, search }: MessageFilter,
  before: number | null,
  limit: number,
): Promise<LoggedMessage[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM (
         SELECT * FROM deliveries WHERE id < ?1 ORDER BY id DESC LIMIT ${LOOKED_AT})
       WHERE (?2 IS NULL OR channel = ?2) AND (?3 IS NULL OR state = ?3)
         AND (?4 IS NULL OR instr(address, ?4) OR instr(ifnull(note, ''), ?4)
           OR instr(ifnull(run, ''), ?4))
       ORDER BY id DESC LIMIT ?5`,
    )
    .bind(before ?? Number.MAX_SAFE_INTEGER, channel, state, search, limit)
    .all<LoggedMessage>();
  return results;
}

/** One message; `null` when it is not kept (any more). */
export async function readMessage(db: D1Database, id: number): Promise<LoggedMessage | null> {
  return db
    .prepare(`SELECT ${COLUMNS} FROM deliveries WHERE id = ?1`)
    .bind(id)
    .first<LoggedMessage>();
}

/** Messages of one kind that wait in one lane. */
export interface WaitingGroup {
  readonly channel: string;
  readonly lane: string;
  readonly topic: string | null;
  readonly kind: string;
  readonly count: number;
  /** Until when the lane or account waits, and why; `null`: it does not. */
  readonly until: number | null;
  readonly reason: string | null;
}

/** What waits, grouped by what it is and why it waits. Of many, the oldest are counted. */
export async function waitingGroups(db: D1Database): Promise<WaitingGroup[]> {
  const { results } = await db
    .prepare(
      `SELECT d.channel AS channel, d.lane AS lane, d.topic AS topic,
         ifnull(d.notice->>'$.kind', '') AS kind, count(*) AS count,
         waits.until AS until, ifnull(waits.reason, max(d.note)) AS reason
       FROM (SELECT * FROM deliveries WHERE finished_at IS NULL LIMIT ${LOOKED_AT}) AS d
       LEFT JOIN waits ON waits.lane = d.lane AND waits.account IN ('', d.account)
         AND waits.address = ''
       GROUP BY d.lane, d.topic, kind ORDER BY count DESC`,
    )
    .all<WaitingGroup>();
  return results;
}

/** The channels that messages went to lately. */
export async function loggedChannels(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(`SELECT DISTINCT channel FROM ${ENDED} ORDER BY channel`)
    .all<{ channel: string }>();
  return results.map(({ channel }) => channel);
}
