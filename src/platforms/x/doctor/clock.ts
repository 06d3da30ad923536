import type { Bot } from '../../../bot/context.ts';
import { MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { clockSkewMs, MAX_SKEW_MS } from '../clock.ts';
import { webhookFailureTexts } from '../failureTexts.ts';
import type { Finding } from './finding.ts';

const NOTABLE_SKEW_MS = 30 * SECOND_MS;

/** The clock against X's: signatures carry the time. */
export async function examineClock(ctx: Bot): Promise<Finding[]> {
  const skewMs = await clockSkewMs(ctx);
  if (skewMs === null) {
    return [
      {
        id: 'clock',
        state: 'warn',
        ko: 'X의 시각을 알 수 없어 시계를 견주지 못했어요.',
        en: "X's time is not known, so the clock could not be compared.",
        todo: webhookFailureTexts.unavailable,
      },
    ];
  }
  const facts = { seconds: String(Math.round(skewMs / SECOND_MS)) };
  const minutes = Math.round(Math.abs(skewMs) / MINUTE_MS);
  if (Math.abs(skewMs) > MAX_SKEW_MS) {
    const isAhead = skewMs > 0;
    return [
      {
        id: 'clock',
        state: 'bad',
        ko: `시계가 X보다 ${minutes}분 ${isAhead ? '빨라요' : '느려요'}. X가 서명을 거절해요.`,
        en: `The clock is ${minutes} minutes ${isAhead ? 'ahead of' : 'behind'} X's, so X refuses signatures.`,
        todo: {
          ko: '봇이 도는 컴퓨터의 시계를 맞춰 주세요. Cloudflare에서 이렇다면 잠시 뒤 다시 확인해 주세요.',
          en: 'Set the clock of the machine the bot runs on. On Cloudflare, look again in a while.',
        },
        facts,
      },
    ];
  }
  const isNotable = Math.abs(skewMs) > NOTABLE_SKEW_MS;
  return [
    {
      id: 'clock',
      state: isNotable ? 'warn' : 'ok',
      ko: isNotable ? `시계가 X와 ${facts.seconds}초 달라요.` : '시계가 X와 맞아요.',
      en: isNotable
        ? `The clock differs from X's by ${facts.seconds} seconds.`
        : "The clock agrees with X's.",
      todo: null,
      facts,
    },
  ];
}
