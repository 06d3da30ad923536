import type { Text } from '../../lib/text.ts';
import { isKeyOf } from '../../lib/text.ts';
import type { OwnerNews } from '../../store/incidents.ts';
import type { TelegramSetUpReason } from './setUp.ts';

/** What went wrong with setting up, and what the owner can do about it. */
export const telegramFailureTexts: Readonly<Record<TelegramSetUpReason, Text>> = {
  'not-configured': {
    ko: '텔레그램 봇의 비밀 값이 아직 없어요. @BotFather에서 봇을 만들고 값을 넣어 주세요.',
    en: 'The secrets of the Telegram bot are missing. Make a bot with @BotFather and set them.',
  },
  'no-address': {
    ko: '봇의 공개 주소를 몰라요. PUBLIC_URL을 넣거나 관리 화면에서 설정해 주세요.',
    en: 'The public address is not known. Set PUBLIC_URL, or set the bot up on the admin page.',
  },
  'bad-secret': {
    ko: 'TELEGRAM_WEBHOOK_SECRET에는 영문자, 숫자, _, -만 256자까지 쓸 수 있어요. 다시 정해 주세요.',
    en: 'TELEGRAM_WEBHOOK_SECRET may have up to 256 letters, digits, _ and -. Please choose another.',
  },
  'token-refused': {
    ko: '텔레그램이 봇 토큰을 받아들이지 않아요. @BotFather에서 토큰을 확인해 주세요.',
    en: 'Telegram does not accept the bot token. Please check it with @BotFather.',
  },
  unavailable: {
    ko: '텔레그램이 지금 대답하지 않아요. 잠시 뒤에 다시 해 주세요.',
    en: 'Telegram does not answer at the moment. Please try again in a while.',
  },
  refused: {
    ko: '텔레그램이 웹훅 주소를 받아들이지 않아요. https 주소이고 포트가 443, 80, 88, 8443인지 봐 주세요.',
    en: 'Telegram does not take the webhook address. It must be https, port 443, 80, 88 or 8443.',
  },
};

/** What the owner may be told about Telegram. */
export type TelegramNewsKind = 'telegram-healed' | 'telegram-failing';

const news: Readonly<Record<TelegramNewsKind, Text>> = {
  'telegram-healed': {
    ko: '텔레그램 웹훅이 달라져 있어서 다시 연결했어요.',
    en: 'The Telegram webhook had changed; it is connected again.',
  },
  'telegram-failing': {
    ko: '텔레그램 웹훅이 동작하지 않고 스스로 고치지 못했어요.',
    en: 'The Telegram webhook does not work and could not be mended.',
  },
};

/**
 * What a piece of news says.
 *
 * @returns `null` for news that is not about Telegram
 */
export function telegramNewsText({
  kind,
  detail,
}: Pick<OwnerNews, 'kind' | 'detail'>): Text | null {
  if (!isKeyOf(news, kind)) return null;
  const { reason = '' } = detail;
  const why = isKeyOf(telegramFailureTexts, reason)
    ? telegramFailureTexts[reason]
    : { ko: '', en: '' };
  return {
    ko: `${news[kind].ko} ${why.ko}`.trimEnd(),
    en: `${news[kind].en} ${why.en}`.trimEnd(),
  };
}
