import { fitLines } from '../../bot/notice/fitLines.ts';
import { type NewsStyle, newsText } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { unlinked } from '../../bot/notice/unlinked.ts';
import { cutToFit } from '../../lib/graphemes.ts';
import type { DiscordMessage } from './api/client.ts';

/** Of an embed and of a message (Discord developer docs, message resource), less a little. */
const TITLE_LIMIT = 256;
const DESCRIPTION_LIMIT = 4000;
const CONTENT_LIMIT = 2000;

/** What Discord's markdown gives a meaning, wherever it stands in a line. */
const MARKUP = /[\\*_~|`>#[\]()<-]/g;

const markdown: NewsStyle = {
  quote: escapeMarkdown,
  linked: (text, url) => [isWebAddress(url) ? `[${text}](${escapeUrl(url)})` : text],
};

/**
 * Writes any notice for Discord: news as an embed with its page, words as they are. What is not the
 * bot's own words can format, link and mention nothing.
 *
 * @param timeZone IANA name, for instants in the text
 */
export function discordMessage(notice: Notice, timeZone: string): DiscordMessage {
  if (notice.kind === 'text') {
    const { text, links } = notice;
    const pages = links.map(({ label, url }) => `${label}: <${url}>`);
    return { content: fitLines([...text.split('\n'), ...pages], CONTENT_LIMIT) };
  }
  const { head, lines, link } = newsText(notice, timeZone, markdown);
  const page = link !== null && isWebAddress(link.url) ? link.url : null;
  const more = page === null ? [] : ['', `[${link?.label ?? page}](${escapeUrl(page)})`];
  const description = fitLines(lines, DESCRIPTION_LIMIT - more.join('\n').length);
  return {
    embeds: [
      {
        title: cutToFit(head, TITLE_LIMIT, (value) => value.length),
        description: [description, ...more].join('\n').trim(),
        ...(page === null ? {} : { url: page }),
      },
    ],
  };
}

function escapeMarkdown(text: string): string {
  return unlinked(text).replace(MARKUP, '\\$&');
}

/** A bracket would end the address. */
function escapeUrl(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29');
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/.test(url) && URL.canParse(url);
}
