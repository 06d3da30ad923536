import * as v from 'valibot';

/**
 * The links of a text: X puts `https://t.co/...` in place of every address, also of a bare
 * `github.com/hana/app`, and says beside it what stood there. v1.1 has `indices`, v2 `start` and
 * `end`; both count code points.
 */
const linkEntities = v.fallback(
  v.array(
    v.looseObject({
      url: v.string(),
      expanded_url: v.fallback(v.optional(v.string()), undefined),
      indices: v.fallback(v.optional(v.tuple([v.number(), v.number()])), undefined),
      start: v.fallback(v.optional(v.number()), undefined),
      end: v.fallback(v.optional(v.number()), undefined),
    }),
  ),
  [],
);
type LinkEntity = v.InferOutput<typeof linkEntities>[number];

// X API v1.1 escapes these three in texts; whether v2 does for DMs is not documented.
const ESCAPED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Pictures and posts that were sent along: X adds a link to each at the end of the text. */
const OWN_LINK = /^https?:\/\/(?:www\.|mobile\.)?(?:pic\.)?(?:twitter|x)\.com\//i;

/** A text as its writer wrote it: with the addresses themselves, without what X added. */
function messageText(text: string, links: readonly LinkEntity[]): string {
  let points = Array.from(text);
  // From the end, so that the places of those before stay right.
  const placed = links.toSorted((one, other) => startOf(other) - startOf(one));
  for (const { url, expanded_url: address, ...place } of placed) {
    if (address === undefined) continue;
    const letters = Array.from(url);
    const start = placeOf(points, letters, startOf(place));
    if (start < 0) continue;
    const written = OWN_LINK.test(address) ? [] : Array.from(address);
    points = [...points.slice(0, start), ...written, ...points.slice(start + letters.length)];
  }
  return points
    .join('')
    .replace(/&(?:lt|gt|amp);/g, (entity) => ESCAPED[entity] ?? entity)
    .trimEnd();
}

function startOf({ indices, start }: Pick<LinkEntity, 'indices' | 'start'>): number {
  return indices?.[0] ?? start ?? -1;
}

/** Where a link stands: where it is said to, else wherever it is; -1: nowhere. */
function placeOf(points: readonly string[], letters: readonly string[], said: number): number {
  const isAt = (at: number) => letters.every((letter, index) => points[at + index] === letter);
  if (said >= 0 && isAt(said)) return said;
  return points.findIndex((_, at) => isAt(at));
}

/** Families of events that X delivers (XAA enum and AAA keys); `unknown` keeps what X adds later. */
export type TwitterEventFamily =
  | 'message'
  | 'encrypted-chat'
  | 'typing'
  | 'read'
  | 'post'
  | 'like'
  | 'follow'
  | 'block'
  | 'mute'
  | 'profile'
  | 'revoke'
  | 'replay'
  | 'live'
  | 'news'
  | 'unknown';

export interface DirectMessage {
  readonly id: string;
  readonly senderId: string;
  readonly recipientId: string | null;
  readonly text: string;
  /** When it was sent, epoch milliseconds; `null` where X does not say. */
  readonly at: number | null;
}

/** One thing that happened, whichever envelope brought it. */
export interface TwitterEvent {
  /** The same for every copy of the same event to the same subscriber, in whatever envelope. */
  readonly identity: string;
  readonly family: TwitterEventFamily;
  /** X's own name: `dm.received`, `follow_events` ... */
  readonly type: string;
  /** The subscribed account the event was delivered for. */
  readonly account: string | null;
  /** Only when the family is `message`. */
  readonly message: DirectMessage | null;
}

const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/^-?\d{1,20}$/));

const entities = v.fallback(v.looseObject({ urls: v.optional(linkEntities, []) }), { urls: [] });

/** An instant as v1.1 (milliseconds) or v2 (ISO 8601) writes it. */
const instant = v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(instantOf)), null);

const directMessage = v.object({
  type: v.optional(v.string()),
  id,
  created_timestamp: instant,
  message_create: v.object({
    target: v.optional(v.object({ recipient_id: v.optional(id) })),
    sender_id: id,
    message_data: v.object({ text: v.optional(v.string(), ''), entities }),
  }),
});

const envelope = v.object({
  event_uuid: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
  event_type: v.string(),
  filter: v.optional(v.looseObject({ user_id: v.optional(id) })),
  payload: v.optional(v.unknown()),
});

/** `oauth.revoke` of XAA, `user_event` of AAA. */
const revocation = v.union([
  v.object({ user_id: id }),
  v.object({ revoke: v.object({ source: v.object({ user_id: id }) }) }),
]);

/** A message in the shape of API v2, which some deliver in place of the list of v1.1. */
const messageV2 = v.looseObject({
  id,
  event_type: v.literal('MessageCreate'),
  sender_id: id,
  text: v.optional(v.string(), ''),
  dm_conversation_id: v.optional(v.string()),
  created_at: instant,
  entities,
});

const messagePayload = v.looseObject({ direct_message_events: v.array(v.unknown()) });

/**
 * Reads a webhook body: XAA envelopes (`data`, one or an array), AAA v2 and legacy v1.1 bodies
 * (`for_user_id` and arrays of events). Never throws and drops nothing: what it cannot read
 * becomes an event of family `unknown`.
 *
 * @param body the parsed JSON object of a delivery whose signature was right
 */
