import * as v from 'valibot';
import type { KakaoResult } from './answer.ts';
import { refused } from './answer.ts';
import type { KakaoCaller } from './call.ts';

const PATH = '/v1/api/talk/friends';
/** The largest that public code uses; what Kakao allows today is not documented. */
const PAGE_SIZE = 100;

export interface KakaoFriend {
  /** Good for this app and this person's messages only; never to be built. */
  readonly uuid: string;
  readonly nickname: string | null;
  /** False for a friend who does not take messages: skip. */
  readonly isAllowed: boolean;
}

export interface FriendsPage {
  readonly friends: readonly KakaoFriend[];
  /** For the next call; null on the last page. */
  readonly nextUrl: string | null;
  /** How many friends there are on all pages; null when Kakao does not tell. */
  readonly total: number | null;
}

const friendSchema = v.pipe(
  v.object({
    uuid: v.pipe(v.string(), v.minLength(1)),
    profile_nickname: v.fallback(v.nullish(v.string()), null),
    allowed_msg: v.fallback(v.nullish(v.boolean()), null),
  }),
  v.transform(
    ({ uuid, profile_nickname, allowed_msg }): KakaoFriend => ({
      uuid,
      nickname: profile_nickname || null,
      isAllowed: allowed_msg !== false,
    }),
  ),
);
const pageSchema = v.pipe(
  v.object({
    // One friend that cannot be read hides no other.
    elements: v.array(v.fallback(v.nullable(friendSchema), null)),
    after_url: v.fallback(v.nullish(v.string()), null),
    total_count: v.fallback(v.nullish(v.pipe(v.number(), v.safeInteger())), null),
  }),
  v.transform(
    ({ elements, after_url, total_count }): FriendsPage => ({
      friends: elements.filter((friend) => friend !== null),
      nextUrl: after_url || null,
      total: total_count ?? null,
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
export async function listFriends(
  call: KakaoCaller,
  apiUrl: string,
  pageUrl: string = `${apiUrl}${PATH}?limit=${PAGE_SIZE}`,
): Promise<KakaoResult<FriendsPage>> {
  if (!pageUrl.startsWith(`${apiUrl}${PATH}?`)) {
    return refused('The next page of friends is at another address than the API');
  }
  return await call({ method: 'GET', url: pageUrl }, pageSchema);
}
