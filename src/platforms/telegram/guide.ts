import { bad, type Guide, good, UNREACHED } from '../../config/guide.ts';
import { createTelegramClient } from './api/client.ts';
import { telegramSettings } from './settings.ts';

const { botToken, webhookSecret, apiUrl } = telegramSettings.declared;

/** How an owner connects Telegram. */
export const guide: Guide = {
  position: 10,
  title: { ko: '텔레그램', en: 'Telegram' },
  minutes: 2,
  cost: { ko: '무료', en: 'free' },
  steps: [
    {
      ko: '텔레그램에서 @BotFather를 열고 /newbot을 보내요. 이름과, bot으로 끝나는 아이디를 정해요.',
      en: 'Open @BotFather on Telegram and send /newbot; choose a name and a username that ends in bot.',
    },
    {
      ko: 'BotFather가 준 토큰(숫자:글자)을 복사해요.',
      en: 'Copy the token BotFather gives you (digits:letters).',
    },
  ],
  asks: [botToken],
  makes: [webhookSecret],
  check: async ({ value, runtime }) => {
    if (value(botToken) === '') return null;
    const client = createTelegramClient({ runtime, apiUrl: value(apiUrl), token: value(botToken) });
    const me = await client.getMe();
    if (me.ok) return good(`@${me.value.username} 이네요`, `it is @${me.value.username}`);
    return me.reason === 'unauthorized'
      ? bad('텔레그램이 이 토큰을 몰라요', 'Telegram does not know this token')
      : UNREACHED;
  },
  later: [
    {
      ko: '{origin}/admin/channels에서 텔레그램 연결을 눌러요.',
      en: 'Press "connect" for Telegram on {origin}/admin/channels.',
    },
  ],
};
