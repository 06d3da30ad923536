import type { Bot } from '../../bot/context.ts';
import { errorCode, log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS } from '../../lib/time.ts';
import { kakaoKeeperKey } from './context.ts';
import { noteKakaoLoginOver, warnOfKakaoEnd } from './notify.ts';
import { type KakaoLogin, noteKakaoKept, takeKakaoLoginsToKeep } from './store/kakaoLogins.ts';

/**
 * Kakao gives a new refresh token only in the last month of the old one (docs/platforms/kakao.md,
 * Tokens).
 */
const LAST_MONTH_MS = 30 * DAY_MS;
const LONGEST_UNSEEN_MS = 20 * DAY_MS;
/** Less than a day, so that the next daily run looks again. */
const SHORTEST_UNSEEN_MS = DAY_MS / 2;
const WARN_MS = 7 * DAY_MS;
/** One login takes up to five queries; an invocation may make 50 (free plan). */
const MOST = 8;

export interface KakaoKept {
  readonly counts: Readonly<Record<string, number>>;
  /** Codes of what could not be kept, for the owner. */
  readonly failures: readonly string[];
  /** True when more logins may want looking after: run again. */
  readonly hasMore: boolean;
}

/** When upkeep looks after a login next: after 20 days, daily in its last month. */
export function nextKeepAt(refreshExpiresAt: number | null, now: number): number {
  const lastMonthAt = (refreshExpiresAt ?? Number.POSITIVE_INFINITY) - LAST_MONTH_MS;
  return Math.max(now + SHORTEST_UNSEEN_MS, Math.min(now + LONGEST_UNSEEN_MS, lastMonthAt));
}

/**
 * Daily: renews the logins whose end is near, or that nobody looked after for long, so that none
 * ends by silence. Who is a week from the end all the same is warned once; who has to log in again
 * is told.
 */
export async function keepKakaoAlive(ctx: Bot): Promise<KakaoKept> {
  const { db, runtime } = ctx;
  const now = runtime.now();
  const logins = await takeKakaoLoginsToKeep(db, MOST, now + SHORTEST_UNSEEN_MS, now);
  const failures: string[] = [];
  for (const login of logins) {
    const failure = await keepLogin(ctx, login);
    if (failure !== null) failures.push(`kakao login ${login.id}: ${failure}`);
  }
  return { counts: { kakaoLogins: logins.length }, failures, hasMore: logins.length === MOST };
}

/** Looks after one login; a code when it could not be done. One that throws stops no other. */
async function keepLogin(ctx: Bot, login: KakaoLogin): Promise<string | null> {
  try {
    return await renew(ctx, login);
  } catch (cause) {
    const code = errorCode(cause);
    log('kakao-upkeep-failed', { account: kakaoKeeperKey(login.id), code });
    return code;
  }
}

async function renew(ctx: Bot, { id, ...login }: KakaoLogin): Promise<string | null> {
  const keeper = ctx.keeperOf(kakaoKeeperKey(id));
  // An access token lives six hours: a login that is not in use is renewed by this.
  const usable = await keeper.usable();
  switch (usable.kind) {
    case 'unknown':
      await noteKakaoLoginOver(ctx, id, 'unknown');
      return null;
    case 'log-in-again':
      await noteKakaoLoginOver(ctx, id, usable.reason);
      return null;
    case 'ready':
    case 'unavailable':
      break;
    default:
      return unreachable(usable);
  }
  const status = await keeper.status();
  const known = status.kind === 'known' ? status.login : null;
  const endsAt = known?.refreshExpiresAt ?? login.refreshExpiresAt;
  const now = ctx.runtime.now();
  await noteKakaoKept(ctx.db, id, endsAt, nextKeepAt(endsAt, now));
  if (endsAt !== null && endsAt - now <= WARN_MS && login.warnedFor !== endsAt) {
    await warnOfKakaoEnd(ctx, id, { at: endsAt, isUsable: usable.kind === 'ready' });
  }
  return usable.kind === 'unavailable' ? (usable.detail ?? usable.reason) : null;
}
