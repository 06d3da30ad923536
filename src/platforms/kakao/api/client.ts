import * as v from 'valibot';
import type { Runtime } from '../../../lib/runtime.ts';
import type { KakaoResult } from './answer.ts';
import type { KakaoCaller } from './call.ts';
import { createCaller } from './call.ts';
import type { FriendsPage } from './friends.ts';
import { listFriends } from './friends.ts';
import type { SentToFriends } from './messages.ts';
import { sendToFriends, sendToMe } from './messages.ts';
import type { KakaoTemplate } from './templates.ts';

/** `nickname` is null where the person has not agreed to it. */
export interface KakaoPerson {
  /** App user id: the same in logins, webhooks and chatbots of one app. */
  readonly id: string;
  readonly nickname: string | null;
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
const nickname = v.fallback(v.nullish(v.string()), null);
const profile = v.fallback(v.nullish(v.object({ nickname })), null);
const meSchema = v.pipe(
  v.object({
    id: idSchema,
    properties: profile,
    kakao_account: v.fallback(v.nullish(v.object({ profile })), null),
  }),
  v.transform(
    ({ id, properties, kakao_account }): KakaoPerson => ({
      id,
      nickname: kakao_account?.profile?.nickname || properties?.nickname || null,
    }),
  ),
);
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
