import * as v from 'valibot';
import type { Runtime } from '../../../lib/runtime.ts';
import type { Language } from '../../../lib/time.ts';
import {
  createCaller,
  failureOf,
  type KakaoCall,
  type KakaoCaller,
  type KakaoResult,
  readProblem,
  refused,
} from './answer.ts';
import type { SkillAnswer } from './skillAnswer.ts';

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
async function askBot(
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

/** One call of a chatbot's skill. */
export interface SkillRequest {
  /** `botUserKey`: stable for this bot and person. */
  readonly userKey: string;
  /** `plusfriendUserKey`: for the channel and person; null in group rooms. */
  readonly secondKey: string | null;
  /** Without the `!` of the development channel. */
  readonly botId: string | null;
  /** `botGroupKey` of the room; null where a person talks to the channel. */
  readonly groupKey: string | null;
  /** The person's id in Kakao Login, once he logged in to the app. */
  readonly appUserId: string | null;
  /** Trimmed. */
  readonly utterance: string;
  /** The block's parameters; a value that is not a text is its JSON. */
  readonly detailParams: Readonly<Record<string, string>>;
  /** Where a late answer may go, in blocks that allow it; see `sendCallback`. */
  readonly callbackUrl: string | null;
  readonly language: Language | null;
}

const text = v.fallback(v.nullish(v.string()), null);
const key = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const keyOrNull = v.fallback(v.nullish(key), null);
const accountId = v.fallback(
  v.nullish(
    v.union([
      v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
      v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.transform(String)),
    ]),
  ),
  null,
);
const anything = v.record(v.string(), v.unknown());
const anyRecord = v.pipe(
  v.fallback(v.nullish(anything), null),
  v.transform((record) => record ?? {}),
);

const properties = v.object({
  plusfriendUserKey: keyOrNull,
  plusfriend_user_key: keyOrNull,
  appUserId: accountId,
  app_user_id: accountId,
});
const chat = v.object({
  id: keyOrNull,
  type: text,
  properties: v.fallback(v.nullish(v.object({ botGroupKey: keyOrNull })), null),
});
const requestSchema = v.object({
  bot: v.fallback(v.nullish(v.object({ id: keyOrNull })), null),
  action: v.fallback(v.nullish(v.object({ params: anyRecord, detailParams: anyRecord })), null),
  userRequest: v.object({
    user: v.object({ id: key, properties: v.fallback(v.nullish(properties), null) }),
    chat: v.fallback(v.nullish(chat), null),
    utterance: text,
    lang: text,
    callbackUrl: text,
  }),
});
const detailParam = v.object({ value: v.unknown() });

/**
 * Reads what Kakao posts to a skill. Members come and go over time, so everything but the person's
 * key may be missing or odd. Source: docs/platforms/kakao.md, Skill requests.
 *
 * @returns null when it names no person
 */
export function readSkillRequest(body: unknown): SkillRequest | null {
  const parsed = v.safeParse(requestSchema, body);
  if (!parsed.success) return null;
  const { bot, action, userRequest } = parsed.output;
  const { user, chat: room } = userRequest;
  const botId = bot?.id ?? null;
  return {
    userKey: user.id,
    secondKey: user.properties?.plusfriendUserKey ?? user.properties?.plusfriend_user_key ?? null,
    botId: botId && (botId.replace(/!$/, '') || null),
    groupKey:
      room?.properties?.botGroupKey ?? (room?.type === 'botGroupKey' ? room.id : null) ?? null,
    appUserId: user.properties?.appUserId ?? user.properties?.app_user_id ?? null,
    utterance: (userRequest.utterance ?? '').trim(),
    detailParams: paramsOf(action?.params ?? {}, action?.detailParams ?? {}),
    callbackUrl: userRequest.callbackUrl || null,
    language: languageOf(userRequest.lang ?? ''),
  };
}

/** `detailParams` say it better; `params` know the rest. */
function paramsOf(
  params: Readonly<Record<string, unknown>>,
  detailParams: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const values = Object.entries(detailParams).map(([name, param]) => {
    const parsed = v.safeParse(detailParam, param);
    return [name, parsed.success ? parsed.output.value : param] as const;
  });
  const known = [...Object.entries(params), ...values].filter(([, value]) => isKnown(value));
  return Object.fromEntries(known.map(([name, value]) => [name, textOfValue(value)]));
}

function isKnown(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function languageOf(lang: string): Language | null {
  // Older captures say `kr`.
  if (/^k[or]\b/i.test(lang)) return 'ko';
  return /^en\b/i.test(lang) ? 'en' : null;
}

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
