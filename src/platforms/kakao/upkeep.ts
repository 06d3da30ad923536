import type { Bot } from '../../bot/context.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/job.ts';
import { startJob } from '../../bot/jobs/run.ts';
import { errorCode, log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS, MINUTE_MS } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import { kakaoCallerOf, noteKakaoLoginOver, warnOfKakaoEnd } from './caller.ts';
import { kakaoKeeperKey } from './settings.ts';
import {
  type KakaoLogin,
  markKakaoGone,
  noteKakaoKept,
  takeKakaoLoginsToKeep,
  tielessKakaoLogins,
} from './store/kakaoLogins.ts';
import { forgetKakaoSends } from './store/kakaoSends.ts';
import {
  endedKakaoLogins,
  forgetKakaoId,
  forgetKakaoLinks,
  othersOfLogin,
  sendToChatInstead,
  tieBack,
  untie,
} from './store/kakaoTies.ts';

export const FORGET_LOGINS = 'forget-logins';

/** One invocation has 50 queries and 50 calls out (free plan); a login takes five queries. */
const AT_ONCE = 8;

/** When the owner has people forgotten: ends Kakao logins that are nobody's news any more. */
export async function forgetLogins(bot: Bot, { slot }: JobRun): Promise<JobEnd<'kakaoLogins'>> {
  const ids = await tielessKakaoLogins(bot.db, AT_ONCE);
  for (const id of ids) {
    await leaveKakao(bot, id, 'unlink');
    await bot.db.batch(forgetKakaoId(bot.db, id));
  }
  if (ids.length === AT_ONCE) await startJob(bot, FORGET_LOGINS, slot + 1);
  return { kind: 'done', counts: { kakaoLogins: ids.length }, reason: null };
}

/** Deletes a login's tokens at once, wherever they are. */
async function forgetTokens(ctx: Bot, id: string): Promise<void> {
  const keeper = ctx.keeperOf(kakaoKeeperKey(id));
  const forgotten = await keeper.forget();
  // KV failed once; a copy that is left is sealed, but should not be there.
  if (!forgotten.ok) await keeper.forget();
}

/**
 * Forgets a login: its tokens, and to whom it was tied. What the people want to hear of stays, for
 * the day they come back. Does no harm for somebody who never logged in.
 *
 * @param reason a code, for the owner
 */
export async function forgetKakaoLogin(ctx: Bot, id: string, reason: string): Promise<void> {
  await forgetTokens(ctx, id);
  await ctx.db.batch([
    markKakaoGone(ctx.db, id, reason, ctx.runtime.now()),
    sendToChatInstead(ctx.db, id, [...ctx.channels.keys()]),
    untie(ctx.db, id),
  ]);
}

/** How much of a login an event at Kakao ends. */
export type KakaoEnd = 'tokens' | 'login';

/**
 * Kakao says that a login ended there. `tokens`: the person stays tied and is told to log in again;
 * `login`: see {@link forgetKakaoLogin}.
 */
export async function endKakaoLogin(
  ctx: Bot,
  id: string,
  end: KakaoEnd,
  reason: string,
): Promise<void> {
  switch (end) {
    case 'login':
      return forgetKakaoLogin(ctx, id, reason);
    case 'tokens':
      await forgetTokens(ctx, id);
      return noteKakaoLoginOver(ctx, id, reason);
    default:
      return unreachable(end);
  }
}

/**
 * The person leaves: Kakao ends the tokens (`logout`) or the whole tie to the app (`unlink`), and
 * everything is forgotten here, whatever Kakao says.
 *
 * @returns false when Kakao did not confirm: there the person's consent may still be on
 */
export async function leaveKakao(ctx: Bot, id: string, how: 'logout' | 'unlink'): Promise<boolean> {
  const left = await kakaoCallerOf(ctx, id)((client) => client[how]());
  await forgetKakaoLogin(ctx, id, how);
  return left.ok || left.reason === 'not-linked';
}

/**
 * Forgets a chat's person at Kakao: the login ends with the chat it began in, unless another chat is
 * tied to it. Of a login that began without a chat only the tie is undone: whoever has the chat may
 * be somebody else than whoever logged in.
 *
 * @returns false when Kakao did not confirm
 */
export async function forgetAtKakao(bot: Bot, person: Person): Promise<boolean> {
  const id = person.kakaoId ?? (person.channel === 'kakaotalk' ? person.address : null);
  if (id === null) return true;
  const { tied, direct } = await othersOfLogin(bot.db, id, person.id);
  if (tied > 0) return true;
  if (direct > 0) {
    await tieBack(bot.db, id).run();
    return true;
  }
  const isConfirmed = await leaveKakao(bot, id, 'unlink');
  await bot.db.batch(forgetKakaoId(bot.db, id));
  return isConfirmed;
}

/** Kakao tells of an end more than once, and some people come back at once. */
const GRACE_MS = 25 * MINUTE_MS;
const MOST_FORGOTTEN = 3;

/** Every half hour: forgets those who ended their tie to the app at Kakao. */
export async function forgetEnded({ db, runtime }: Bot): Promise<void> {
  const ids = await endedKakaoLogins(db, runtime.now() - GRACE_MS, MOST_FORGOTTEN);
  if (ids.length > 0) await db.batch(ids.flatMap((id) => forgetKakaoId(db, id)));
}

export const KAKAO_UPKEEP = 'kakao-upkeep';

/**
 * Daily: keeps people's Kakao logins from ending, and warns those whose login will. One run looks
 * after some of them only; the rest have a run of their own, so that they use up no attempts.
 */
export async function kakaoUpkeep(
  bot: Bot,
  { slot }: JobRun,
): Promise<JobEnd<'kakaoLogins' | 'links' | 'sends'>> {
  const now = bot.runtime.now();
  const { counts, failures, hasMore } = await keepKakaoAlive(bot);
  if (hasMore) await startJob(bot, KAKAO_UPKEEP, slot + 1);
  return {
    kind: 'done',
    counts: {
      ...counts,
      links: await forgetKakaoLinks(bot.db, now),
      sends: await forgetKakaoSends(bot.db, now),
    },
    reason: failures.length === 0 ? null : failures.join('; '),
  };
}

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
  readonly counts: Readonly<Record<'kakaoLogins', number>>;
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
    if (failure !== null) failures.push(`kakao login: ${failure}`);
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
