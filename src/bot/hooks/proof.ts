import { sha256Hex } from '../../lib/encoding.ts';
import { DAY_MS, type Language } from '../../lib/time.ts';
import {
  countHookTry,
  deleteHook,
  endHook,
  forgetHooks,
  type Hook,
  hookSealName,
  quietHook,
  readHook,
  resealHooks,
  staleHooks,
  writeHook,
} from '../../store/hooks.ts';
import type { Notice } from '../notice/notice.ts';
import type { Platform } from '../platform.ts';
import {
  type HookAddress,
  type HookContext,
  type HookPlatform,
  hookKeyOf,
  secretOf,
} from './types.ts';

const words = {
  code: {
    ko: (code: string) =>
      `소식 확인 코드: ${code}\n여기로 소식을 받으려면 하루 안에 이 코드를 넣어 주세요. 부탁한 적이 없다면 그냥 두세요.`,
    en: (code: string) =>
      `soshik code: ${code}\nTo get news here, enter this code within a day. If nobody asked for it, leave it be.`,
  },
  page: { ko: '코드 넣기', en: 'Enter the code' },
} as const;

/** The message that proves an address: whoever can read there knows the code. */
function proofNotice(code: string, language: Language, link: string | null): Notice {
  return {
    kind: 'text',
    language,
    text: words.code[language](code),
    suggestions: [],
    links: link === null ? [] : [{ label: words.page[language], url: link }],
  };
}

const CODE_MS = DAY_MS;
const MOST_MESSAGES = 3;
const MOST_WISHES = 20;

/** What came of asking an address for its proof. */
export type Asked =
  /** A message with a code is there. */
  | { readonly kind: 'sent' }
  /** One was sent earlier, and its code still counts. */
  | { readonly kind: 'open' }
  /** Nothing needs to be proved any more. */
  | { readonly kind: 'proved'; readonly address: string }
  /** Three messages were sent in vain. */
  | { readonly kind: 'too-many' }
  /** The platform knows no such address. */
  | { readonly kind: 'gone' }
  /** The platform asks for patience. */
  | { readonly kind: 'wait'; readonly afterMs: number }
  /** The platform does not answer, or does not take the message. */
  | { readonly kind: 'failed' }
  /** `TOKEN_KEY` is missing: no secret can be kept. */
  | { readonly kind: 'off' };

/**
 * Sends a code to an address that is not proved yet, and keeps what somebody wishes for it until the
 * code comes back. While a code is open, no further message is sent.
 *
 * @param wish JSON; the same wish is kept once
 * @param link page on which the code can be told; `null` without one
 */
export async function askForProof(
  ctx: HookContext,
  platform: HookPlatform,
  asked: {
    readonly address: HookAddress;
    readonly wish: unknown;
    readonly language: Language;
    readonly link: string | null;
  },
): Promise<Asked> {
  const { db, runtime } = ctx;
  const key = await hookKeyOf(asked.address);
  const known = await readHook(db, platform.id, key);
  const now = runtime.now();
  if (known?.state === 'proved') return { kind: 'proved', address: key };
  if (known?.state === 'gone') return { kind: 'gone' };
  const wishes = withWish(known?.wishes ?? [], asked.wish);
  if (known?.codeHash != null && known.codeEndsAt > now) {
    await writeHook(db, { ...known, wishes }, now);
    return { kind: 'open' };
  }
  if (known && known.messages >= MOST_MESSAGES) return { kind: 'too-many' };
  if (known && known.quietUntil > now) return { kind: 'wait', afterMs: known.quietUntil - now };
  const sealer = await ctx.sealer();
  if (sealer === null) return { kind: 'off' };

  const code = newCode(ctx);
  const hook: Hook = {
    channel: platform.id,
    address: key,
    sealed: await sealer.seal(hookSealName(platform.id, key), asked.address.secret),
    state: 'asked',
    codeHash: await codeHashOf(key, code),
    codeEndsAt: now + CODE_MS,
    messages: (known?.messages ?? 0) + 1,
    tries: 0,
    quietUntil: known?.quietUntil ?? 0,
    wishes,
  };
  // Counted before it is sent: a crash in between must not let a fourth one out.
  await writeHook(db, hook, now);
  const outcome = await platform.say(
    asked.address.secret,
    proofNotice(code, asked.language, asked.link),
  );
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'sent' };
    case 'gone':
      await endHook(db, platform.id, key, runtime.now());
      return { kind: 'gone' };
    case 'wait':
      // Turned away: nobody has read this one.
      await writeHook(db, { ...hook, messages: hook.messages - 1, codeHash: null }, now);
      await quietHook(db, platform.id, key, runtime.now() + outcome.afterMs);
      return { kind: 'wait', afterMs: outcome.afterMs };
    case 'retry':
    case 'refused':
    case 'sender':
      await writeHook(db, { ...hook, codeHash: null }, now);
      return { kind: 'failed' };
    default:
      return outcome satisfies never;
  }
}

function withWish(wishes: readonly unknown[], wish: unknown): readonly unknown[] {
  const written = JSON.stringify(wish);
  const others = wishes.filter((other) => JSON.stringify(other) !== written);
  return [...others, wish].slice(-MOST_WISHES);
}

/** Six digits. */
function newCode({ runtime }: HookContext): string {
  const [a = 0, b = 0, c = 0, d = 0] = runtime.randomBytes(4);
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return String(number % 1_000_000).padStart(6, '0');
}

/** What is kept of a code. */
export function codeHashOf(address: string, code: string): Promise<string> {
  return sha256Hex(`${address} ${code}`);
}

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
    upkeep: {
      counts: {},
      run: async (bot) => {
        await forgetHooks(bot.db, channel, bot.runtime.now() - KEPT_MS);
        await sealAnew(bot, channel);
        return { counts: {}, failures: [] };
      },
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
