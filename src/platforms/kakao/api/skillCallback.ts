import type { Runtime } from '../../../lib/runtime.ts';
import type { KakaoResult } from './answer.ts';
import { refused } from './answer.ts';
import { askBot } from './botAnswer.ts';
import { createCaller } from './call.ts';
import type { SkillAnswer } from './skillAnswer.ts';

/**
 * The late answer to a skill call that was answered with `callbackPromise`. The address is good
 * once, for a minute. Source: docs/platforms/kakao.md, Slow answers.
 *
 * @param options `botUrl` such as `https://bot-api.kakao.com`: an address elsewhere is refused
 */
export async function answerLater(
  options: { readonly runtime: Pick<Runtime, 'fetch' | 'now'>; readonly botUrl: string },
  callbackUrl: string,
  answer: SkillAnswer,
): Promise<KakaoResult<{ readonly taskId: string }>> {
  if (!callbackUrl.startsWith(`${options.botUrl}/`)) {
    return refused('The callback address is not on the chatbot API');
  }
  const call = createCaller(options.runtime, null);
  return await askBot(call, { method: 'POST', url: callbackUrl, json: answer });
}
