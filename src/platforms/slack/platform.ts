import type { Bot } from '../../bot/context.ts';
import { hookPlatform } from '../../bot/hooks/channel.ts';
import { type HookPlatform, hookOutcome } from '../../bot/hooks/types.ts';
import { type NewsStyle, newsText, plainNews } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { fitLines } from '../../bot/notice/plainText.ts';
import type { Platform } from '../../bot/platform.ts';
import { address, settingsOf } from '../../config/setting.ts';
import { isWebAddress } from '../../lib/links/links.ts';
import { unlinked } from '../../lib/links/neutralize.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { cutToFit } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import { userAgent } from '../../lib/web/robots.ts';
import { hookCard } from '../../ui/admin/features.tsx';
import {
  createSlackClient,
  readSlackWebhook,
  type SlackBlock,
  type SlackMessage,
} from './api/client.ts';

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
function slackMessage(notice: Notice, timeZone: string): SlackMessage {
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
  const { blocks } = blocksOf(lines, openLabel[notice.language]);
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
function blocksOf(
  lines: readonly string[],
  label: string,
): { readonly blocks: readonly SlackBlock[]; readonly isWhole: boolean } {
  const blocks: SlackBlock[] = [];
  let group: string[] = [];
  let [letters, inGroup] = [0, 0];
  let isWhole = true;
  const flush = () => {
    const text = fitLines(group, SECTION_LIMIT).trim();
    [group, inGroup] = [[], 0];
    if (text !== '') blocks.push(plain(text));
  };
  for (const line of lines) {
    letters += line.length;
    if (blocks.length >= MOST_BLOCKS || letters > MOST_LETTERS) {
      group.push('…');
      isWhole = false;
      break;
    }
    inGroup += line.length + 1;
    if (inGroup > SECTION_LIMIT) {
      flush();
      inGroup = line.length + 1;
    }
    if (line.startsWith(PAGE)) {
      flush();
      blocks.push(...pageBlock(line.slice(PAGE.length), label));
    } else {
      group.push(line);
    }
  }
  flush();
  return { blocks, isWhole };
}

function plain(text: string): SlackBlock {
  return { type: 'section', text: { type: 'plain_text', text, emoji: false } };
}

function pageBlock(url: string, label: string): SlackBlock[] {
  if (!isWebAddress(url) || url.length > 2000) return [];
  // A bar would end the address.
  const escaped = escapeSlack(url).replaceAll('|', '%7C');
  const text = `<${escaped}|${escapeSlack(label)}>`;
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

interface SlackOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** `SLACK_API_URL`. */
  readonly apiUrl: string;
  /** The owner's address, for the User-Agent. */
  readonly contact: string;
  /** IANA name, for instants in texts. */
  readonly timeZone: string;
}

/** Slack's channels, by their incoming webhooks. */
export function createSlackHook(options: SlackOptions): HookPlatform {
  const { runtime, apiUrl, contact, timeZone } = options;
  const client = createSlackClient({ runtime, apiUrl, userAgent: userAgent(contact) });
  return {
    id: 'slack',
    name: 'Slack',
    read: (text) => {
      const webhook = readSlackWebhook(text, apiUrl);
      if (webhook === null) return null;
      const { id, secret } = webhook;
      return { name: id, secret: `https://hooks.slack.com/services/${id}/${secret}` };
    },
    holds: (notice) => {
      const { lines } = newsText(notice, timeZone, style);
      return blocksOf(lines, '').isWhole;
    },
    say: async (to, notice) => {
      const webhook = readSlackWebhook(to, apiUrl);
      if (webhook === null) return { kind: 'refused', note: 'to' };
      return hookOutcome(await client.post(webhook, slackMessage(notice, timeZone)));
    },
  };
}

/** What of the owner's settings is about Slack. */
const slackSettings = settingsOf(
  {
    apiUrl: address('SLACK_API_URL', 'https://hooks.slack.com', {
      what: { ko: 'Slack의 웹훅이 있는 곳', en: 'where Slack’s webhooks are' },
    }),
  },
  (values) => values,
);

/** Channels of Slack, by their incoming webhooks. */
export const slack: Platform = hookPlatform({
  id: 'slack',
  name: { ko: 'Slack', en: 'Slack' },
  settings: slackSettings,
  example: 'https://hooks.slack.com/services/…',
  where: {
    ko: 'api.slack.com/apps > 앱 > Incoming Webhooks에서 웹훅 URL을 복사해 붙여 넣어 주세요.',
    en: 'At api.slack.com/apps > your app > Incoming Webhooks, copy the webhook URL and paste it here.',
  },
  how: { ko: '채널의 웹훅 주소로', en: 'by the webhook of a channel' },
  shownAt: 'hooks.slack.com/services/',
  hookOf,
  card: hookCard('slack'),
});

function hookOf({ runtime, config, read }: Bot) {
  const { apiUrl } = read(slackSettings);
  const { contact, timeZone } = config;
  return createSlackHook({ runtime, apiUrl, contact, timeZone });
}
