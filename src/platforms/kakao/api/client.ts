import * as v from 'valibot';
import type { Runtime } from '../../../lib/runtime.ts';
import {
  createCaller,
  failureOf,
  type KakaoCaller,
  type KakaoFailure,
  type KakaoResult,
  readProblem,
  refused,
} from './answer.ts';
import type { KakaoTemplate } from './text.ts';

const MAX_RECEIVERS = 5;
/** What of one friend in a successful answer counts like: nothing said, and refused. */
const UNCLEAR = 200;
const REFUSED = 400;

/** What became of a message to each friend; every one asked for is in one of the two. */
export interface SentToFriends {
  readonly delivered: readonly string[];
  readonly failed: readonly { readonly uuid: string; readonly failure: KakaoFailure }[];
}

const sentSchema = v.pipe(
  v.object({ result_code: v.literal(0) }),
  v.transform(() => null),
);
const uuidsSchema = v.array(v.string());
const failuresSchema = v.array(v.looseObject({ receiver_uuids: v.fallback(uuidsSchema, []) }));
const sentToFriendsSchema = v.union([
  v.object({
    successful_receiver_uuids: uuidsSchema,
    failure_info: v.fallback(v.nullish(failuresSchema), null),
  }),
  v.object({
    successful_receiver_uuids: v.fallback(v.nullish(uuidsSchema), null),
    failure_info: failuresSchema,
  }),
]);

/** A message into the person's chat with himself. Source: docs/platforms/kakao.md, Messages. */
async function sendToMe(
  call: KakaoCaller,
  apiUrl: string,
  template: KakaoTemplate,
): Promise<KakaoResult<null>> {
  const url = `${apiUrl}/v2/api/talk/memo/default/send`;
  const form = { template_object: JSON.stringify(template) };
  return await call({ method: 'POST', url, form }, sentSchema);
}

/**
 * A message to one to five friends of the person; partial success is a success here. A friend of
 * whom Kakao says nothing counts as failed with `mayHaveActed`. Source: docs/platforms/kakao.md,
 * Messages.
 */
async function sendToFriends(
  call: KakaoCaller,
  apiUrl: string,
  receivers: readonly string[],
  template: KakaoTemplate,
): Promise<KakaoResult<SentToFriends>> {
  if (receivers.length === 0 || receivers.length > MAX_RECEIVERS) {
    return refused(`1 to ${MAX_RECEIVERS} friends at a time`);
  }
  if (new Set(receivers).size < receivers.length) return refused('A friend is named twice');
  if (receivers.some((uuid) => uuid.trim() === '')) return refused('A friend has no uuid');
  const url = `${apiUrl}/v1/api/talk/friends/message/default/send`;
  const form = {
    receiver_uuids: JSON.stringify(receivers),
    template_object: JSON.stringify(template),
  };
  const sent = await call({ method: 'POST', url, form }, sentToFriendsSchema);
  return sent.ok ? { ok: true, value: whatBecameOf(receivers, sent.value) } : sent;
}

function whatBecameOf(
  receivers: readonly string[],
  answer: v.InferOutput<typeof sentToFriendsSchema>,
): SentToFriends {
  const told = new Set(answer.successful_receiver_uuids);
  return {
    delivered: receivers.filter((uuid) => told.has(uuid)),
    failed: receivers
      .filter((uuid) => !told.has(uuid))
      .map((uuid) => {
        const entry = answer.failure_info?.find((info) => info.receiver_uuids.includes(uuid));
        const failure = failureOf(readProblem(entry), entry ? REFUSED : UNCLEAR);
        return { uuid, failure };
      }),
  };
}

const PATH = '/v1/api/talk/friends';
/** The largest that public code uses; what Kakao allows today is not documented. */
const PAGE_SIZE = 100;

interface KakaoFriend {
  /** Good for this app and this person's messages only; never to be built. */
  readonly uuid: string;
  /** False for a friend who does not take messages: skip. */
  readonly isAllowed: boolean;
}

interface FriendsPage {
  readonly friends: readonly KakaoFriend[];
  /** For the next call; null on the last page. */
  readonly nextUrl: string | null;
}

