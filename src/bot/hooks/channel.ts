import { endHook, quietHook, readHook } from '../../store/hooks.ts';
import type { Channel, Outcome } from '../outbox/channel.ts';
import { type HookContext, type HookPlatform, secretOf } from './types.ts';

/**
 * Speaks at secret addresses, and only where one was proved. An address that has to wait is left
 * alone by every invocation until its time is over; one that is gone is never called again.
 */
export function createHookChannel(
  ctx: HookContext,
  { id, say }: Pick<HookPlatform, 'id' | 'say'>,
): Channel {
  const { db, runtime } = ctx;
  return {
    id,
    send: async ({ address, notice }): Promise<Outcome> => {
      const hook = await readHook(db, id, address);
      if (hook === null || hook.state === 'gone') return { kind: 'gone', note: 'not-there' };
      if (hook.state === 'asked') return { kind: 'refused', note: 'not-proved' };
      const waitMs = hook.quietUntil - runtime.now();
      if (waitMs > 0) {
        return { kind: 'wait', scope: 'address', afterMs: waitMs, note: 'its-own-wait' };
      }
      const secret = await secretOf(ctx, hook);
      if (secret === null) {
        return { kind: 'sender', scope: 'channel', note: 'TOKEN_KEY' };
      }
      const outcome = await say(secret, notice);
      if (outcome.kind === 'wait') {
        await quietHook(db, id, address, runtime.now() + outcome.afterMs);
      }
      if (outcome.kind !== 'gone') return outcome;
      return { ...outcome, afterwards: () => endHook(db, id, address, runtime.now()) };
    },
  };
}
