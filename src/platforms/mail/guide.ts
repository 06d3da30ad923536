import type { Guide } from '../../config/guide.ts';
import { mailSettings } from './settings.ts';

const { to, from } = mailSettings.declared;

/** How an owner is told of trouble by mail, too. */
export const guide: Guide = {
  position: 45,
  title: { ko: '주인에게 메일', en: 'Mail to the owner' },
  minutes: 3,
  cost: {
    ko: '무료 (Cloudflare에 둔 도메인이 있어야 해요)',
    en: 'free (with a domain at Cloudflare)',
  },
  steps: [
    {
      ko: 'dash.cloudflare.com에서 도메인의 Email Routing을 켜고, Destination addresses에 받을 주소를 더한 뒤 온 메일의 링크를 눌러요.',
      en: 'Turn on Email Routing for your domain at dash.cloudflare.com, add your address under Destination addresses, and press the link in the mail that comes.',
    },
    {
      ko: 'OWNER_MAIL은 그 주소, MAIL_FROM은 그 도메인의 아무 주소예요 (soshik@도메인).',
      en: 'OWNER_MAIL is that address, MAIL_FROM any address on that domain (soshik@your-domain).',
    },
  ],
  asks: [to, from],
  makes: [],
  check: async () => null,
  later: [
    {
      ko: '30분 뒤 {origin}/admin/messages에서 메일로 시험 메시지를 보내 봐요.',
      en: 'Half an hour later, send a test message by mail on {origin}/admin/messages.',
    },
  ],
};
