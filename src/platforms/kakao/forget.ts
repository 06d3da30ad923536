import type { Bot } from '../../bot/context.ts';
import { unreachable } from '../../lib/result.ts';
import { kakaoCallerOf } from './caller.ts';
import { kakaoKeeperKey } from './context.ts';
import { noteKakaoLoginOver } from './notify.ts';
import { markKakaoGone } from './store/kakaoLogins.ts';
import { sendToChatInstead, untie } from './store/kakaoTies.ts';

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
