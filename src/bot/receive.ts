import { inBatches } from '../lib/batches.ts';
import { errorCode, log } from '../lib/log.ts';
import { readBody } from '../lib/outbound.ts';
import type { Language } from '../lib/time.ts';
import { acceptEvents, EVENTS_KEPT_MS, holdEvents, type InboxEvent } from '../store/inbox.ts';
import { countUse, whoIs } from '../store/patience.ts';
import { type Person, rememberPerson } from '../store/people.ts';
import type { Bot } from './context.ts';
import { noteRefused, type Take } from './http.ts';
import type { Chat, MeetingPlace } from './platform.ts';
import { isGroup } from './platform.ts';
import { converse } from './talk/converse.ts';
import { followUp } from './talk/incoming.ts';
import { ANSWERS } from './talk/patience.ts';
import type { Reply } from './talk/types.ts';

/** What one call of `sendBatch` takes (Cloudflare docs: Queues, limits). */
const QUEUE_BATCH = 100;

/**
 * Takes in what a platform delivers: each event once, and of one person only so many in a while. The
 * first too many is told so; what comes after it is only counted, it costs nothing more. What is older
 * than keys are kept is passed over: nobody could tell whether it was handled then.
 */
async function takeIn(bot: Bot, came: readonly InboxEvent[]): Promise<void> {
  const { db, runtime } = bot;
  const now = runtime.now();
  const events = came.filter(({ at = now }) => at > now - EVENTS_KEPT_MS);
  if (events.length < came.length) log('event-too-old', { count: came.length - events.length });
  if (events.length === 0) return;
  const { fresh, copies } = await acceptEvents(db, events, now, wantedOf(bot, events));
  const held = await overLimit(
    bot,
    events.filter(({ key }) => fresh.has(key)),
    now,
  );
  if (held.size > 0) await holdEvents(db, held);
  const isOver = new Set([...held].filter(([, until]) => until === null).map(([key]) => key));
  const waiting = [...fresh, ...copies].filter((key) => !isOver.has(key));
  for (const keys of inBatches(waiting, QUEUE_BATCH)) {
    await bot.events.sendBatch(keys.map((key) => ({ body: { key } })));
  }
}

/** Condition on what comes of a channel: somebody wants to hear of it. */
function wantedOf({ platforms, features }: Bot, events: readonly InboxEvent[]): string {
  const channels = new Set(events.map(({ channel }) => channel));
  const handlers = [...platforms, ...features]
    .flatMap(({ events: own = [] }) => own)
    .filter(({ channel }) => channels.has(channel));
  const conditions = handlers.map(({ wanted }) =>
    wanted?.("(json_each.value->>'content'->'about')"),
  );
  return channels.size > 1 || conditions.length === 0
    ? 'true'
    : conditions.map((condition) => condition ?? 'true').join(' OR ');
}

/** Events that are too many: until when (to be told), or `null` (nothing is said). */
async function overLimit(
  bot: Bot,
  events: readonly InboxEvent[],
  now: number,
): Promise<ReadonlyMap<string, number | null>> {
  const held = new Map<string, number | null>();
  const people = Map.groupBy(
    events.filter(({ from }) => from !== undefined),
    ({ channel, from }) => `${channel} ${from}`,
  );
  for (const theirs of people.values()) {
    const [first] = theirs;
    if (first?.from === undefined) continue;
    const { most, perMs } = bot.channels.get(first.channel)?.patience ?? ANSWERS;
    const who = await whoIs(first.channel, first.from);
    const use = { who, kind: 'answer' };
    const { used, resetsAt } = await countUse(bot.db, use, { most, perMs }, now, theirs.length);
    for (const [index, { key }] of theirs.entries()) {
      const nth = used - theirs.length + index + 1;
      if (nth > most) held.set(key, nth === most + 1 ? resetsAt : null);
    }
  }
  return held;
}

