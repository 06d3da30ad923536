import type { Platform } from '../../bot/platform.ts';
import { checkPublicUrl } from '../../lib/web/publicAddress.ts';
import { programsCard } from './adminCard.tsx';
import { createWebhookChannel, webhookSecret } from './channel.ts';

const name = { ko: '웹훅', en: 'Webhooks' };

/** Programs that news is posted to. */
export const webhook: Platform = {
  id: 'webhook',
  name,
  channels: [
    {
      id: 'webhook',
      name,
      readAddress: ({ config }, id) => {
        const checked = checkPublicUrl(id, { trustedHosts: config.trustedHosts });
        return checked.ok ? checked.value.href : null;
      },
      // The rest of it may be a secret.
      shown: (address) => URL.parse(address)?.host ?? '…',
      secretOf: ({ config }, address) => webhookSecret(config.tokenKey, address),
    },
  ],
  card: programsCard,
  speakers: ({ config, runtime }) => {
    const { contact, trustedHosts, tokenKey } = config;
    if (tokenKey === '') return [];
    const secretOf = (url: string) => webhookSecret(tokenKey, url);
    return [createWebhookChannel({ runtime, secretOf, contact, trustedHosts })];
  },
};
