import { coreSettings } from '../../config/core.ts';
import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, settingsOf } from '../../config/setting.ts';

/** What of the owner's settings is about Discord. */
export const discordSettings = settingsOf(
  {
    apiUrl: address('DISCORD_API_URL', 'https://discord.com', {
      what: { ko: 'Discord의 웹훅이 있는 곳', en: 'where Discord’s webhooks are' },
    }),
  },
  (values) => values,
);

export const discordFeatures: readonly FeatureRule[] = [
  {
    id: 'discord',
    name: { ko: 'Discord', en: 'Discord' },
    // The addresses are secrets: without a key they cannot be kept.
    state: needs(coreSettings.declared.tokenKey),
  },
];
