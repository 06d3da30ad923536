import { coreSettings } from './core.ts';
import type { Guide } from './guide.ts';

const { adminPassword, tokenKey, apiKey, contact } = coreSettings.declared;

/** What every bot has, whatever it is connected to. */
export const guide: Guide = {
  position: 0,
  title: { ko: '주인의 열쇠', en: 'The owner’s keys' },
  minutes: 1,
  cost: { ko: '무료', en: 'free' },
  steps: [
    {
      ko: '/admin을 여는 비밀번호는 Enter를 누르면 만들어 드려요. CONTACT에는 봇이 읽는 페이지의 주인이 연락할 메일이나 주소를 적어요.',
      en: 'Press Enter and the password of /admin is made for you. CONTACT is a mail or web address for the keepers of the pages the bot reads.',
    },
  ],
  asks: [contact],
  makes: [tokenKey, adminPassword, apiKey],
  check: async () => null,
  later: [
    {
      ko: '{origin}/admin/owner에서 번호를 받아 아무 채널에서나 봇에게 그대로 보내면, 문제가 생길 때 그리로 알려 드려요.',
      en: 'Get a code on {origin}/admin/owner and say it to the bot on any channel: trouble is then told there.',
    },
  ],
};