/** How a platform delivers to its webhook. */
export interface Door<Claim> {
  /** As logs name it. */
  readonly platform: string;
  readonly maxBytes: number;
  /**
   * What the headers say of who calls, looked at before the body is read; `null` when it can be
   * nobody that is known. A response refuses in words of the platform's own.
   */
  readonly claim: (
    bot: Bot,
    request: Request,
  ) => Claim | Response | null | Promise<Claim | Response | null>;
  /** Whether the raw bytes are what that caller signed. Absent where the claim says it all. */
  readonly verify?: (claim: Claim, body: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  /** What came, from a caller who is known. */
  readonly read: (
    bot: Bot,
    body: Uint8Array<ArrayBuffer>,
    request: Request,
  ) => Received | Promise<Received>;
}

export interface Received {
  /** Stored once each and queued before the platform gets its answer. */
  readonly events?: readonly InboxEvent[];
  /** What has to be done before that too. */
  readonly work?: () => Promise<void>;
  readonly answer: Response;
}

/**
 * Takes deliveries of a platform one by one; every doubt is a refusal. 401 to whom nobody knows, 413 when it
 * is too large, 503 while storage is down, so that the platform sends it again: what was stored by
 * then is recognised.
 */
export function receive<Claim>(door: Door<Claim>): Take {
  return async (bot, request) => {
    const refused = async (status: number, reason: string) => {
      await noteRefused(request, status);
      return refuse(status, reason);
    };
    try {
      const claim = await door.claim(bot, request);
      if (claim instanceof Response) {
        if (!claim.ok) await noteRefused(request, claim.status);
        return claim;
      }
      if (claim === null) return await refused(401, 'signature or secret missing');
      const body = await bodyOf(request, door.maxBytes);
      if (body === null) return await refused(413, 'body too large');
      if (door.verify && !(await door.verify(claim, body))) {
        return await refused(401, 'signature wrong');
      }
      const { events = [], work, answer } = await door.read(bot, body, request);
      if (events.length > 0) await takeIn(bot, events);
      await work?.();
      return answer;
    } catch (cause) {
      log('webhook-unavailable', { platform: door.platform, code: errorCode(cause) });
      return refuse(503, 'try again');
    }
  };
}

/** A body's raw bytes, or `null` when there are too many. */
async function bodyOf(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const told = Number(request.headers.get('content-length') ?? Number.NaN);
  if (told > maxBytes) return null;
  if (!(told >= 0)) return readBody(request.body, maxBytes);
  // At once, which costs far less than piece by piece: HTTP itself ends a body at the length it told.
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.length > maxBytes ? null : bytes;
}

/** A refusal as platforms read it. */
export function refuse(
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json({ error: reason }, { status, headers });
}

/** JSON, however it came; `undefined` when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A place where people can say what they want. */
export interface ChatPlace extends MeetingPlace {
  readonly chat: Chat;
}

/** Where people find the bot now; a platform that cannot tell is left out. */
export async function meetingPlaces(bot: Bot): Promise<readonly MeetingPlace[]> {
  const places = await Promise.all(
    bot.platforms.map(async ({ id, meetings }) => {
      try {
        return (await meetings?.(bot)) ?? [];
      } catch (cause) {
        log('storage-failed', { platform: id, code: errorCode(cause) });
        return [];
      }
    }),
  );
  return places.flat();
}

/** Those in which people can say what they want. */
export async function chatPlaces(bot: Bot): Promise<readonly ChatPlace[]> {
  const places = await meetingPlaces(bot);
  return places.flatMap((place) => (place.chat ? [{ ...place, chat: place.chat }] : []));
}

/** What somebody gets to read at once, and what they can say or open next. */
export type Answer = Pick<Reply, 'text' | 'suggestions' | 'links'>;

/**
 * One turn with somebody whose platform waits for the answer. Nothing is queued: when the answer
 * does not reach them they simply ask again.
 *
 * @param platformLanguage what the platform says that they read; `null` where it does not tell
 */
export async function answerNow(
  bot: Bot,
  person: Person,
  said: string,
  platformLanguage: Language | null = null,
): Promise<Reply> {
  // In a room each speaker's app may be set to another language.
  const told = isGroup(bot, person) ? person.language : platformLanguage;
  const reply = await converse(bot, person, said, { platformLanguage: told });
  await bot.db.batch([...(reply.writes ?? []), rememberPerson(bot.db, reply.person)]);
  await followUp(reply);
  return reply;
}
