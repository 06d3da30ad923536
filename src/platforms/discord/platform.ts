import { version } from '../../../package.json';
import type { Bot } from '../../bot/context.ts';
import { hookPlatform } from '../../bot/hooks/channel.ts';
import { type HookPlatform, hookOutcome } from '../../bot/hooks/types.ts';
import { type NewsStyle, newsText } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { fitLines } from '../../bot/notice/plainText.ts';
import type { Platform } from '../../bot/platform.ts';
import { address, settingsOf } from '../../config/setting.ts';
import { isWebAddress } from '../../lib/links/links.ts';
import { unlinked } from '../../lib/links/neutralize.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { cutToFit } from '../../lib/text.ts';
import { hookCard } from '../../ui/admin/features.tsx';
import { createDiscordClient, type DiscordMessage, readDiscordWebhook } from './api/client.ts';

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
function discordMessage(notice: Notice, timeZone: string): DiscordMessage {
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

interface DiscordOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** `DISCORD_API_URL`. */
  readonly apiUrl: string;
  /** Page about the bot, for the User-Agent that Discord asks for. */
  readonly homeUrl: string | null;
  /** IANA name, for instants in texts. */
  readonly timeZone: string;
}

/** Discord's channels, by their incoming webhooks. */
export function createDiscordHook(options: DiscordOptions): HookPlatform {
  const { runtime, apiUrl, homeUrl, timeZone } = options;
  const userAgent = `DiscordBot (${homeUrl ?? 'https://www.npmjs.com/package/soshik'}, ${version})`;
  const client = createDiscordClient({ runtime, apiUrl, userAgent });
  return {
    id: 'discord',
    name: 'Discord',
    read: (text) => {
      const webhook = readDiscordWebhook(text, apiUrl);
      if (webhook === null) return null;
      const { id, token } = webhook;
      return { name: id, secret: `https://discord.com/api/webhooks/${id}/${token}` };
    },
    holds: (notice) => {
      const { lines } = newsText(notice, timeZone, markdown);
      return lines.join('\n').length <= DESCRIPTION_LIMIT;
    },
    say: async (secret, notice) => {
      const webhook = readDiscordWebhook(secret, apiUrl);
      if (webhook === null) return { kind: 'refused', note: 'address' };
      return hookOutcome(await client.execute(webhook, discordMessage(notice, timeZone)));
    },
  };
}

/** What of the owner's settings is about Discord. */
const discordSettings = settingsOf(
  {
    apiUrl: address('DISCORD_API_URL', 'https://discord.com', {
      what: { ko: 'Discord의 웹훅이 있는 곳', en: 'where Discord’s webhooks are' },
    }),
  },
  (values) => values,
);

/** Channels of Discord, by their incoming webhooks. */
export const discord: Platform = hookPlatform({
  id: 'discord',
  name: { ko: 'Discord', en: 'Discord' },
  settings: discordSettings,
  example: 'https://discord.com/api/webhooks/…',
  where: {
    ko: 'Discord의 채널 편집 > 연동 > 웹후크에서 ‘웹후크 URL 복사’를 눌러 붙여 넣어 주세요.',
    en: 'In Discord: Edit channel > Integrations > Webhooks > Copy webhook URL, and paste it here.',
  },
  how: { ko: '채널의 웹후크 주소로', en: 'by the webhook of a channel' },
  shownAt: 'discord.com/api/webhooks/',
  hookOf,
  card: hookCard('discord'),
});

function hookOf({ runtime, config, read, publicUrl }: Bot) {
  const { apiUrl } = read(discordSettings);
  return createDiscordHook({ runtime, apiUrl, homeUrl: publicUrl, timeZone: config.timeZone });
}
