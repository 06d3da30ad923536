import { newsText } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import type { Channel, Outcome } from '../../bot/outbox/channel.ts';
import { unlinked } from '../../lib/links/neutralize.ts';
import { unreachable } from '../../lib/result.ts';
import type { KakaoFailure } from './api/answer.ts';
import type { KakaoBotClient } from './api/bot.ts';
import {
  cleanText,
  fitKakaoText,
  KAKAO_TEXT_LIMIT,
  type TemplateResult,
  textTemplate,
  webAddress,
} from './api/text.ts';

interface KakaoWords {
  readonly text: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** What a notice says on KakaoTalk. */
function kakaoWords(notice: Notice, timeZone: string): KakaoWords {
  switch (notice.kind) {
    case 'text':
      return { text: notice.text, links: notice.links };
    case 'menu':
    case 'bulletin':
    case 'commits':
    case 'release':
    case 'repository':
    case 'digest': {
      const { head, lines, link } = newsText(notice, timeZone, { quote: unlinked });
      return { text: [head, ...lines].join('\n'), links: link ? [link] : [] };
    }
    default:
      return unreachable(notice);
  }
}

/**
 * A notice as a text message: at most 200 characters, the rest behind its link.
 *
 * @param homeUrl where the message leads when the notice has no page of its own
 */
export function kakaoTemplate(
  notice: Notice,
  timeZone: string,
  homeUrl: string | null,
): TemplateResult {
  const words = kakaoWords(notice, timeZone);
  const [first, second] = words.links.filter(({ url }) => webAddress(url) !== null);
  return textTemplate({
    text: fitKakaoText(words.text),
    link: first?.url ?? (homeUrl && pageOf(notice, homeUrl)),
    ...(first && !second && { buttonTitle: first.label }),
    ...(first &&
      second && {
        buttons: [first, second].map(({ label, url }) => ({ title: label, link: url })),
      }),
  });
}

/** Whether a text message has room for all of it. */
export function templateHolds(notice: Notice, timeZone: string): boolean {
  return cleanText(kakaoWords(notice, timeZone).text).length <= KAKAO_TEXT_LIMIT;
}

/** Where the Worker itself tells more. */
function pageOf(notice: Notice, homeUrl: string): string {
  return notice.kind === 'menu' ? `${homeUrl}/menu/${notice.day}` : homeUrl;
}

/** Longest text of a bubble (docs/platforms/kakao.md, Skill answers). */
const BUBBLE_LIMIT = 1000;

/** A notice as one bubble of the chatbot, its pages as lines of their own. */
function kakaoBubble(notice: Notice, timeZone: string): string {
  const words = kakaoWords(notice, timeZone);
  const pages = words.links.map(({ url }) => `\n${url}`).join('');
  return fitKakaoText(words.text, BUBBLE_LIMIT - pages.length) + pages;
}

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
    holds: (notice) => cleanText(kakaoWords(notice, timeZone).text).length <= BUBBLE_LIMIT,
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
