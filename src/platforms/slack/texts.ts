import { fitLines } from '../../bot/notice/fitLines.ts';
import { type NewsStyle, newsText, plainNews } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { unlinked } from '../../bot/notice/unlinked.ts';
import { cutToFit } from '../../lib/graphemes.ts';
import type { Language } from '../../lib/time.ts';
import type { SlackBlock, SlackMessage } from './api/client.ts';

/** Slack's Block Kit reference, less a little: a whole message fails near 13,200 characters. */
const HEADER_LIMIT = 150;
const SECTION_LIMIT = 2900;
const TEXT_LIMIT = 3000;
const MOST_BLOCKS = 40;
const MOST_LETTERS = 9000;

/** In front of the address of a line that has a page of its own; no text has this character. */
const PAGE = '\u0000';

const openLabel: Readonly<Record<Language, string>> = { ko: '열어 보기', en: 'Open' };

const style: NewsStyle = {
  quote: unlinked,
  linked: (text, url) => (isWebAddress(url) ? [text, `${PAGE}${url}`] : [text]),
};

/**
 * Writes any notice for Slack. Slack's own markup has no escape for emphasis, so what is not the
 * bot's own words stands in plain text, and pages in lines of their own.
 *
 * @param timeZone IANA name, for instants in the text
 */
export function slackMessage(notice: Notice, timeZone: string): SlackMessage {
  if (notice.kind === 'text') {
    const { text, links } = notice;
    return {
      text: fitText(text),
      blocks: [
        plain(cut(text, SECTION_LIMIT)),
        ...links.flatMap(({ label, url }) => pageBlock(url, label)),
      ],
    };
  }
  const { head, lines, link } = newsText(notice, timeZone, style);
  const blocks = blocksOf(lines, openLabel[notice.language]);
  return {
    text: fitText(plainNews(notice, timeZone)),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(head, HEADER_LIMIT), emoji: false } },
      ...blocks,
      ...(link === null ? [] : pageBlock(link.url, link.label)),
    ],
  };
}

/** As many lines as a message takes: each page after the lines it belongs to. */
function blocksOf(lines: readonly string[], label: string): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  let group: string[] = [];
  let letters = 0;
  const flush = () => {
    const text = fitLines(group, SECTION_LIMIT).trim();
    group = [];
    if (text !== '') blocks.push(plain(text));
  };
  for (const line of lines) {
    letters += line.length;
    if (blocks.length >= MOST_BLOCKS || letters > MOST_LETTERS) {
      group.push('…');
      break;
    }
    if (line.startsWith(PAGE)) {
      flush();
      blocks.push(...pageBlock(line.slice(PAGE.length), label));
    } else {
      group.push(line);
    }
  }
  flush();
  return blocks;
}

function plain(text: string): SlackBlock {
  return { type: 'section', text: { type: 'plain_text', text, emoji: false } };
}

function pageBlock(url: string, label: string): SlackBlock[] {
  if (!isWebAddress(url) || url.length > 2000) return [];
  // A bar would end the address.
  const address = escapeSlack(url).replaceAll('|', '%7C');
  const text = `<${address}|${escapeSlack(label)}>`;
  return [{ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }];
}

function fitText(text: string): string {
  return escapeSlack(cut(text, TEXT_LIMIT));
}

function cut(text: string, limit: number): string {
  return cutToFit(text, limit, (value) => value.length);
}

/** The three characters that Slack's markup gives a meaning: no mention, no `<!channel>` is left. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/.test(url) && URL.canParse(url);
}
