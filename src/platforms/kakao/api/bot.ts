import * as v from 'valibot';
import type { Runtime } from '../../../lib/runtime.ts';
import {
  createCaller,
  failureOf,
  type KakaoCall,
  type KakaoCaller,
  type KakaoResult,
  readProblem,
  refused,
} from './answer.ts';

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

const MAX_RECEIVERS = 100;

/** An event block of the chatbot, by its name in the block's event settings. */
export interface KakaoBotEvent {
  readonly name: string;
  /** In the block's texts as `{{#current.event.data.x}}`. */
  readonly data?: Readonly<Record<string, string>>;
}

export interface KakaoBotUser {
  readonly type: 'botUserKey' | 'plusfriendUserKey' | 'appUserId';
  readonly id: string;
}

/** The chatbot's way to write first. No call throws; what went wrong is in the result. */
export interface KakaoBotClient {
  /**
   * To 1 to 100 people; each message costs money. Success says that Kakao accepted it, the task
   * whether it arrived.
   *
   * `params` arrive in the block's skill as `userRequest.params`.
   */
  readonly sendEvent: (message: {
    readonly event: KakaoBotEvent;
    readonly users: readonly KakaoBotUser[];
    readonly params?: Readonly<Record<string, string>>;
  }) => Promise<KakaoResult<{ readonly taskId: string }>>;
  /** To 1 to 100 rooms of the group chatbot, by `botGroupKey`. */
  readonly sendGroupEvent: (message: {
    readonly event: KakaoBotEvent;
    readonly rooms: readonly string[];
  }) => Promise<KakaoResult<{ readonly taskId: string }>>;
}

/**
 * A client for one chatbot's Event API. Source: docs/platforms/kakao.md, Event API.
 *
 * @param options `botUrl` such as `https://bot-api.kakao.com`; `restApiKey` of the app linked to
 *   the bot's channel; `botId` with `!` at its end for the development channel
 */
export function createKakaoBotClient(options: {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  readonly botUrl: string;
  readonly restApiKey: string;
  readonly botId: string;
}): KakaoBotClient {
  const { runtime, botUrl, restApiKey, botId } = options;
  const call = createCaller(runtime, { scheme: 'KakaoAK', key: restApiKey });
  const bot = `${botUrl}/v2/bots/${encodeURIComponent(botId)}`;
  return {
    sendEvent: async ({ event, users, params }) => {
      const json = { event, user: users, ...(params && { params }) };
      const ids = users.map((user) => user.id);
      return mistakeIn(event, ids) ?? (await post(call, `${bot}/talk`, json));
    },
    sendGroupEvent: async ({ event, rooms }) => {
      const json = { event, chat: rooms.map((id) => ({ id, type: 'botGroupKey' })) };
      return mistakeIn(event, rooms) ?? (await post(call, `${bot}/group`, json));
    },
  };
}

async function post(call: KakaoCaller, url: string, json: unknown) {
  return await askBot(call, { method: 'POST', url, json });
}

function mistakeIn(event: KakaoBotEvent, receivers: readonly string[]) {
  if (event.name.trim() === '') return refused('The event has no name');
  if (receivers.length === 0 || receivers.length > MAX_RECEIVERS) {
    return refused(`1 to ${MAX_RECEIVERS} receivers at a time`);
  }
  return receivers.some((id) => id.trim() === '') ? refused('A receiver has no id') : null;
}
