import { Hono } from 'hono';
import { sandboxSecrets } from '../secrets.ts';
import type { Codes } from './authorize.ts';
import { loginFailure } from './failures.ts';
import { readFields } from './fields.ts';
import type { Links } from './links.ts';
import { accessTokenSeconds, type KakaoGrant, refreshTokenSeconds, type Tokens } from './tokens.ts';
import type { KakaoContext } from './types.ts';

export interface TokenEndpointOptions {
  readonly context: KakaoContext;
  readonly links: Links;
  readonly tokens: Tokens;
  readonly codes: Codes;
}

/** `POST /oauth/token` (docs/platforms/kakao.md, Tokens). */
export function createTokenEndpoint({ context, links, tokens, codes }: TokenEndpointOptions): Hono {
  const { app } = context;
  const routes = new Hono();

  function clientProblem(fields: URLSearchParams): Response | null {
    const id = fields.get('client_id') ?? '';
    if (id !== sandboxSecrets.KAKAO_REST_API_KEY) {
      return loginFailure('KOE101', `Not exist client_id [${id}]`);
    }
    if (!app.isSecretOn) return null;
    return fields.get('client_secret') === sandboxSecrets.KAKAO_CLIENT_SECRET
      ? null
      : loginFailure('KOE010', 'Bad client credentials');
  }

  const tooOften = () =>
    loginFailure('KOE237', 'Token request rate limit exceeded.', app.rateLimitStatus);

  function byCode(fields: URLSearchParams): KakaoGrant | Response {
    const given = fields.get('code') ?? '';
    const code = codes.take(given);
    if (!code) {
      return loginFailure('KOE320', `authorization code not found for code=${given}`);
    }
    if (code.redirectUri !== fields.get('redirect_uri')) {
      return loginFailure('KOE303', 'Redirect URI mismatch.');
    }
    const link = links.of(code.personId);
    if (!link) return loginFailure('KOE320', `authorization code not found for code=${given}`);
    return tokens.isOverLimit(code.personId)
      ? tooOften()
      : tokens.issue(code.personId, [...link.scopes]);
  }

  function byRefreshToken(fields: URLSearchParams): KakaoGrant | Response {
    const given = fields.get('refresh_token') ?? '';
    if (given === '') return loginFailure('KOE319', 'refresh_token is missing.');
    const owner = tokens.findRefresh(given);
    if (!owner) return loginFailure('KOE322', 'expired_or_invalid_refresh_token');
    return tokens.isOverLimit(owner.personId) ? tooOften() : tokens.renew(given, owner);
  }

  function grantOf(fields: URLSearchParams): KakaoGrant | Response {
    switch (fields.get('grant_type') ?? '') {
      case 'authorization_code':
        return byCode(fields);
      case 'refresh_token':
        return byRefreshToken(fields);
      default:
        return loginFailure('KOE001', 'unsupported grant_type.');
    }
  }

  routes.post('/oauth/token', async (c) => {
    const fields = await readFields(c.req.raw);
    const given = fields
      ? (clientProblem(fields) ?? grantOf(fields))
      : loginFailure('KOE001', 'The body must be application/x-www-form-urlencoded.');
    if (given instanceof Response) {
      context.onRefusal(c.req.raw, `the token endpoint says ${await given.clone().text()}`);
      return given;
    }
    c.header('cache-control', 'no-store');
    const isCode = fields?.get('grant_type') === 'authorization_code';
    return c.json({
      token_type: 'bearer',
      access_token: given.accessToken,
      expires_in: accessTokenSeconds,
      ...(given.refreshToken === null
        ? {}
        : { refresh_token: given.refreshToken, refresh_token_expires_in: refreshTokenSeconds }),
      ...(isCode ? { scope: given.scopes.join(' ') } : {}),
    });
  });

  return routes;
}
