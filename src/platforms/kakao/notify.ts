import type { Bot } from '../../bot/context.ts';
import { publicUrlOf } from '../../bot/publicUrl.ts';
import type { Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import { dayForPeople, dayOf } from '../../lib/time.ts';
import { markKakaoLogInAgain, noteKakaoWarned, tellKakaoPeople } from './store/kakaoLogins.ts';
import { sendToChatInstead } from './store/kakaoTies.ts';

const texts = {
  over: {
    ko: '카카오 로그인이 끝나서 카카오톡으로 소식을 보내지 못해요. 다시 로그인하면 이어서 보내 드려요.',
    en: 'Your Kakao login has ended, so news cannot go to KakaoTalk. Log in again and it goes on.',
  },
  consent: {
    ko: '카카오톡 메시지 전송에 동의해 주셔야 카카오톡으로 소식을 보낼 수 있어요. 다시 로그인하면서 동의해 주세요.',
    en: 'News can go to KakaoTalk only with your consent to messages. Log in again and agree to it.',
  },
  button: { ko: '카카오로 로그인', en: 'Log in with Kakao' },
} as const satisfies Record<string, Text>;

const endsSoon = (day: Text): Text => ({
  ko: `카카오 로그인이 ${day.ko}에 끝나요. 그 전에 다시 로그인하면 소식이 끊기지 않아요.`,
  en: `Your Kakao login ends on ${day.en}. Log in again before that and no news is missed.`,
});

/**
 * A login does not work any more: marked, and those whose news went to it are told by the chat they
 * have, once; what waits goes there too. Who has no chat learns it at `/login/kakao` only.
 *
 * @param reason a code, for the owner
 */
export async function noteKakaoLoginOver(ctx: Bot, id: string, reason: string): Promise<void> {
  const now = ctx.runtime.now();
  const text = reason === 'consent' ? texts.consent : texts.over;
  const news = { key: `kakao-login-over:${id}`, byKakaoTalk: false };
  await ctx.db.batch([
    markKakaoLogInAgain(ctx.db, id, reason, now),
    tellKakaoPeople(ctx.db, id, { ...news, ...(await wordsOf(ctx, text)) }, now),
    sendToChatInstead(ctx.db, id, [...ctx.channels.keys()]),
  ]);
}

/**
 * The login's end is near and could not be moved: its people are told, once for each end.
 *
 * @param end.at epoch milliseconds
 * @param end.isUsable whether KakaoTalk works until then; else the chats are used
 */
export async function warnOfKakaoEnd(
  ctx: Bot,
  id: string,
  end: { readonly at: number; readonly isUsable: boolean },
): Promise<void> {
  const { db, runtime, config } = ctx;
  const { timeZone } = config;
  const now = runtime.now();
  const [day, today] = [dayOf(end.at, timeZone), dayOf(now, timeZone)];
  const dayIn = (language: Language) => dayForPeople(day, today, language);
  const text = endsSoon({ ko: dayIn('ko'), en: dayIn('en') });
  const news = { key: `kakao-login-ends:${id}:${end.at}`, byKakaoTalk: end.isUsable };
  await db.batch([
    noteKakaoWarned(db, id, end.at),
    tellKakaoPeople(db, id, { ...news, ...(await wordsOf(ctx, text)) }, now),
  ]);
}

async function wordsOf(ctx: Bot, text: Text) {
  const origin = await publicUrlOf(ctx);
  const noticeIn = (language: Language) =>
    JSON.stringify({
      kind: 'text',
      language,
      text: text[language],
      suggestions: [],
      links:
        origin === null ? [] : [{ label: texts.button[language], url: `${origin}/login/kakao` }],
    });
  return {
    notices: { ko: noticeIn('ko'), en: noticeIn('en') },
    channels: [...ctx.channels.keys()],
  };
}
