import { sha256Hex } from '../../lib/encoding.ts';
import { type Hook, hookSealName } from '../../store/hooks.ts';
import type { HookAddress, HookContext } from './types.ts';

/**
 * What an address is called in `people`, deliveries and logs: its public name, and a few letters of
 * its secret's hash, so that a new secret under the old name is another address.
 */
export async function hookKeyOf({ name, secret }: HookAddress): Promise<string> {
  return `${name}-${(await sha256Hex(secret)).slice(0, 8)}`;
}

/** The secret address behind what is stored; `null` when it cannot be opened (another `TOKEN_KEY`). */
export async function secretOf(
  { sealer }: Pick<HookContext, 'sealer'>,
  { channel, address, sealed }: Pick<Hook, 'channel' | 'address' | 'sealed'>,
): Promise<string | null> {
  const opened = await (await sealer())?.open(hookSealName(channel, address), sealed);
  return opened?.ok ? opened.value : null;
}
