import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { base64url } from '../../lib/encoding.ts';
import type { Result } from '../../lib/result.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import { kakaoSettings } from './settings.ts';
import { channelOfPerson, claimKakaoLink, isKakaoLinkUsed, tieChat } from './store/kakaoTies.ts';

const LINK_MS = 15 * MINUTE_MS;

/** What a link holds: whose chat it ties to a login, once. */
export const linkSchema = v.object({
  person: v.number(),
  nonce: v.string(),
  /** Epoch milliseconds. */
  expiresAt: v.number(),
});
export type ChatLink = Readonly<v.InferOutput<typeof linkSchema>>;

/** Why a link is not followed: too old or not ours, used, or its person is gone. */
export interface LinkRefusal {
  readonly reason: 'link-expired' | 'link-used';
}

const signedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ person: v.number(), nonce: v.string() }),
);

/**
 * Address, from the Worker's root, at which a person who chats with the bot ties this chat to a
 * Kakao login. It works for 15 minutes, once; whoever has it can use it.
 *
 * @returns `null` when `TOKEN_KEY` or `KAKAO_REST_API_KEY` is missing
 */
export async function linkPath(ctx: Bot, personId: number): Promise<string | null> {
  const signer = await ctx.signer();
  if (!signer || ctx.read(kakaoSettings).restApiKey === null) return null;
  const nonce = base64url(ctx.runtime.randomBytes(12));
  const text = JSON.stringify({ person: personId, nonce });
  const signed = await signer.sign('link', text, ctx.runtime.now() + LINK_MS);
  return `/login/kakao?link=${signed}`;
}

/** Reads a link; nothing is used up by it. */
export async function readLink(ctx: Bot, signed: string): Promise<Result<ChatLink, LinkRefusal>> {
  const verified = await (await ctx.signer())?.verify('link', signed);
  const parsed = v.safeParse(signedSchema, verified?.ok ? verified.value.text : '');
  if (!verified?.ok || !parsed.success) return { ok: false, reason: 'link-expired' };
  const link = { ...parsed.output, expiresAt: verified.value.expiresAt };
  return (await isKakaoLinkUsed(ctx.db, link.nonce))
    ? { ok: false, reason: 'link-used' }
    : { ok: true, value: link };
}

/** The person has agreed: the chat's news goes to their KakaoTalk from now on. Uses the link up. */
export async function followLink(
  ctx: Bot,
  link: ChatLink,
  kakaoId: string,
): Promise<Result<null, LinkRefusal>> {
  const { db, runtime } = ctx;
  const now = runtime.now();
  const isGone = (await channelOfPerson(db, link.person)) === null;
  if (now >= link.expiresAt || isGone) return { ok: false, reason: 'link-expired' };
  if (!(await claimKakaoLink(db, link.nonce, link.expiresAt))) {
    return { ok: false, reason: 'link-used' };
  }
  await db.batch(tieChat(db, link.person, kakaoId, now));
  return { ok: true, value: null };
}
