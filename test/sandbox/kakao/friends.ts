import { Hono } from 'hono';
import { randomToken } from '../x/random.ts';
import { kakaoFailure } from './failures.ts';
import type { Guard, KapiEnv } from './guard.ts';
import type { Links } from './links.ts';
import type { KakaoContext, KakaoPerson } from './types.ts';

export type Friends = ReturnType<typeof createFriends>;

const pair = (one: string, other: string) => [one, other].toSorted().join('-');

/** Who is whose friend, under which uuid, and who takes messages of the app. */
export function createFriends({ app, everyone, person }: KakaoContext, links: Links) {
  /** `viewer>friend`: a uuid is per viewer. */
  const uuids = new Map<string, string>();
  const parted = new Set<string>();
  /** Those who refuse messages, and whether the friends list says so already. */
  const refusing = new Map<string, { readonly isListed: boolean }>();
  const left = new Set<string>();

  const areFriends = (one: string, other: string) => one !== other && !parted.has(pair(one, other));

  function uuidOf(viewer: string, friend: string): string {
    const key = `${viewer}>${friend}`;
    const uuid = uuids.get(key) ?? randomToken(24);
    uuids.set(key, uuid);
    return uuid;
  }

  /** Those who logged in and agreed to be listed; before the review, members only. */
  function listed(viewer: string): readonly KakaoPerson[] {
    return everyone.filter(
      ({ id }) =>
        areFriends(viewer, id) &&
        links.of(id)?.scopes.has('friends') === true &&
        (app.isFriendsApproved || app.memberIds.includes(id)),
    );
  }

  return {
    listed,
    uuidOf,
    /** The listed friend whom the viewer knows under a uuid. */
    byUuid: (viewer: string, uuid: string): KakaoPerson | undefined =>
      listed(viewer).find(({ id }) => uuidOf(viewer, id) === uuid),
    unfriend: (one: string, other: string): void => void parted.add(pair(one, other)),

    refuse: (personId: string, isListed: boolean): void =>
      void refusing.set(personId, { isListed }),
    accept: (personId: string): void => void refusing.delete(personId),
    isRefusing: (personId: string): boolean => refusing.has(personId),
    isAllowed: (personId: string): boolean => refusing.get(personId)?.isListed !== true,

    leaveTalk: (personId: string): void => void left.add(personId),
    isOnTalk: (personId: string): boolean => person(personId) !== undefined && !left.has(personId),
  };
}

/** `GET /v1/api/talk/friends`, paged by `after_url` (docs/platforms/kakao.md, Messages). */
export function createFriendRoutes(
  { app }: KakaoContext,
  friends: Friends,
  guard: Guard,
): Hono<KapiEnv> {
  const routes = new Hono<KapiEnv>();

  const allowed = guard({ scopes: ['friends'], apiType: 'TALK_FRIENDS_LIST' });
  routes.get('/v1/api/talk/friends', allowed, (c) => {
    const { personId } = c.var.caller;
    const { fallback, max } = app.friendsPage;
    const { offset = '0', limit = String(fallback), order = 'asc' } = c.req.query();
    const start = Number(offset);
    const size = Number(limit);
    const isPage = /^\d+$/.test(offset) && /^\d+$/.test(limit) && size >= 1 && size <= max;
    if (!isPage || !['asc', 'desc'].includes(order)) {
      return kakaoFailure('-2', 'offset, limit or order is wrong');
    }
    const sorted = friends
      .listed(personId)
      .toSorted((one, other) => one.name.localeCompare(other.name, 'ko'));
    if (order === 'desc') sorted.reverse();

    // The address that the caller used: the sandbox has hosts of its own under `npm start`.
    const here = c.req.header('x-sandbox-url') ?? c.req.url;
    const page = (from: number) => {
      const url = new URL(here);
      url.searchParams.set('offset', String(Math.max(from, 0)));
      url.searchParams.set('limit', limit);
      return url.href;
    };
    return c.json({
      elements: sorted.slice(start, start + size).map(({ id, name }) => ({
        id: Number(id),
        uuid: friends.uuidOf(personId, id),
        profile_nickname: name,
        profile_thumbnail_image: '',
        favorite: false,
        allowed_msg: friends.isAllowed(id),
      })),
      total_count: sorted.length,
      favorite_count: 0,
      before_url: start > 0 ? page(start - size) : null,
      after_url: start + size < sorted.length ? page(start + size) : null,
    });
  });

  return routes;
}
