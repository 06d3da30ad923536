import {
  type NewsNotice,
  type NewsStyle,
  newsText,
  plainNews,
} from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { fitLines } from '../../bot/notice/plainText.ts';
import type { Channel, Outcome } from '../../bot/outbox/channel.ts';
import { inBatches } from '../../lib/batches.ts';
import { utf8 } from '../../lib/encoding.ts';
import { isWebAddress } from '../../lib/links/links.ts';
import { unlinked } from '../../lib/links/neutralize.ts';
import { unreachable } from '../../lib/result.ts';
import { cutToFit } from '../../lib/text.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../lib/time.ts';
import type { TelegramFailure } from './api/answer.ts';
import type { TelegramButton, TelegramClient } from './api/client.ts';
import { type Place, placeOf, placeOnKeyboard } from './api/place.ts';

/** Telegram counts without tags and escapes; counting those too is simpler, and never too little. */
const TEXT_LIMIT = 4096;
const CALLBACK_BYTES = 64;
const SUGGESTIONS_PER_ROW = 2;

const htmlStyle: NewsStyle = {
  quote: (text) => escapeHtml(unlinked(text)),
  linked: (text, url) => [isWebAddress(url) ? `<a href="${escapeHtml(url)}">${text}</a>` : text],
};

/** A notice as Telegram shows it. */
interface TelegramText {
  /** Telegram's HTML mode: every tag is closed on its own line. */
  readonly html: string;
  /** The same without tags and buttons, should Telegram not understand those. */
  readonly plain: string;
  readonly buttons: readonly (readonly TelegramButton[])[];
}

/**
 * Writes any notice for Telegram, within its 4096 characters. What is not the bot's own words can
 * neither open a tag nor mention or link anything. Suggestions become buttons that say the words.
 *
 * @param timeZone IANA name, for instants in the text
 */
export function telegramText(notice: Notice, timeZone: string): TelegramText {
  if (notice.kind === 'text') {
    const { text, links, suggestions } = notice;
    const cut = cutToFit(text, TEXT_LIMIT, (value) => escapeHtml(value).length);
    return {
      html: escapeHtml(cut),
      plain: plainOf([cut, ...links.map(({ label, url }) => `${label}: ${url}`)]),
      buttons: [...links.flatMap(linkRow), ...wordRows(suggestions)],
    };
  }
  const { lines, link } = newsHtml(notice, timeZone);
  return {
    html: fitLines(lines, TEXT_LIMIT),
    plain: plainOf(plainNews(notice, timeZone).split('\n')),
    buttons: link === null ? [] : linkRow(link),
  };
}

function newsHtml(notice: NewsNotice, timeZone: string) {
  const { head, lines, link } = newsText(notice, timeZone, htmlStyle);
  return { lines: [`<b>${head}</b>`, ...lines], link };
}

function plainOf(lines: readonly string[]): string {
  return fitLines(lines, TEXT_LIMIT);
}

function linkRow({ label, url }: { readonly label: string; readonly url: string }) {
  return isWebAddress(url) ? [[{ text: label, url }]] : [];
}

function wordRows(suggestions: readonly string[]): TelegramButton[][] {
  const buttons = suggestions
    .filter((word) => word !== '')
    .map((word, index) => ({
      text: word,
      data: utf8(word).length <= CALLBACK_BYTES ? word : placeOnKeyboard(index),
    }));
  return inBatches(buttons, SUGGESTIONS_PER_ROW).map((row) => [...row]);
}

/**
 * The four characters that Telegram's HTML mode gives a meaning (docs/platforms/telegram.md, HTML).
 */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export interface TelegramChannelOptions {
  readonly client: Pick<TelegramClient, 'sendMessage'>;
  /** IANA name, for instants in texts. */
  readonly timeZone: string;
  /** A group got another id: it is known by the new one from now on. */
  readonly onMigrated: (oldId: string, newId: string) => Promise<void>;
}

/**
 * Speaks on Telegram; the address is a chat, a topic or a channel (`placeOf`). When Telegram says that it is too much, that
 * chat has to wait; when it says so for several, everybody does (see `waits`).
 *
 * Telegram has no way to look whether a message arrived: an uncertain one is sent again.
 */
export function createTelegramChannel(options: TelegramChannelOptions): Channel {
  const { client, timeZone, onMigrated } = options;

  const sendTo = async (address: string, { html, plain, buttons }: TelegramText) => {
    const { chatId, topic, isChannel } = placeOf(address) ?? nowhere(address);
    // Everybody who reads a channel could press them.
    const shown = isChannel ? buttons.map((row) => row.filter(isLink)) : buttons;
    const rows = shown.filter((row) => row.length > 0);
    const sent = await client.sendMessage({ chatId, topic, html, buttons: rows });
    if (sent.ok || sent.reason !== 'bad-markup') return { sent, note: null };
    // Markup that Telegram does not take is left away: the words are what matters.
    return {
      sent: await client.sendMessage({ chatId, topic, text: plain }),
      note: 'markup-refused',
    };
  };

  return {
    id: 'telegram',
    pace: { atOnce: 15 },
    holds: (notice) => newsHtml(notice, timeZone).lines.join('\n').length <= TEXT_LIMIT,
    send: async ({ address, notice }) => {
      const text = telegramText(notice, timeZone);
      const first = await sendTo(address, text);
      const movedTo = first.sent.ok ? undefined : first.sent.migratedTo;
      const { sent, note } = movedTo === undefined ? first : await sendTo(movedTo, text);
      const outcome: Outcome = sent.ok
        ? { kind: 'sent', externalId: sent.value.messageId, note }
        : outcomeOf(sent);
      return movedTo === undefined
        ? outcome
        : { ...outcome, afterwards: () => onMigrated(address, movedTo) };
    },
  };
}

/** An address that is none of today's: Telegram says what is wrong with it. */
function nowhere(chatId: string): Place {
  return { chatId, topic: null, isChannel: false };
}

function isLink(button: TelegramButton): boolean {
  return 'url' in button;
}

/** What a failure of Telegram means for a delivery. */
function outcomeOf(failure: TelegramFailure): Outcome {
  const note = noteOf(failure);
  switch (failure.reason) {
    case 'wait': {
      const afterMs = failure.retryAfterMs ?? SECOND_MS;
      return { kind: 'wait', scope: 'address', afterMs, note };
    }
    case 'retry':
    // Moved twice in a moment: by the next try it is known where to.
    case 'migrated':
      return {
        kind: 'retry',
        afterMs: failure.retryAfterMs ?? null,
        uncertain: failure.mayHaveActed,
        note,
      };
    case 'unauthorized':
      return { kind: 'sender', scope: 'channel', note };
    case 'gone':
      return { kind: 'gone', note };
    // Once Telegram said so of every channel by mistake: only a day of it is believed.
    case 'no-rights': {
      const [afterMs, goneAfterMs] = [2 * HOUR_MS, DAY_MS];
      return { kind: 'wait', scope: 'address', afterMs, goneAfterMs, note };
    }
    case 'bad-markup':
    case 'invalid':
      return { kind: 'refused', note };
    default:
      return unreachable(failure.reason);
  }
}

function noteOf({ reason, status }: TelegramFailure): string {
  return status === null ? reason : `${reason} ${status}`;
}
