import { coreSettings } from '../../config/core.ts';
import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, settingsOf } from '../../config/setting.ts';

/** What of the owner's settings is about Slack. */
export const slackSettings = settingsOf(
  {
    apiUrl: address('SLACK_API_URL', 'https://hooks.slack.com', {
      what: { ko: 'Slack의 웹훅이 있는 곳', en: 'where Slack’s webhooks are' },
    }),
  },
  (values) => values,
);

export const slackFeatures: readonly FeatureRule[] = [
  {
    id: 'slack',
    name: { ko: 'Slack', en: 'Slack' },
    // The addresses are secrets: without a key they cannot be kept.
    state: needs(coreSettings.declared.tokenKey),
  },
];
