import type { Context } from 'hono';
import type { Bot } from '../../bot/context.ts';
import { log } from '../../lib/log.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { HOUR_MS } from '../../lib/time.ts';
import { countGuess, forgetGuesses, lockedMs } from '../../store/loginAttempts.ts';
import { tellOwner } from '../../store/ownerNews.ts';
import { sourceOf } from '../../ui/source.ts';

/** How a try of the owner's password or key ended. */
export type Tried = 'right' | 'wrong' | { readonly waitMs: number };

/**
 * Compares what was shown with the owner's password or key, within what an address may try: ten wrong
 * ones an hour. The owner is told when an address has used them up.
 */
export async function tryDoor(
  context: Context,
  shown: string,
  secret: string | null,
  kind: 'password' | 'key' = 'password',
): Promise<Tried> {
  const bot: Bot = context.get('bot');
  const { db, runtime } = bot;
  const source = await sourceOf(context.req.header('cf-connecting-ip') ?? 'local');
  const now = runtime.now();
  const isRight = await isSameSecret(shown.trim(), secret);
  // Tries of a password count before they are judged, so that many at once are no way around. A key
  // is too long for that; its calls cost no row.
  const waitMs =
    kind === 'key' && isRight ? await lockedMs(db, source, now) : await countGuess(db, source, now);
  const { path } = context.req;
  if (waitMs > 0) {
    log('door-locked', { path, source });
    const key = `locked-out:${source}:${Math.floor(now / HOUR_MS)}`;
    await tellOwner(db, { key, kind: 'locked-out', detail: { source: source.slice(0, 8) } }, now);
    return { waitMs };
  }
  if (!isRight) {
    log('door-refused', { path, source });
    return 'wrong';
  }
  if (kind === 'password') await forgetGuesses(db, source);
  return 'right';
}
