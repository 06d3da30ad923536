import { parseEvents, type TwitterEvent } from '../../../../src/platforms/x/api/events.ts';

/** Bodies that X sends to a webhook, in the shapes it documents (docs/platforms/x.md). */

export const BOT = '1700000000000000001';
export const PERSON = '1700000000000000101';

interface MessageParts {
  readonly id: string;
  readonly text?: string;
  readonly from?: string;
  readonly to?: string;
}

/** An element of `direct_message_events`, the same in every envelope. */
export function messageCreate({ id, text = '고양이', from = PERSON, to = BOT }: MessageParts) {
  return {
    type: 'message_create',
    id,
    created_timestamp: '1795316400000',
    message_create: {
      target: { recipient_id: to },
      sender_id: from,
      message_data: {
        text,
        entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] },
      },
    },
  };
}

/** Payload of `dm.received` and `dm.sent`; its users are v2 objects under `data`. */
export function dmPayload(parts: MessageParts) {
  return {
    direct_message_events: [messageCreate(parts)],
    users: {
      [PERSON]: { data: { id: PERSON, name: '하나', username: 'hana_reads' } },
      [BOT]: { data: { id: BOT, name: '소식', username: 'soshik_bot' } },
    },
  };
}

/** X Activity API. */
export function xaa(
  type: string,
  payload: unknown,
  changes: Readonly<Record<string, unknown>> = {},
): { readonly data: Readonly<Record<string, unknown>> } {
  return {
    data: {
      event_uuid: '-1234567890123456789',
      filter: { user_id: BOT },
      event_type: type,
      tag: 'soshik',
      payload,
      includes: { users: [], tweets: [] },
      ...changes,
    },
  };
}

const legacyUser = {
  id: PERSON,
  created_timestamp: '1500000000000',
  name: '하나',
  screen_name: 'hana_reads',
  protected: false,
  verified: false,
};

/** Account Activity API v2. */
export function aaa(events: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { for_user_id: BOT, ...events, users: { [PERSON]: legacyUser } };
}

/** The fuller shape of v1.1. */
export function v1(events: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...aaa(events), apps: { '268278': { id: '268278', name: 'X', url: 'https://x.com' } } };
}

/** An element of `tweet_create_events`. */
export const legacyPost = {
  created_at: 'Sun Nov 22 03:00:00 +0000 2026',
  id_str: '1800000000000000042',
  text: '@soshik_bot 안녕',
  user: { id_str: PERSON, screen_name: 'hana_reads' },
  in_reply_to_status_id_str: null,
  entities: { hashtags: [], urls: [], user_mentions: [{ id_str: BOT }] },
  truncated: false,
};

/** The one event of a body that holds one. */
export function onlyEvent(body: Readonly<Record<string, unknown>>): TwitterEvent {
  const [event, ...more] = parseEvents(body);
  if (!event || more.length > 0) throw new Error(`${more.length + (event ? 1 : 0)} events, not 1`);
  return event;
}
