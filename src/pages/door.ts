import type { Context } from 'hono';
import type { Bot } from '../bot/context.ts';
import { noteRefused, sourceAt } from '../bot/http.ts';
import { log } from '../lib/log.ts';
import { HOUR_MS, SECOND_MS } from '../lib/time.ts';
import { tellOwner } from '../store/incidents.ts';
import { countGuess, forgetGuesses, lockedMs, takeBackGuess } from '../store/patience.ts';

/** How a try of the owner's password or key ended. */
export type Tried = 'right' | 'wrong' | Locked;

/** An address that has used up its tries. */
export interface Locked {
  readonly waitMs: number;
}

/**
 * What is tried: all that is wanted of the owner, the password alone where a code is wanted beside
 * it, or a key of the API.
 */
type Proof = 'whole' | 'part' | 'key';

/**
 * Looks at what was shown at a door of the owner's, within what an address may try: ten wrong ones an
 * hour. Only the whole proof forgets the wrong tries before it: whoever has the password alone could
 * else go on guessing codes. The owner is told when an address has used its tries up.
 *
 * @param judge whether it is right; not asked where the tries are used up, but for a key
 */
export async function tryDoor(
  context: Context,
  proof: Proof,
  judge: () => Promise<boolean>,
): Promise<Tried> {
  const bot: Bot = context.get('bot');
  const { db, runtime } = bot;
  const source = await sourceAt(context.req.raw);
  const now = runtime.now();
  // Tries count before they are judged, so that many at once are no way around. A key is too long to
  // be guessed like that; its calls cost no row.
  const isRightKey = proof === 'key' && (await judge());
  const waitMs = isRightKey ? await lockedMs(db, source, now) : await countGuess(db, source, now);
  if (waitMs > 0) {
    log('door-locked', { path: context.req.path, source });
    const key = `locked-out:${source}:${Math.floor(now / HOUR_MS)}`;
    await tellOwner(db, { key, kind: 'locked-out', detail: { source: source.slice(0, 8) } }, now);
    return { waitMs };
  }
  if (isRightKey) return 'right';
  if (proof === 'key' || !(await judge())) {
    await noteRefused(context.req.raw, 401);
    return 'wrong';
  }
  await (proof === 'whole' ? forgetGuesses(db, source) : takeBackGuess(db, source));
  return 'right';
}

/** Header: when an address may try again. */
export function retryAfter({ waitMs }: Locked): Readonly<Record<'retry-after', string>> {
  return { 'retry-after': String(Math.ceil(waitMs / SECOND_MS)) };
}
