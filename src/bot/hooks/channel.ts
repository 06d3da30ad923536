import { coreSettings } from '../../config/core.ts';
import { needs } from '../../config/reader.ts';
import type { Text } from '../../lib/text.ts';
import { endHook, quietHook, readHook } from '../../store/hooks.ts';
import type { Bot } from '../context.ts';
import type { Channel, Outcome } from '../outbox/channel.ts';
import type { HookInfo, Platform } from '../platform.ts';
import { hookUpkeep } from './proof.ts';
import { type HookContext, type HookPlatform, secretOf } from './types.ts';

/**
 * Speaks at secret addresses, and only where one was proved. An address that has to wait is left
 * alone by every invocation until its time is over; one that is gone is never called again.
 */
export function createHookChannel(
  ctx: HookContext,
  { id, say, holds }: Pick<HookPlatform, 'id' | 'say' | 'holds'>,
): Channel {
  const { db, runtime } = ctx;
  return {
    id,
    holds,
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

/** What is a platform's own where people only give it secret addresses. */
export interface HookRoom extends Pick<Platform, 'settings' | 'card'> {
  /** Of the platform, its only channel and that channel's part of the settings. */
  readonly id: string;
  readonly name: Text;
  /** An address as people copy it, and where they do. */
  readonly example: string;
  readonly where: Text;
  /** By what it is given, in a few words. */
  readonly how: Text;
  /** What stands before an address where it is shown. */
  readonly shownAt: string;
  readonly hookOf: (bot: Bot) => HookPlatform;
}

/** A platform whose channels are secret addresses, each proved before anything is said there. */
export function hookPlatform({ settings, card, ...room }: HookRoom): Platform {
  const { id, name, example, where, how, shownAt, hookOf } = room;
  const hook: HookInfo = { example, where, of: hookOf };
  return {
    id,
    name,
    ...(settings && { settings }),
    parts: [{ id, name, state: needs(coreSettings.declared.tokenKey) }],
    channels: [
      {
        id,
        name,
        feature: id,
        isGroup: () => true,
        shown: (address) => `${shownAt}${address.replace(/-.*$/, '')}/…`,
        hook,
      },
    ],
    ...hookUpkeep(id),
    ...(card && { card }),
    speakers: (bot) => (canKeep(bot) ? [createHookChannel(bot, hookOf(bot))] : []),
    meetings: async (bot) => {
      const link = {
        text: { ko: '채널 등록하기', en: 'Register a channel' },
        url: `/register?channel=${id}`,
      };
      return canKeep(bot)
        ? [{ channel: id, title: name, link, chat: { how, send: where, hook } }]
        : [];
    },
  };
}

/** The addresses are secrets: without a key they cannot be kept. */
function canKeep({ config }: Pick<Bot, 'config'>): boolean {
  return config.tokenKey !== '';
}
