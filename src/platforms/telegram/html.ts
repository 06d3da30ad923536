import { fitLines } from '../../bot/notice/fitLines.ts';
import { type NewsStyle, newsText, plainNews } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { unlinked } from '../../bot/notice/unlinked.ts';
import { inBatches } from '../../lib/batches.ts';
import { utf8 } from '../../lib/encoding.ts';
import { cutToFit } from '../../lib/graphemes.ts';
import type { TelegramButton } from './api/client.ts';

/** Telegram counts without tags and escapes; counting those too is simpler, and never too little. */
const TEXT_LIMIT = 4096;
const CALLBACK_BYTES = 64;
const SUGGESTIONS_PER_ROW = 2;

const html: NewsStyle = {
  quote: (text) => escapeHtml(unlinked(text)),
  linked: (text, url) => [isWebAddress(url) ? `<a href="${escapeHtml(url)}">${text}</a>` : text],
};

/** A notice as Telegram shows it. */
export interface TelegramText {
  /** Telegram's HTML mode: every tag is closed on its own line. */
  readonly html: string;
  /** The same without tags and buttons, should Telegram not understand those. */
  readonly plain: string;
  readonly buttons: readonly (readonly TelegramButton[])[];
}

/**
 * Writes any notice for Telegram, within its 4096 characters. What is not the bot's own words can
 * neither open a tag nor mention or link anything. Suggestions become buttons that say the words;
 * those longer than a button may carry (64 bytes) are left out.
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
  const { head, lines, link } = newsText(notice, timeZone, html);
  return {
    html: fitLines([`<b>${head}</b>`, ...lines], TEXT_LIMIT),
    plain: plainOf(plainNews(notice, timeZone).split('\n')),
    buttons: link === null ? [] : linkRow(link),
  };
}

function plainOf(lines: readonly string[]): string {
  return fitLines(lines, TEXT_LIMIT);
}

function linkRow({ label, url }: { readonly label: string; readonly url: string }) {
  return isWebAddress(url) ? [[{ text: label, url }]] : [];
}

function wordRows(suggestions: readonly string[]): TelegramButton[][] {
  const words = suggestions.filter((word) => word !== '' && utf8(word).length <= CALLBACK_BYTES);
  return inBatches(words, SUGGESTIONS_PER_ROW).map((row) =>
    row.map((word) => ({ text: word, data: word })),
  );
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

function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/.test(url) && URL.canParse(url);
}
