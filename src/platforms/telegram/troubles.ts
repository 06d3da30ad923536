import type { Bot } from '../../bot/context.ts';
import type { Trouble } from '../../bot/owner/trouble.ts';
import { telegramTrouble } from './context.ts';
import { isSetUpReason, telegramFailureTexts } from './texts.ts';

/** What is wrong with the bot's webhook at Telegram. */
export async function telegramTroubles({ db }: Bot): Promise<readonly Trouble[]> {
  const reason = await telegramTrouble(db);
  if (reason === null || !isSetUpReason(reason)) return [];
  return [
    {
      key: 'telegram:webhook',
      feature: 'telegram',
      reason,
      what: {
        ko: '텔레그램에서 오는 메시지를 받지 못해요',
        en: 'Messages from Telegram do not arrive',
      },
      advice: telegramFailureTexts[reason],
      page: '/admin/channels',
    },
  ];
}
