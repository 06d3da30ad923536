import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { rememberPublicUrl } from '../../bot/http.ts';
import { base64url } from '../../lib/encoding.ts';
import type { Result } from '../../lib/result.ts';
import type { Language } from '../../lib/time.ts';
import { type LoginRefusal, refusedLogin, type StartedLogin } from '../../ui/login.tsx';
import { createKakaoClient } from './api/client.ts';
import {
  authorizeUrl,
  exchangeCode,
  type KakaoOAuthFailure,
  type KakaoTokens,
  readCallback,
} from './api/oauth.ts';
import { type ChatLink, type LinkRefusal, linkSchema, readLink } from './link.ts';
import { kakaoAppOf, kakaoKeeperKey, kakaoSettings } from './settings.ts';
import { saveKakaoLogin } from './store/kakaoLogins.ts';
import { tieDirectly } from './store/kakaoTies.ts';
import { nextKeepAt } from './upkeep.ts';

/** The consent item without which nothing can be sent (docs/platforms/kakao.md, Consent items). */
const MESSAGES = 'talk_message';
const FRIENDS = 'friends';

/**
 * Why a login did not work:
 * - `not-configured`: a secret is missing; `detail` names it
 * - `configuration`: the owner has to change something in Kakao's console or among the secrets
 * - `cancelled`: the person said no
 * - `no-consent`: the person did not agree to messages
 * - `expired`: it took too long, or was used before
 * - `not-this-browser`: the answer belongs to another login
 * - `link-expired`, `link-used`: of the link from the chat; ask the bot for another one
 * - `unavailable`: Kakao does not answer as it should; try again
 */
export type KakaoLoginFailure =
  | 'not-configured'
  | 'configuration'
  | 'cancelled'
  | 'no-consent'
  | 'expired'
  | 'not-this-browser'
  | LinkRefusal['reason']
  | 'unavailable';

/** `detail`: names of missing secrets, or Kakao's own words for the owner. */
export interface KakaoLoginRefusal extends LoginRefusal<KakaoLoginFailure> {
  /** With `no-consent`: the query of `/login/kakao` that asks for the same again. */
  readonly query?: string;
}

const pendingSchema = v.object({
  state: v.string(),
  callbackUrl: v.string(),
  scopes: v.array(v.string()),
  link: v.nullable(linkSchema),
  query: v.string(),
});

/**
 * Begins a login.
 *
 * @param login.callbackUrl where Kakao sends the browser back, letter for letter as registered there
 * @param login.link the `link` of the address, when the person came from a chat
 * @param login.withFriends asks for leave to write to friends, if the owner allows that
 * @returns where the browser goes, and what to keep for {@link finishKakaoLogin}
 */
export async function startKakaoLogin(
  ctx: Bot,
  login: {
    readonly callbackUrl: string;
    readonly link: string | null;
    readonly withFriends: boolean;
  },
): Promise<Result<StartedLogin, KakaoLoginRefusal>> {
  const { restApiKey, authUrl, sendToFriends } = ctx.read(kakaoSettings);
  if (restApiKey === null) return refusedLogin('not-configured', 'KAKAO_REST_API_KEY');
  const link = login.link === null ? null : await readLink(ctx, login.link);
  if (link && !link.ok) return refusedLogin(link.reason, '');
  const { callbackUrl } = login;
  const query = new URLSearchParams({
    ...(login.link !== null && { link: login.link }),
    ...(login.withFriends && { friends: '1' }),
  });
  const scopes = login.withFriends && sendToFriends ? [MESSAGES, FRIENDS] : [MESSAGES];
  const state = base64url(ctx.runtime.randomBytes(32));
  const pending: v.InferOutput<typeof pendingSchema> = {
    state,
    callbackUrl,
    scopes,
    link: link?.value ?? null,
    query: String(query),
  };
  return {
    ok: true,
    value: {
      redirectUrl: authorizeUrl({
        authUrl,
        clientId: restApiKey,
        redirectUri: callbackUrl,
        state,
        scopes,
      }),
      pending: JSON.stringify(pending),
    },
  };
}

/** Somebody is logged in; `link`: the chat they may tie to it, once they agree. */
export interface FinishedKakaoLogin {
  readonly id: string;
  readonly link: ChatLink | null;
}

/**
 * Ends a login with what Kakao sent the browser back with; keeps the tokens and the login.
 *
 * @param login.pending what {@link startKakaoLogin} gave to this browser
 * @param login.query of the callback
 * @param login.language of a person who is met here for the first time
 */
export async function finishKakaoLogin(
  ctx: Bot,
  login: {
    readonly pending: string;
    readonly query: URLSearchParams;
    readonly language: Language;
  },
): Promise<Result<FinishedKakaoLogin, KakaoLoginRefusal>> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), pendingSchema), login.pending);
  if (!parsed.success) return refusedLogin('not-this-browser', '');
  const { state, callbackUrl, scopes, link, query } = parsed.output;
  if (login.query.get('state') !== state) return refusedLogin('not-this-browser', '');
  const back = readCallback(login.query);
  if (!back.ok) {
    return refusedLogin(back.reason === 'cancelled' ? 'cancelled' : 'configuration', back.detail);
  }
  const app = kakaoAppOf(ctx);
  if (!app) return refusedLogin('not-configured', 'KAKAO_REST_API_KEY');
  const exchanged = await exchangeCode(app, { code: back.value.code, redirectUri: callbackUrl });
  if (!exchanged.ok) return refusedLogin(reasonOf(exchanged), exchanged.detail);
  // A server that names no scopes has granted what was asked for (RFC 6749 section 5.1).
  const granted = exchanged.value.scopes.length > 0 ? exchanged.value.scopes : scopes;
  if (!granted.includes(MESSAGES)) return { ...refusedLogin('no-consent', ''), query };
  return connect(ctx, { ...exchanged.value, scopes: granted }, link, login.language);
}

/** Tokens first: a login that is shown as connected must be able to send. */
async function connect(
  ctx: Bot,
  tokens: KakaoTokens,
  link: ChatLink | null,
  language: Language,
): Promise<Result<FinishedKakaoLogin, KakaoLoginRefusal>> {
  const { runtime, db, read } = ctx;
  const { accessToken } = tokens;
  const me = await createKakaoClient({
    runtime,
    apiUrl: read(kakaoSettings).apiUrl,
    accessToken,
  }).me();
  if (!me.ok) return refusedLogin('unavailable', me.detail);
  const { id } = me.value;
  const scopes = [...tokens.scopes];
  const stored = await ctx
    .keeperOf(kakaoKeeperKey(id))
    .store({ kind: 'oauth2', ...tokens, scopes }, { username: id });
  if (!stored.ok) return refusedLogin('not-configured', 'TOKEN_KEY');
  const now = runtime.now();
  const refreshExpiresAt = tokens.refreshExpiresAt ?? null;
  await db.batch([
    saveKakaoLogin(db, { id, scopes, refreshExpiresAt }, nextKeepAt(refreshExpiresAt, now), now),
    ...(link ? [] : tieDirectly(db, id, language, now)),
  ]);
  await rememberPublicUrl(ctx);
  return { ok: true, value: { id, link } };
}

function reasonOf({ reason }: KakaoOAuthFailure): KakaoLoginFailure {
  switch (reason) {
    case 'invalid-grant':
      return 'expired';
    case 'invalid-client':
    case 'configuration':
    case 'invalid':
      return 'configuration';
    case 'rate-limited':
    case 'unavailable':
      return 'unavailable';
    default:
      return reason satisfies never;
  }
}
