import type { Result } from '../../../lib/result.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { ask } from './call.ts';
import type { KakaoOAuthResult, KakaoTokens } from './oauthAnswer.ts';
import { readTokens } from './oauthAnswer.ts';
import { shortDetail } from './problem.ts';

/** Where and as which app tokens are asked for. */
export interface KakaoOAuthOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://kauth.kakao.com`. */
  readonly authUrl: string;
  /** REST API key and its client secret; new keys are made with the secret switched on. */
  readonly client: { readonly id: string; readonly secret: string | null };
}

/** One login to be. */
export interface KakaoLogin {
  /** Such as `https://kauth.kakao.com`. */
  readonly authUrl: string;
  /** REST API key. */
  readonly clientId: string;
  /** Letter for letter as registered in the console. */
  readonly redirectUri: string;
  /** Binds the callback to the browser. */
  readonly state: string;
  /** Consent items to ask for; none: those that the console always asks for. */
  readonly scopes: readonly string[];
  readonly prompt?: 'login' | 'none' | 'create' | 'select_account';
}

/** Where the browser goes. Source: docs/platforms/kakao.md, Login. */
export function authorizeUrl(login: KakaoLogin): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: login.clientId,
    redirect_uri: login.redirectUri,
    ...(login.scopes.length > 0 && { scope: login.scopes.join(',') }),
    state: login.state,
    ...(login.prompt && { prompt: login.prompt }),
  });
  return `${login.authUrl}/oauth/authorize?${query.toString()}`;
}

/**
 * What the browser brings back. Whether `state` is the one that was sent is for the caller to check.
 *
 * @returns `cancelled` when the person said no, `refused` when Kakao did or the query is not Kakao's
 */
export function readCallback(
  query: URLSearchParams,
): Result<
  { readonly code: string; readonly state: string },
  { readonly reason: 'cancelled' | 'refused'; readonly detail: string }
> {
  const error = query.get('error');
  if (error === 'access_denied') return { ok: false, reason: 'cancelled', detail: error };
  if (error !== null) {
    const detail = shortDetail(`${error}: ${query.get('error_description') ?? ''}`);
    return { ok: false, reason: 'refused', detail };
  }
  const [code, state] = [only(query, 'code'), only(query, 'state')];
  if (code && state) return { ok: true, value: { code, state } };
  return { ok: false, reason: 'refused', detail: 'One code and one state have to come back' };
}

/** Tokens for the code of a callback, which works once. Source: docs/platforms/kakao.md, Tokens. */
export async function exchangeCode(
  options: KakaoOAuthOptions,
  login: { readonly code: string; readonly redirectUri: string },
): Promise<KakaoOAuthResult<KakaoTokens>> {
  return await askTokens(options, {
    grant_type: 'authorization_code',
    redirect_uri: login.redirectUri,
    code: login.code,
  });
}

/**
 * A new access token for a refresh token. To be merged into what is stored: without `refreshToken`
 * in the answer the old one stays good.
 */
export async function refreshTokens(
  options: KakaoOAuthOptions,
  refreshToken: string,
): Promise<KakaoOAuthResult<KakaoTokens>> {
  return await askTokens(options, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function askTokens(
  { runtime, authUrl, client }: KakaoOAuthOptions,
  grant: Readonly<Record<string, string>>,
): Promise<KakaoOAuthResult<KakaoTokens>> {
  const askedAt = runtime.now();
  const form = {
    ...grant,
    client_id: client.id,
    ...(client.secret !== null && { client_secret: client.secret }),
  };
  const answer = await ask(runtime, { method: 'POST', url: `${authUrl}/oauth/token`, form });
  return readTokens(answer, askedAt);
}

function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
