import * as v from 'valibot';
import type { KakaoResult } from './answer.ts';
import { failureOf } from './answer.ts';
import type { KakaoCall, KakaoCaller } from './call.ts';
import { readProblem } from './problem.ts';

const SUCCESS = 200;

const words = v.fallback(v.nullish(v.string()), null);
const acceptedSchema = v.union([
  v.object({ status: v.literal('SUCCESS'), taskId: v.fallback(v.string(), '') }),
  v.looseObject({ status: v.picklist(['FAIL', 'ERROR']), message: words }),
]);

/**
 * Has the chatbot's API do something, and reads whether it took it. What its refusals mean is not
 * documented: they count as `retry`, so that nothing is given up for good. Source:
 * docs/platforms/kakao.md, Event API.
 *
 * @returns the task's id, empty when Kakao told none
 */
export async function askBot(
  call: KakaoCaller,
  request: KakaoCall,
): Promise<KakaoResult<{ readonly taskId: string }>> {
  const answer = await call(request, acceptedSchema);
  if (!answer.ok) return answer;
  if (answer.value.status === 'SUCCESS')
    return { ok: true, value: { taskId: answer.value.taskId } };
  return { ok: false, ...failureOf(readProblem(answer.value), SUCCESS), mayHaveActed: false };
}
