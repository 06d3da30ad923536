import { findLinks } from '../../../src/lib/links/links.ts';
import type { ActivitySubscription } from './activity-store.ts';
import type { Account, Message, XContext } from './types.ts';

/** XAA (`dm.received`, `dm.sent`), Account Activity v2, and the fuller legacy shape of v1.1. */
export type EnvelopeKind = 'xaa' | 'aaa' | 'v1';

/** Whom an X Activity event is for, and the words of the subscription. */
export type Addressee = Pick<ActivitySubscription, 'filter'> &
  Partial<Pick<ActivitySubscription, 'tag'>>;

/** Builders of what X sends to a webhook (docs/platforms/x.md). */
export function createEnvelopes(context: XContext) {
  function party(id: string): Account {
    const known = context.user(id);
    if (!known) throw new Error(`The sandbox has no user ${id}.`);
    return known;
  }

  function users(message: Message, shape: (user: Account) => object): object {
    return Object.fromEntries([message.from, message.to].map((id) => [id, shape(party(id))]));
  }

  /** The account a message is about when nobody says: the bot, or whoever it was sent to. */
  function ownerOf(message: Message): string {
    return message.from === context.bot.id ? message.from : message.to;
  }

  function messagePayload(message: Message): object {
    return {
      direct_message_events: [event(message)],
      users: users(message, ({ id, name, username }) => ({ data: { id, name, username } })),
    };
  }

  function encryptedPayload(id: string, fromId: string, toId: string): object {
    return {
      id,
      conversation_id: `${fromId}-${toId}`,
      conversation_token: 'c2FuZGJveA==',
      sender_id: party(fromId).id,
      created_at_msec: String(context.now()),
      conversation_key_version: '1',
      encoded_event: 'c2FuZGJveCBjaXBoZXJ0ZXh0',
    };
  }

  function accountActivity(kind: 'aaa' | 'v1', message: Message, userId: string): object {
    const legacy = kind === 'v1' ? { apps: { '268278': webApp } } : {};
    return {
      for_user_id: userId,
      direct_message_events: [event(message)],
      ...legacy,
      users: users(message, kind === 'v1' ? fullUser : user),
    };
  }

  return {
    activity,
    messagePayload,
    encryptedPayload,
    accountActivity,

    /** The event of a direct message for one of the two in it; who, see `ownerOf`. */
    message: (kind: EnvelopeKind, message: Message, userId = ownerOf(message)): object => {
      if (kind !== 'xaa') return accountActivity(kind, message, userId);
      const type = message.from === userId ? 'dm.sent' : 'dm.received';
      const to = { filter: { user_id: userId }, tag: 'soshik' };
      return activity(type, message.id, to, messagePayload(message));
    },

    /**
     * An encrypted message: the account can tell that there was one, not what it says
     * (docs/platforms/x.md, Encrypted messages).
     */
    encrypted: (fromId: string, toId = context.bot.id): object => {
      const id = context.nextId();
      const to = { filter: { user_id: toId }, tag: 'soshik' };
      return activity('chat.received', id, to, encryptedPayload(id, fromId, toId));
    },
  };
}

function activity(
  type: string,
  eventId: string,
  { filter, tag }: Addressee,
  payload: object,
): object {
  // Live ids are opaque and may be negative.
  return { data: { event_uuid: `-${eventId}`, filter, event_type: type, tag, payload } };
}

function event(message: Message): object {
  return {
    type: 'message_create',
    id: message.id,
    created_timestamp: String(message.at),
    message_create: {
      target: { recipient_id: message.to },
      sender_id: message.from,
      message_data: {
        ...asDelivered(message),
      },
    },
  };
}

function escaped(part: string): string {
  return part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A text as X delivers it: t.co in place of every address, and beside it what stood there. */
function asDelivered({ id, text }: Message): object {
  const urls: object[] = [];
  let written = '';
  let from = 0;
  for (const { start, end } of findLinks(text)) {
    written += escaped(text.slice(from, start));
    const address = text.slice(start, end);
    const url = `https://t.co/${id.slice(-6)}x${urls.length}`;
    const begin = Array.from(written).length;
    urls.push({
      url,
      expanded_url: /^https?:/i.test(address) ? address : `http://${address}`,
      display_url: address.replace(/^https?:\/\//i, '').slice(0, 26),
      indices: [begin, begin + url.length],
    });
    written += url;
    from = end;
  }
  written += escaped(text.slice(from));
  return { text: written, entities: { hashtags: [], symbols: [], user_mentions: [], urls } };
}

const webApp = { id: '268278', name: 'X', url: 'https://x.com' };

function user({ id, name, username }: Account): object {
  return {
    id,
    created_timestamp: '1500000000000',
    name,
    screen_name: username,
    protected: false,
    verified: false,
  };
}

function fullUser(person: Account): object {
  return {
    ...user(person),
    followers_count: 12,
    friends_count: 34,
    statuses_count: 56,
    profile_image_url: 'http://pbs.twimg.com/profile_images/1/normal.jpg',
    profile_image_url_https: 'https://pbs.twimg.com/profile_images/1/normal.jpg',
  };
}
