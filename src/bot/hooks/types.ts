import type { Runtime } from '../../lib/runtime.ts';
import type { Sealer } from '../../store/sealed.ts';
import type { Notice } from '../notice/notice.ts';
import type { Outcome } from '../outbox/channel.ts';

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
