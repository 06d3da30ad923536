import type { Bot } from '../../bot/context.ts';
import { publicUrlOf } from '../../bot/http.ts';
import type { Channel, Message, Outcome } from '../../bot/outbox/channel.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS, dayOf, HOUR_MS, SECOND_MS } from '../../lib/time.ts';
import type { KakaoFailure, KakaoResult } from './api/answer.ts';
import type { SentToFriends } from './api/client.ts';
import type { KakaoTemplate } from './api/text.ts';
import { isLoginOver, kakaoCallerOf } from './caller.ts';
import { kakaoTemplate, templateHolds } from './eventChannel.ts';
import {
  releaseKakaoSends,
  reserveKakaoSends,
  uncountKakaoMemo,
  uncountKakaoSends,
} from './store/kakaoSends.ts';

/** When to see whether a login was renewed. */
const LOGIN_WAIT_MS = HOUR_MS / 2;

/** What speaking takes of Kakao's API, on behalf of one person. */
export interface KakaoVoice {
  readonly sendToMe: (template: KakaoTemplate) => Promise<KakaoResult<null>>;
  readonly sendToFriends: (
    uuids: readonly string[],
    template: KakaoTemplate,
  ) => Promise<KakaoResult<SentToFriends>>;
}

/** Messages to be sent together. */
interface KakaoAsked {
  /** App user id. */
  readonly sender: string;
  /** Uuids of friends, or the sender for a message to oneself. */
  readonly receivers: readonly string[];
  /** The same for every try to tell something to friends; `null` for a message to oneself. */
  readonly message: string | null;
}

/** Keeps what is sent within Kakao's daily limits, and what friends hear to once. */
export interface KakaoBudget {
  /** Counts messages before they are sent; who was told before is in neither list. */
  readonly reserve: (
    asked: KakaoAsked,
    at: number,
  ) => Promise<{
    readonly now: readonly string[];
    readonly later: readonly string[];
    readonly waitMs: number;
  }>;
  /** Takes back the count of friends who surely were not reached and are tried again. */
  readonly release: (message: string, uuids: readonly string[]) => Promise<void>;
  /** Friends who surely were not reached, and never are: known, and not counted. */
  readonly uncount: (message: string, uuids: readonly string[]) => Promise<void>;
  /** Takes back the count of a message to oneself that Kakao surely did not take. */
  readonly uncountMemo: (sender: string, at: number) => Promise<void>;
}

export interface KakaoTalkOptions {
  /** Speaks for somebody who logged in with Kakao. */
  readonly voiceOf: (sender: string) => KakaoVoice;
  readonly budget: KakaoBudget;
  /** The Worker's public origin, where it is known. */
  readonly homeUrl: () => Promise<string | null>;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: () => number;
}

/**
 * Speaks by KakaoTalk messages. Address: an app user id (to oneself, with one's own token), or
 * `<sender>/<uuid>,<uuid>,...` for up to five friends of the sender, uuids percent-encoded.
 */
export function createKakaoTalkChannel(options: KakaoTalkOptions): Channel {
  return {
    id: 'kakaotalk',
    holds: (notice) => templateHolds(notice, options.timeZone),
    async send(message) {
      const { notice, address } = message;
      const today = dayOf(options.now(), options.timeZone);
      if (notice.kind === 'menu' && notice.day < today) {
        return { kind: 'refused', note: 'menu of a day that is over' };
      }
      const made = kakaoTemplate(notice, options.timeZone, await options.homeUrl());
      if (!made.ok) return { kind: 'refused', note: `kakao: ${made.problem}` };
      return address.includes('/')
        ? tellFriends(options, message, made.value)
        : tellOneself(options, address, made.value);
    },
  };
}

/** KakaoTalk messages by the tokens of those who logged in, within the limits kept in D1. */
export function kakaoTalkOf(bot: Bot): Channel {
  const { config, runtime, db } = bot;
  let homeUrl: Promise<string | null> | undefined;
  return createKakaoTalkChannel({
    voiceOf: (sender) => {
      const call = kakaoCallerOf(bot, sender);
      return {
        sendToMe: (template) => call((client) => client.sendToMe(template)),
        sendToFriends: (uuids, template) => call((client) => client.sendToFriends(uuids, template)),
      };
    },
    budget: {
      reserve: (asked, at) => reserveKakaoSends(db, asked, at),
      release: (message, uuids) => releaseKakaoSends(db, message, uuids, runtime.now()),
      uncount: (message, uuids) => uncountKakaoSends(db, message, uuids, runtime.now()),
      uncountMemo: (sender, at) => uncountKakaoMemo(db, sender, at),
    },
    homeUrl: () => {
      homeUrl ??= publicUrlOf(bot);
      return homeUrl;
    },
    timeZone: config.timeZone,
    now: runtime.now,
  });
}

