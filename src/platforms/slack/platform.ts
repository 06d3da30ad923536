import type { Bot } from '../../bot/context.ts';
import { createHookChannel } from '../../bot/hooks/channel.ts';
import { hookUpkeep } from '../../bot/hooks/prove.ts';
import type { HookInfo, Platform } from '../../bot/platform.ts';
import { coreSettings } from '../../config/core.ts';
import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, settingsOf } from '../../config/setting.ts';
import { hookCard } from '../../ui/admin/hookCard.tsx';
import { createSlackHook } from './hook.ts';

/** What of the owner's settings is about Slack. */
const slackSettings = settingsOf(
  {
    apiUrl: address('SLACK_API_URL', 'https://hooks.slack.com', {
      what: { ko: 'Slack의 웹훅이 있는 곳', en: 'where Slack’s webhooks are' },
    }),
  },
  (values) => values,
);

const slackFeatures: readonly FeatureRule[] = [
  {
    id: 'slack',
    name: { ko: 'Slack', en: 'Slack' },
    // The addresses are secrets: without a key they cannot be kept.
    state: needs(coreSettings.declared.tokenKey),
  },
];

const name = { ko: 'Slack', en: 'Slack' };

const hook: HookInfo = {
  example: 'https://hooks.slack.com/services/…',
  where: {
    ko: 'api.slack.com/apps > 앱 > Incoming Webhooks에서 웹훅 URL을 복사해 붙여 넣어 주세요.',
    en: 'At api.slack.com/apps > your app > Incoming Webhooks, copy the webhook URL and paste it here.',
  },
  of: hookOf,
};

/** Channels of Slack, by their incoming webhooks. */
export const slack: Platform = {
  id: 'slack',
  name,
  settings: slackSettings,
  parts: slackFeatures,
  channels: [
    {
      id: 'slack',
      name,
      feature: 'slack',
      isGroup: () => true,
      shown: (secret) => `hooks.slack.com/services/${secret.replace(/-.*$/, '')}/…`,
      hook,
    },
  ],
  ...hookUpkeep('slack'),
  card: hookCard('slack'),
  speakers: (bot) => (bot.config.tokenKey === '' ? [] : [createHookChannel(bot, hookOf(bot))]),
  meetings: async ({ config }) =>
    config.tokenKey === ''
      ? []
      : [
          {
            channel: 'slack',
            title: name,
            link: {
              text: { ko: '채널 등록하기', en: 'Register a channel' },
              url: '/register?channel=slack',
            },
            chat: {
              how: { ko: '채널의 웹훅 주소로', en: 'by the webhook of a channel' },
              send: hook.where,
              hook,
            },
          },
        ],
};

function hookOf({ runtime, config, read }: Bot) {
  const { apiUrl } = read(slackSettings);
  const { contact, timeZone } = config;
  return createSlackHook({ runtime, apiUrl, contact, timeZone });
}
