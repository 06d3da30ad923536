import type { Bot } from '../../bot/context.ts';
import { createHookChannel } from '../../bot/hooks/channel.ts';
import { hookUpkeep } from '../../bot/hooks/prove.ts';
import type { HookInfo, Platform } from '../../bot/platform.ts';
import { coreSettings } from '../../config/core.ts';
import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, settingsOf } from '../../config/setting.ts';
import { hookCard } from '../../ui/admin/hookCard.tsx';
import { createDiscordHook } from './hook.ts';

/** What of the owner's settings is about Discord. */
const discordSettings = settingsOf(
  {
    apiUrl: address('DISCORD_API_URL', 'https://discord.com', {
      what: { ko: 'Discord의 웹훅이 있는 곳', en: 'where Discord’s webhooks are' },
    }),
  },
  (values) => values,
);

const discordFeatures: readonly FeatureRule[] = [
  {
    id: 'discord',
    name: { ko: 'Discord', en: 'Discord' },
    // The addresses are secrets: without a key they cannot be kept.
    state: needs(coreSettings.declared.tokenKey),
  },
];

const name = { ko: 'Discord', en: 'Discord' };

const hook: HookInfo = {
  example: 'https://discord.com/api/webhooks/…',
  where: {
    ko: 'Discord의 채널 편집 > 연동 > 웹후크에서 ‘웹후크 URL 복사’를 눌러 붙여 넣어 주세요.',
    en: 'In Discord: Edit channel > Integrations > Webhooks > Copy webhook URL, and paste it here.',
  },
  of: hookOf,
};

/** Channels of Discord, by their incoming webhooks. */
export const discord: Platform = {
  id: 'discord',
  name,
  settings: discordSettings,
  parts: discordFeatures,
  channels: [
    {
      id: 'discord',
      name,
      feature: 'discord',
      isGroup: () => true,
      shown: (secret) => `discord.com/api/webhooks/${secret.replace(/-.*$/, '')}/…`,
      hook,
    },
  ],
  ...hookUpkeep('discord'),
  card: hookCard('discord'),
  speakers: (bot) => (bot.config.tokenKey === '' ? [] : [createHookChannel(bot, hookOf(bot))]),
  meetings: async ({ config }) =>
    config.tokenKey === ''
      ? []
      : [
          {
            channel: 'discord',
            title: name,
            link: {
              text: { ko: '채널 등록하기', en: 'Register a channel' },
              url: '/register?channel=discord',
            },
            chat: {
              how: { ko: '채널의 웹후크 주소로', en: 'by the webhook of a channel' },
              send: hook.where,
              hook,
            },
          },
        ],
};

function hookOf({ runtime, config, read, publicUrl }: Bot) {
  const { apiUrl } = read(discordSettings);
  return createDiscordHook({ runtime, apiUrl, homeUrl: publicUrl, timeZone: config.timeZone });
}