async function tellOneself(
  options: KakaoTalkOptions,
  sender: string,
  template: KakaoTemplate,
): Promise<Outcome> {
  const asked = { sender, receivers: [sender], message: null };
  const at = options.now();
  const room = await options.budget.reserve(asked, at);
  if (room.later.length > 0) return full(room.waitMs);
  const sent = await options.voiceOf(sender).sendToMe(template);
  if (!sent.ok && !sent.mayHaveActed) await options.budget.uncountMemo(sender, at);
  return sent.ok ? { kind: 'sent', externalId: null, note: null } : outcomeOf(sent, options.now());
}

/**
 * Each friend hears a message once at most: who may have been reached is not tried again. Those who
 * were not, and can be later, make the delivery come again; then they alone are written to.
 */
async function tellFriends(
  options: KakaoTalkOptions,
  { id, address }: Message,
  template: KakaoTemplate,
): Promise<Outcome> {
  const slash = address.indexOf('/');
  const sender = address.slice(0, slash);
  const receivers = address
    .slice(slash + 1)
    .split(',')
    .map(decodeURIComponent);
  const asked = { sender, receivers, message: id };
  const room = await options.budget.reserve(asked, options.now());
  if (room.now.length === 0) {
    return room.later.length > 0
      ? full(room.waitMs)
      : { kind: 'sent', externalId: null, note: 'told before' };
  }
  const answer = await options.voiceOf(sender).sendToFriends(room.now, template);
  const failed = answer.ok
    ? answer.value.failed
    : room.now.map((uuid) => ({ uuid, failure: answer }));
  const again = failed.filter(({ failure }) => isWorthATry(failure, answer.ok));
  const uuids = again.map(({ uuid }) => uuid);
  if (uuids.length > 0) await options.budget.release(id, uuids);
  const never = failed
    .filter(({ uuid, failure }) => !failure.mayHaveActed && !uuids.includes(uuid))
    .map(({ uuid }) => uuid);
  if (never.length > 0) await options.budget.uncount(id, never);
  const [first] = again;
  if (first) return { ...outcomeOf(first.failure, options.now()), note: noteOf(failed) };
  if (room.later.length > 0) return full(room.waitMs);
  const note = failed.length === 0 ? null : noteOf(failed);
  return failed.length < receivers.length
    ? { kind: 'sent', externalId: null, note }
    : { kind: 'refused', note: note ?? 'nobody' };
}

/**
 * True for a friend who surely was not reached and may be later. The sender's next login brings back
 * what their own lacks, not a friend's consent, nor one that nobody is asked for again.
 *
 * @param isOfFriend Kakao said it of this friend, not of the call
 */
function isWorthATry(failure: KakaoFailure, isOfFriend: boolean): boolean {
  if (failure.mayHaveActed) return false;
  switch (failure.reason) {
    case 'retry':
    case 'quota':
    case 'configuration':
      return true;
    case 'unauthorized':
      return !isOfFriend;
    case 'consent':
    case 'not-linked':
      return !isOfFriend && isLoginOver(failure);
    case 'unreachable':
    case 'not-a-friend':
    case 'stopped':
    case 'invalid':
      return false;
    default:
      return unreachable(failure.reason);
  }
}

/** Such as `kakao: 2 x unreachable -530`. */
function noteOf(failed: readonly { readonly failure: KakaoFailure }[]): string {
  const groups = Map.groupBy(failed, ({ failure }) => codeOf(failure));
  const parts = [...groups].map(([code, friends]) => `${friends.length} x ${code}`);
  return `kakao: ${parts.join(', ')}`;
}

function full(waitMs: number): Outcome {
  return { kind: 'wait', scope: 'account', afterMs: waitMs, note: 'kakao: daily limit' };
}

/** What a failure of Kakao means for a delivery. */
function outcomeOf(failure: KakaoFailure, now: number): Outcome {
  const note = `kakao: ${codeOf(failure)}`;
  switch (failure.reason) {
    case 'retry': {
      const { retryAfterMs = null, mayHaveActed } = failure;
      return { kind: 'retry', afterMs: retryAfterMs, uncertain: mayHaveActed, note };
    }
    case 'quota':
      // Kakao says no more of the app's limit: it may be that of a second.
      return failure.quota === 'app'
        ? { kind: 'retry', afterMs: 2 * SECOND_MS, uncertain: false, note }
        : { kind: 'wait', scope: 'account', afterMs: untilTomorrow(now), note };
    // The person's own to mend: nobody else waits.
    case 'unauthorized':
    case 'consent':
    case 'not-linked':
      return { kind: 'wait', scope: 'account', afterMs: LOGIN_WAIT_MS, note };
    case 'configuration':
    case 'stopped':
      return { kind: 'sender', scope: 'channel', note };
    case 'unreachable':
      return { kind: 'gone', note };
    case 'not-a-friend':
    case 'invalid':
      return { kind: 'refused', note };
    default:
      return unreachable(failure.reason);
  }
}

function codeOf({ reason, code }: KakaoFailure): string {
  return code === null ? reason : `${reason} ${code}`;
}

/** Milliseconds until it is another day in Korea, as far as one can know Kakao's days. */
function untilTomorrow(now: number): number {
  return DAY_MS - ((now + 9 * HOUR_MS) % DAY_MS) + HOUR_MS / 12;
}
