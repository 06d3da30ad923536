import type { Bot } from '../../bot/context.ts';
import { publicUrlOf } from '../../bot/http.ts';
import type { FriendDeliveries, FriendNews } from '../../bot/platform.ts';
import { inBatches } from '../../lib/batches.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { errorCode, log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import type { Text } from '../../lib/text.ts';
import { dayForPeople, dayOf, type Language, MINUTE_MS } from '../../lib/time.ts';
import type { NewDelivery } from '../../store/deliveries.ts';
import type { Usable } from '../../store/tokenKeeper.ts';
import { type KakaoFailure, type KakaoResult, refused } from './api/answer.ts';
import { createKakaoClient, type KakaoClient } from './api/client.ts';
import { kakaoKeeperKey, kakaoSettings } from './settings.ts';
import {
  kakaoFriendSenders,
  markKakaoLogInAgain,
  noteKakaoWarned,
  tellKakaoPeople,
  tellOwnerOfEnd,
} from './store/kakaoLogins.ts';
import { isDeliveryWritten } from './store/kakaoSends.ts';
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
  const news = { key: `kakao-login-over:${await markOf(id)}`, byKakaoTalk: false };
  await ctx.db.batch([
    tellOwnerOfEnd(ctx.db, id, `${news.key}:${now}`, now),
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
  const key = `kakao-login-ends:${await markOf(id)}:${end.at}`;
  const news = { key, byKakaoTalk: end.isUsable };
  await db.batch([
    noteKakaoWarned(db, id, end.at),
    tellKakaoPeople(db, id, { ...news, ...(await wordsOf(ctx, text)) }, now),
  ]);
}

/** A login in a key that outlives it. */
async function markOf(id: string): Promise<string> {
  return (await sha256Hex(`kakao login ${id}`)).slice(0, 16);
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

/** Most receivers of one message (docs/platforms/kakao.md, Messages). */
const GROUP = 5;
const MAX_PAGES = 50;

/**
 * Deliveries that tell something to the friends of everyone who let the bot write to them, five
 * friends each; none when the owner did not switch that on (`KAKAO_SEND_TO_FRIENDS`). The address is
 * `<sender>/<uuid>,<uuid>,...`, each uuid percent-encoded.
 */
export async function friendDeliveries(ctx: Bot, news: FriendNews): Promise<FriendDeliveries> {
  const deliveries: NewDelivery[] = [];
  const failures: string[] = [];
  if (!ctx.read(kakaoSettings).sendToFriends || !ctx.channels.has('kakaotalk')) {
    return { deliveries, failures };
  }
  const { key, ...rest } = news;
  for (const sender of await kakaoFriendSenders(ctx.db)) {
    const keyOf = (group: number) => `${key}:kakaotalk:${sender}/${group}`;
    // The list may have another order by now: groups made anew could tell a friend twice.
    if (await isDeliveryWritten(ctx.db, keyOf(0))) continue;
    const friends = await listFriends(ctx, sender);
    if (!friends.ok) {
      failures.push(`friends: ${friends.reason}`);
      continue;
    }
    for (const [index, group] of inBatches(friends.value, GROUP).entries()) {
      const address = `${sender}/${group.map(encodeURIComponent).join(',')}`;
      const dedupeKey = keyOf(index);
      deliveries.push({ ...rest, dedupeKey, channel: 'kakaotalk', account: sender, address });
    }
  }
  return { deliveries, failures };
}

/** Uuids of all friends of a person who take messages. */
async function listFriends(ctx: Bot, sender: string): Promise<KakaoResult<readonly string[]>> {
  const call = kakaoCallerOf(ctx, sender);
  const uuids = new Set<string>();
  let nextUrl: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const listed = await call((client) => client.friends(nextUrl));
    if (!listed.ok) return listed;
    for (const { uuid, isAllowed } of listed.value.friends) if (isAllowed) uuids.add(uuid);
    if (listed.value.nextUrl === null) break;
    nextUrl = listed.value.nextUrl;
  }
  return { ok: true, value: [...uuids] };
}

/** Carries out calls on behalf of one person. */
export type KakaoCaller = <Value>(
  carryOut: (client: KakaoClient) => Promise<KakaoResult<Value>>,
) => Promise<KakaoResult<Value>>;

/**
 * Calls Kakao on behalf of somebody who logged in, with the token their keeper has now. A token that
 * Kakao refuses is reported, and the call made once more with its successor. A login that turns out
 * to be over is marked and its people are told. Of the answers, `unauthorized`, `consent` and
 * `not-linked` are the person's to mend, `configuration` is the owner's.
 */
export function kakaoCallerOf(ctx: Bot, id: string): KakaoCaller {
  // A caller serves one piece of work, of seconds, and tokens are handed out with minutes left: the
  // keeper is asked once, not before each call.
  let known: KakaoResult<string> | null = null;
  return async (carryOut) => {
    const held = known?.ok ? known : await takeToken(ctx, id, null);
    known = held;
    if (!held.ok) return held;
    let result = await carryOut(clientOf(ctx, held.value));
    if (!result.ok && result.reason === 'unauthorized') {
      const renewed = await takeToken(ctx, id, held.value);
      known = renewed;
      if (!renewed.ok) return renewed;
      result = await carryOut(clientOf(ctx, renewed.value));
      // Not the person's login then: Kakao has just renewed it.
      if (!result.ok && result.reason === 'unauthorized') {
        return { ...result, reason: 'configuration' };
      }
    }
    if (!result.ok && isLoginOver(result)) await noteKakaoLoginOver(ctx, id, result.reason);
    return result;
  };
}

/**
 * Whether the person has to log in again. A consent to something else than messages may be missing
 * without harm to the login.
 */
export function isLoginOver({ reason, requiredScopes = [] }: KakaoFailure): boolean {
  if (reason !== 'consent') return reason === 'not-linked';
  return requiredScopes.length === 0 || requiredScopes.includes('talk_message');
}

function clientOf({ runtime, read }: Bot, accessToken: string): KakaoClient {
  return createKakaoClient({ runtime, apiUrl: read(kakaoSettings).apiUrl, accessToken });
}

/**
 * An access token that is good for minutes at least.
 *
 * @param refusedToken the one that Kakao has just refused
 */
async function takeToken(
  ctx: Bot,
  id: string,
  refusedToken: string | null,
): Promise<KakaoResult<string>> {
  const usable = await ask(ctx, id, refusedToken);
  switch (usable.kind) {
    case 'ready':
      return usable.credential.kind === 'oauth2'
        ? { ok: true, value: usable.credential.accessToken }
        : refused('no token of Kakao', 'not-linked');
    case 'unknown':
      return refused('not logged in', 'not-linked');
    case 'log-in-again':
      await noteKakaoLoginOver(ctx, id, usable.reason);
      return refused(`log in again: ${usable.reason}`, 'unauthorized');
    case 'unavailable': {
      const { reason, retryAfterMs } = usable;
      const detail = usable.detail ?? reason;
      // Only the platform mends itself; the rest waits for the owner.
      return reason === 'platform'
        ? { ...refused(detail, 'retry'), retryAfterMs }
        : refused(detail, 'configuration');
    }
    default:
      return unreachable(usable);
  }
}

async function ask(ctx: Bot, id: string, refusedToken: string | null): Promise<Usable> {
  const account = kakaoKeeperKey(id);
  try {
    const keeper = ctx.keeperOf(account);
    return refusedToken === null ? await keeper.usable() : await keeper.reportRefused(refusedToken);
  } catch (cause) {
    log('keeper-failed', { account, code: errorCode(cause) });
    const detail = 'token keeper does not answer';
    return { kind: 'unavailable', reason: 'platform', retryAfterMs: MINUTE_MS, detail };
  }
}
