import type { Context } from 'hono';
import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { base64url } from '../../lib/base64url.ts';
import { HOUR_MS, SECOND_MS } from '../../lib/time.ts';
import { dropPrivateCookie, readPrivateCookie, setPrivateCookie } from '../../ui/cookies.ts';
import { linkSchema } from './link.ts';

const COOKIE = 'soshik-kakao';
/** Name the cookie is sealed under. */
const SEALED_AS = 'kakao session';
const SESSION_MS = HOUR_MS;

const schema = v.object({
  /** App user id. */
  id: v.string(),
  nonce: v.string(),
  /** A chat that may be tied to the login, once the person agrees. */
  link: v.nullable(linkSchema),
  expiresAt: v.number(),
});

/** Somebody who has just logged in with Kakao; their app user id stays sealed. */
export type KakaoSession = Readonly<Pick<v.InferOutput<typeof schema>, 'id' | 'link'>> & {
  /** What every form of this session has to carry. */
  readonly csrf: string;
};

/** Begins a session of an hour in this browser. */
export async function startKakaoSession(
  context: Context,
  ctx: Bot,
  login: Pick<KakaoSession, 'id' | 'link'>,
): Promise<void> {
  const sealer = await ctx.sealer();
  if (!sealer) return;
  const session: v.InferOutput<typeof schema> = {
    id: login.id,
    nonce: base64url(ctx.runtime.randomBytes(16)),
    link: login.link,
    expiresAt: ctx.runtime.now() + SESSION_MS,
  };
  const sealed = await sealer.seal(SEALED_AS, JSON.stringify(session));
  setPrivateCookie(context, COOKIE, sealed, SESSION_MS / SECOND_MS);
}

/** The session of this browser, or `null` when there is none, or it is over or forged. */
export async function readKakaoSession(context: Context, ctx: Bot): Promise<KakaoSession | null> {
  const [sealer, signer] = await Promise.all([ctx.sealer(), ctx.signer()]);
  const opened = await sealer?.open(SEALED_AS, readPrivateCookie(context, COOKIE) ?? '');
  const text = opened?.ok ? opened.value : '';
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (!signer || !parsed.success || ctx.runtime.now() >= parsed.output.expiresAt) return null;
  const { id, link, nonce, expiresAt } = parsed.output;
  return { id, link, csrf: await signer.sign('csrf', `kakao ${id} ${nonce}`, expiresAt) };
}

export function endKakaoSession(context: Context): void {
  dropPrivateCookie(context, COOKIE);
}
