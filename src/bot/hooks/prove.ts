import { DAY_MS } from '../../lib/time.ts';
import {
  countHookTry,
  deleteHook,
  forgetHooks,
  hookSealName,
  readHook,
  resealHooks,
  staleHooks,
  writeHook,
} from '../../store/hooks.ts';
import type { Platform } from '../platform.ts';
import { codeHashOf } from './ask.ts';
import {
  type HookAddress,
  type HookContext,
  type HookPlatform,
  hookKeyOf,
  secretOf,
} from './types.ts';

const KEPT_MS = 30 * DAY_MS;

/** So many a day; a bot has a handful. */
const MOST_RESEALED = 100;

/** Seals addresses with the newest key, so that an older one can be dropped from `TOKEN_KEY`. */
export async function sealAnew(
  ctx: Pick<HookContext, 'db' | 'sealer'>,
  channel: string,
): Promise<void> {
  const sealer = await ctx.sealer();
  if (sealer === null) return;
  const stale = await staleHooks(ctx.db, channel, sealer.keyId, MOST_RESEALED);
  const anew = await Promise.all(
    stale.map(async (hook) => {
      const secret = await secretOf(ctx, hook);
      if (secret === null) return [];
      const { address, sealed: was } = hook;
      return [{ address, was, sealed: await sealer.seal(hookSealName(channel, address), secret) }];
    }),
  );
  if (anew.flat().length > 0) await resealHooks(ctx.db, channel, anew.flat());
}

/** How a channel of secret addresses is cleaned and forgets. */
export function hookUpkeep(channel: string): Pick<Platform, 'upkeep' | 'forgetting'> {
  return {
    upkeep: async (bot) => {
      await forgetHooks(bot.db, channel, bot.runtime.now() - KEPT_MS);
      await sealAnew(bot, channel);
      return { counts: {}, failures: [] };
    },
    forgetting: {
      person: async ({ db }, person) => {
        if (person.channel === channel) await deleteHook(db, channel, person.address).run();
        return true;
      },
      people: (db) => [db.prepare(`DELETE FROM hooks WHERE channel = ?1`).bind(channel)],
    },
  };
}

const MOST_TRIES = 5;

/** What came of a code. */
export type Proved =
  /** It is proved now, or was before; `wishes` were kept for it until now. */
  | { readonly kind: 'proved'; readonly address: string; readonly wishes: readonly unknown[] }
  /** Nobody asked this address. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong' }
  /** The code is over: too old, or wrong too often. */
  | { readonly kind: 'over' };

/**
 * Takes the code that an address was sent. The wishes are handed over once, to whoever brings the
 * right code first.
 */
export async function proveHook(
  ctx: HookContext,
  { id }: Pick<HookPlatform, 'id'>,
  address: HookAddress,
  code: string,
): Promise<Proved> {
  return proveKey(ctx, id, await hookKeyOf(address), code);
}

/** The same for an address by what it is called in the store, as a page remembers it. */
export async function proveKey(
  { db, runtime }: Pick<HookContext, 'db' | 'runtime'>,
  id: string,
  key: string,
  code: string,
): Promise<Proved> {
  const hook = await readHook(db, id, key);
  if (hook === null || hook.state === 'gone') return { kind: 'unknown' };
  const { codeHash } = hook;
  const told = await codeHashOf(key, code.replace(/\D/g, ''));
  if (hook.state === 'proved') {
    return told === codeHash ? { kind: 'proved', address: key, wishes: [] } : { kind: 'wrong' };
  }
  if (codeHash === null || hook.codeEndsAt <= runtime.now()) return { kind: 'over' };
  if ((await countHookTry(db, id, key)) > MOST_TRIES) return { kind: 'over' };
  // Hashes are compared, not codes: how long it takes tells nothing.
  if (told !== codeHash) return { kind: 'wrong' };
  await writeHook(db, { ...hook, state: 'proved', tries: 0, wishes: [] }, runtime.now());
  return { kind: 'proved', address: key, wishes: hook.wishes };
}