export function parseEvents(body: Readonly<Record<string, unknown>>): TwitterEvent[] {
  const parsedAccount = v.safeParse(id, body['for_user_id']);
  const account = parsedAccount.success ? parsedAccount.output : null;
  const events =
    'data' in body ? listOf(body['data']).flatMap(parseEnvelope) : parseLegacy(body, account);
  return events.length > 0
    ? events
    : [otherEvent('unknown', 'unknown', account, JSON.stringify(body))];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function parseLegacy(
  body: Readonly<Record<string, unknown>>,
  account: string | null,
): TwitterEvent[] {
  return Object.entries(body)
    .filter(([key]) => !CONTEXT_KEYS.has(key))
    .flatMap(([key, value]) => listOf(value).map((element) => legacyEvent(key, account, element)));
}

function legacyEvent(key: string, account: string | null, element: unknown): TwitterEvent {
  if (key === 'direct_message_events') return messageEvent(key, account, element);
  const family = LEGACY_FAMILIES.get(key) ?? 'unknown';
  return otherEvent(family, key, account ?? revokedBy(family, element), legacyIdentity(element));
}

/** Who withdrew the consent: such an event names no subscriber but in its content. */
function revokedBy(family: TwitterEventFamily, content: unknown): string | null {
  if (family !== 'revoke') return null;
  const parsed = v.safeParse(revocation, content);
  if (!parsed.success) return null;
  return 'revoke' in parsed.output ? parsed.output.revoke.source.user_id : parsed.output.user_id;
}

function parseEnvelope(data: unknown): TwitterEvent[] {
  const parsed = v.safeParse(envelope, data);
  if (!parsed.success) return [otherEvent('unknown', 'unknown', null, JSON.stringify(data))];
  const { event_uuid: uuid, event_type: type, filter, payload } = parsed.output;
  const account = filter?.user_id ?? null;
  if (type === 'dm.received' || type === 'dm.sent') {
    const messages = v.safeParse(messagePayload, payload);
    if (messages.success && messages.output.direct_message_events.length > 0) {
      return messages.output.direct_message_events.map((element) =>
        messageEvent(type, account, element),
      );
    }
    const inV2 = v.safeParse(messageV2, payload);
    if (inV2.success) return [eventOfV2(type, account, inV2.output)];
  }
  const family = familyOf(type);
  return [otherEvent(family, type, account ?? revokedBy(family, payload), uuid)];
}

function messageEvent(type: string, account: string | null, element: unknown): TwitterEvent {
  const parsed = v.safeParse(directMessage, element);
  if (!parsed.success) return otherEvent('unknown', type, account, JSON.stringify(element));
  const { id: messageId, message_create: message, created_timestamp: at } = parsed.output;
  const recipientId = message.target?.recipient_id ?? null;
  const { sender_id: senderId, message_data: said } = message;
  const text = messageText(said.text, said.entities.urls);
  return eventOf(type, account, { id: messageId, senderId, recipientId, text, at });
}

function eventOfV2(
  type: string,
  account: string | null,
  message: v.InferOutput<typeof messageV2>,
): TwitterEvent {
  const {
    id: messageId,
    sender_id: senderId,
    text: said,
    entities: beside,
    created_at: at,
  } = message;
  // The conversation of two is named by both, `<lower id>-<higher id>`.
  const two = message.dm_conversation_id?.split('-') ?? [];
  const recipientId = two.length === 2 ? (two.find((one) => one !== senderId) ?? null) : null;
  const text = messageText(said, beside.urls);
  return eventOf(type, account, { id: messageId, senderId, recipientId, text, at });
}

function instantOf(said: string | number): number | null {
  const at = /^\d+$/.test(String(said)) ? Number(said) : Date.parse(String(said));
  return Number.isFinite(at) ? at : null;
}

function eventOf(type: string, account: string | null, message: DirectMessage): TwitterEvent {
  // Without a filter the event's name tells whose it is.
  const subscriber = account ?? (type === 'dm.sent' ? message.senderId : message.recipientId);
  const identity = `x:dm:${subscriber}:${message.id}`;
  return { identity, family: 'message', type, account: subscriber, message };
}

function otherEvent(
  family: TwitterEventFamily,
  type: string,
  account: string | null,
  distinction: string,
): TwitterEvent {
  return { identity: `x:${type}:${account}:${distinction}`, family, type, account, message: null };
}

function legacyIdentity(element: unknown): string {
  const known = v.safeParse(v.looseObject({ id_str: v.string() }), element);
  return known.success ? known.output.id_str : JSON.stringify(element);
}

/** True when the account itself wrote the message: X delivers what a bot sends back to it. */
export function isOwnEcho(event: TwitterEvent): boolean {
  return event.message !== null && event.message.senderId === event.account;
}

// Members that describe the events of a body and are none themselves.
const CONTEXT_KEYS = new Set(['for_user_id', 'user_has_blocked', 'users', 'apps']);

// A map: a body's own key `constructor` or `__proto__` must not find anything.
const LEGACY_FAMILIES: ReadonlyMap<string, TwitterEventFamily> = new Map([
  ['tweet_create_events', 'post'],
  ['tweet_delete_events', 'post'],
  ['favorite_events', 'like'],
  ['follow_events', 'follow'],
  ['block_events', 'block'],
  ['mute_events', 'mute'],
  ['direct_message_indicate_typing_events', 'typing'],
  ['direct_message_mark_read_events', 'read'],
  ['user_event', 'revoke'],
  ['replay_job_status', 'replay'],
]);

const FAMILIES: readonly (readonly [prefix: string, family: TwitterEventFamily])[] = [
  ['dm.indicate_typing', 'typing'],
  ['dm.read', 'read'],
  ['chat.', 'encrypted-chat'],
  ['post.', 'post'],
  ['like.', 'like'],
  ['follow.', 'follow'],
  ['block.', 'block'],
  ['mute.', 'mute'],
  ['profile.', 'profile'],
  ['oauth.revoke', 'revoke'],
  ['spaces.', 'live'],
  ['broadcast.', 'live'],
  ['news.', 'news'],
];

function familyOf(type: string): TwitterEventFamily {
  return FAMILIES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'unknown';
}
