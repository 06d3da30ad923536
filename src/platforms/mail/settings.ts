import { settingsOf, variable } from '../../config/setting.ts';

/** One address without a name; ASCII, as `send_email` takes it. */
const ADDRESS = /^[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}$/i;

const mailAddress = (name: string, ko: string, en: string) =>
  variable<string | null>(
    name,
    {
      what: { ko, en },
      where: {
        ko: 'dash.cloudflare.com > 도메인 > Email',
        en: 'dash.cloudflare.com > your domain > Email',
      },
    },
    {
      example: 'you@example.com',
      parse: (text) => (text === null || ADDRESS.test(text) ? text : undefined),
    },
  );

/** Mail to the owner is off until both are set. */
export const mailSettings = settingsOf(
  {
    to: mailAddress(
      'OWNER_MAIL',
      '고장과 회복을 메일로도 받을 주소. Cloudflare Email Routing에서 확인한 것',
      'address that is told of trouble and recovery, too; verified at Cloudflare Email Routing',
    ),
    from: mailAddress(
      'MAIL_FROM',
      '그 메일을 보내는 주소. 이 계정의 Email Routing을 쓰는 도메인의 것',
      'address that this mail comes from; on a domain of the account with Email Routing',
    ),
  },
  (values) => values,
);
