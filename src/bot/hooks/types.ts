import { sha256Hex } from '../../lib/encoding.ts';
import { unreachable } from '../../lib/result.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { DAY_MS } from '../../lib/time.ts';
import { type Hook, hookSealName } from '../../store/hooks.ts';
import type { Sealer } from '../../store/sealed.ts';
import type { Notice } from '../notice/notice.ts';
import type { Channel, Outcome } from '../outbox/channel.ts';

/** Where a platform takes messages at a secret address, as its room sees it. */
export interface HookPlatform {
  /** Of the channel. */
  readonly id: string;
  /** As it calls itself. */
  readonly name: string;
  /**
   * Reads an address as people copy it.
   *
   * @returns what names it without its secret, and the address itself in one spelling; `null` for
   *   what is none of this platform's
   */
  readonly read: (text: string) => HookAddress | null;
  /** Says something at an address; `wait` is for this address alone. */
  readonly say: (secret: string, notice: Notice) => Promise<Outcome>;
  /** As that of its channel. */
  readonly holds?: Channel['holds'];
}

/** What became of a message at a secret address, as the platform's client tells it. */
export type HookAnswer =
  | { readonly kind: 'sent'; readonly messageId?: string | null }
  /** No call to this address before that. */
  | { readonly kind: 'wait'; readonly afterMs: number; readonly code: string }
  | { readonly kind: 'retry'; readonly mayHaveActed: boolean; readonly code: string }
  | { readonly kind: 'gone' | 'refused'; readonly code: string };

/** The same as every channel tells it. */
export function hookOutcome(answer: HookAnswer): Outcome {
  switch (answer.kind) {
    case 'sent':
      return { kind: 'sent', externalId: answer.messageId ?? null, note: null };
    case 'wait': {
      const afterMs = Math.min(DAY_MS, answer.afterMs);
      return { kind: 'wait', scope: 'address', afterMs, note: answer.code };
    }
    case 'retry':
      return { kind: 'retry', afterMs: null, uncertain: answer.mayHaveActed, note: answer.code };
    case 'gone':
    case 'refused':
      return { kind: answer.kind, note: answer.code };
    default:
      return unreachable(answer);
  }
}

export interface HookAddress {
  /** What people may see. */
  readonly name: string;
  /** The whole address. */
  readonly secret: string;
}

/** What proving an address and speaking there stand on. */
export interface HookContext {
  readonly runtime: Runtime;
  readonly db: D1Database;
  /** `null` without a usable `TOKEN_KEY`. */
  readonly sealer: () => Promise<Sealer | null>;
}

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
