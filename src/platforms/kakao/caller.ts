import type { Bot } from '../../bot/context.ts';
import { errorCode, log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import type { Usable } from '../../store/tokenKeeper.ts';
import { type KakaoFailure, type KakaoResult, refused } from './api/answer.ts';
import { createKakaoClient, type KakaoClient } from './api/client.ts';
import { kakaoKeeperKey } from './context.ts';
import { noteKakaoLoginOver } from './notify.ts';
import { kakaoSettings } from './settings.ts';

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

/** A consent to something else than messages may be missing without harm to the login. */
function isLoginOver({ reason, requiredScopes = [] }: KakaoFailure): boolean {
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
