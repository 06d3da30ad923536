import type { Channel, Outcome } from '../../bot/outbox/channel.ts';
import { unreachable } from '../../lib/result.ts';
import type { KakaoFailure } from './api/answer.ts';
import type { KakaoBotClient } from './api/bot.ts';
import { kakaoBubble } from './channelTexts.ts';

/** Before the key of a group room in an address. */
const GROUP = 'group:';

export interface KakaoEventOptions {
  readonly bot: Pick<KakaoBotClient, 'sendEvent' | 'sendGroupEvent'>;
  /** Event block of the chatbot whose text is `{{#current.event.data.text}}`. */
  readonly eventName: string;
  /** IANA name. */
  readonly timeZone: string;
}

/**
 * Lets the Kakao chatbot write first (Event API; a business channel, 15 won a message;
 * docs/platforms/kakao.md, Event API). Address: a `botUserKey`, or `group:<botGroupKey>` of a group
 * room, which costs nothing. Kakao accepts a message before it knows whether it arrives.
 */
export function createKakaoEventChannel(options: KakaoEventOptions): Channel {
  const { bot, eventName, timeZone } = options;
  return {
    id: 'kakao',
    async send({ address, notice }) {
      const text = kakaoBubble(notice, timeZone);
      const event = { name: eventName, data: { text } };
      const isGroup = address.startsWith(GROUP);
      const sent = isGroup
        ? await bot.sendGroupEvent({ event, rooms: [address.slice(GROUP.length)] })
        : await bot.sendEvent({ event, users: [{ type: 'botUserKey', id: address }] });
      if (!sent.ok) return outcomeOf(sent);
      const charges = isGroup ? {} : { charges: { 'kakao-event': 1 } };
      return { kind: 'sent', externalId: sent.value.taskId, note: null, ...charges };
    },
  };
}

/** What a failure of the Event API means for a delivery; whom it pays for is the owner's business. */
function outcomeOf({ reason, code, mayHaveActed, retryAfterMs }: KakaoFailure): Outcome {
  const note = `kakao-event: ${code === null ? reason : `${reason} ${code}`}`;
  switch (reason) {
    case 'retry':
      return { kind: 'retry', afterMs: retryAfterMs ?? null, uncertain: mayHaveActed, note };
    case 'unauthorized':
    case 'consent':
    case 'configuration':
    case 'quota':
    case 'stopped':
      return { kind: 'sender', scope: 'channel', note };
    case 'not-linked':
    case 'not-a-friend':
    case 'unreachable':
      return { kind: 'gone', note };
    case 'invalid':
      return { kind: 'refused', note };
    default:
      return unreachable(reason);
  }
}