const friendSchema = v.pipe(
  v.object({
    uuid: v.pipe(v.string(), v.minLength(1)),
    allowed_msg: v.fallback(v.nullish(v.boolean()), null),
  }),
  v.transform(
    ({ uuid, allowed_msg }): KakaoFriend => ({
      uuid,
      isAllowed: allowed_msg !== false,
    }),
  ),
);
const pageSchema = v.pipe(
  v.object({
    // One friend that cannot be read hides no other.
    elements: v.array(v.fallback(v.nullable(friendSchema), null)),
    after_url: v.fallback(v.nullish(v.string()), null),
  }),
  v.transform(
    ({ elements, after_url }): FriendsPage => ({
      friends: elements.filter((friend) => friend !== null),
      nextUrl: after_url || null,
    }),
  ),
);

/**
 * A page of the friends who use the app too and agreed to `friends`. Source:
 * docs/platforms/kakao.md, Messages.
 *
 * @param pageUrl `nextUrl` of the page before; one that is not on `apiUrl` is refused, because the
 *   access token would go there
 */
async function listFriends(
  call: KakaoCaller,
  apiUrl: string,
  pageUrl: string = `${apiUrl}${PATH}?limit=${PAGE_SIZE}`,
): Promise<KakaoResult<FriendsPage>> {
  if (!pageUrl.startsWith(`${apiUrl}${PATH}?`)) {
    return refused('The next page of friends is at another address than the API');
  }
  return await call({ method: 'GET', url: pageUrl }, pageSchema);
}

export interface KakaoPerson {
  /** App user id: the same in logins, webhooks and chatbots of one app. */
  readonly id: string;
}

/** Kakao's API on behalf of one person. No call throws; what went wrong is in the result. */
export interface KakaoClient {
  readonly me: () => Promise<KakaoResult<KakaoPerson>>;
  /** Into the person's chat with himself. */
  readonly sendToMe: (template: KakaoTemplate) => Promise<KakaoResult<null>>;
  /** To one to five friends; what became of each is told. */
  readonly sendToFriends: (
    uuids: readonly string[],
    template: KakaoTemplate,
  ) => Promise<KakaoResult<SentToFriends>>;
  /** The first page, or the one at the `nextUrl` of the page before. */
  readonly friends: (pageUrl?: string) => Promise<KakaoResult<FriendsPage>>;
  /** Ends this login's tokens. */
  readonly logout: () => Promise<KakaoResult<null>>;
  /** Ends the person's tie to the app; Kakao calls no webhook for it. */
  readonly unlink: () => Promise<KakaoResult<null>>;
}

const idSchema = v.pipe(
  v.union([v.pipe(v.number(), v.safeInteger()), v.pipe(v.string(), v.regex(/^\d{1,20}$/))]),
  v.transform(String),
);
/** Name and picture are there where the person agreed to them; nothing needs them, so they are not read. */
const meSchema = v.object({ id: idSchema });
const doneSchema = v.pipe(
  v.object({ id: idSchema }),
  v.transform(() => null),
);

/**
 * A client for one person. Source: docs/platforms/kakao.md, Messages.
 *
 * @param options `apiUrl` such as `https://kapi.kakao.com`
 * @example
 * const kakao = createKakaoClient({ runtime: systemRuntime, apiUrl, accessToken });
 * const lunch = textTemplate({ text: '오늘의 점심', link: null });
 * if (lunch.ok) await kakao.sendToMe(lunch.value);
 */
export function createKakaoClient(options: {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  readonly apiUrl: string;
  readonly accessToken: string;
}): KakaoClient {
  const { runtime, apiUrl, accessToken } = options;
  const call: KakaoCaller = createCaller(runtime, { scheme: 'Bearer', key: accessToken });
  return {
    me: () => call({ method: 'GET', url: `${apiUrl}/v2/user/me` }, meSchema),
    sendToMe: (template) => sendToMe(call, apiUrl, template),
    sendToFriends: (uuids, template) => sendToFriends(call, apiUrl, uuids, template),
    friends: (pageUrl) => listFriends(call, apiUrl, pageUrl),
    logout: () => call({ method: 'POST', url: `${apiUrl}/v1/user/logout` }, doneSchema),
    unlink: () => call({ method: 'POST', url: `${apiUrl}/v1/user/unlink` }, doneSchema),
  };
}
