import { Hono } from 'hono';
import * as v from 'valibot';
import { sandboxSecrets } from '../secrets.ts';
import { bodyText } from './body.ts';
import { basicCredentials } from './client-auth.ts';
import { accessTokenSeconds, type Grants, type OAuth2Grant } from './grants.ts';
import type { OnRefusal } from './guard.ts';
import { type Codes, isVerifierRight } from './oauth2-authorize.ts';
import { grantProblem } from './problems.ts';
import { scopesOf } from './scopes.ts';
import type { XContext } from './types.ts';

const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const oauth1TokenType = 'urn:x:params:oauth:token-type:oauth1_token';

type Fields = ReadonlyMap<string, string>;

export interface OAuth2TokensOptions {
  readonly context: XContext;
  readonly grants: Grants;
  readonly codes: Codes;
  readonly onRefusal: OnRefusal;
}

/** `/2/oauth2/token` and `/2/oauth2/revoke` (docs/platforms/x.md). */
export function createOAuth2Tokens({
  context,
  grants,
  codes,
  onRefusal,
}: OAuth2TokensOptions): Hono {
  const { app } = context;
  const routes = new Hono();

  function clientProblem(header: string | undefined, fields: Fields): Response | null {
    const { TWITTER_CLIENT_ID: id, TWITTER_CLIENT_SECRET: secret } = sandboxSecrets;
    if (app.clientType === 'public') {
      if (fields.get('client_id') === id) return null;
      return grantProblem('invalid_request', 'Value passed for the client id was invalid.');
    }
    const given = basicCredentials(header);
    if (!given) {
      return grantProblem('unauthorized_client', 'Missing valid authorization header', 401);
    }
    if (given.name === id && given.secret === secret) return null;
    return grantProblem('invalid_client', 'The client id or secret is wrong.', 401);
  }

  function badGrant(what: string): Response {
    return grantProblem(app.grantError, `Value passed for the ${what} was invalid.`);
  }

  async function byCode(fields: Fields): Promise<OAuth2Grant | Response> {
    const code = codes.take(fields.get('code') ?? '');
    if (!code) return badGrant('authorization code');
    if (code.redirectUri !== fields.get('redirect_uri')) return badGrant('redirect uri');
    const verifier = fields.get('code_verifier') ?? '';
    if (!(await isVerifierRight(code, verifier))) return badGrant('code verifier');
    return grants.issueOAuth2(code.userId, code.scopes);
  }

  function byRefreshToken(fields: Fields): OAuth2Grant | Response {
    const found = grants.takeRefresh(fields.get('refresh_token') ?? '');
    return found ? grants.issueOAuth2(found.userId, found.scopes) : badGrant('token');
  }

  function byExchange(fields: Fields): OAuth2Grant | Response {
    if (fields.get('subject_token_type') !== oauth1TokenType) {
      return grantProblem('invalid_request', 'The subject_token_type is not supported.');
    }
    const subject = grants.findOAuth1(fields.get('subject_token') ?? '');
    if (subject?.secret !== fields.get('oauth_token_secret') || !subject) {
      return grantProblem('invalid_grant', 'The subject token is invalid or was revoked.');
    }
    const granted = [...scopesOf(subject.permission), 'offline.access'];
    const asked = fields.get('scope')?.split(' ') ?? granted;
    if (!asked.every((scope) => granted.includes(scope))) {
      return grantProblem('invalid_scope', 'The scope exceeds what the account granted.');
    }
    return grants.exchange(subject.userId, [...new Set([...asked, 'offline.access'])]);
  }

  async function grantOf(fields: Fields): Promise<OAuth2Grant | Response> {
    switch (fields.get('grant_type') ?? '') {
      case 'authorization_code':
        return await byCode(fields);
      case 'refresh_token':
        return byRefreshToken(fields);
      case exchangeGrant:
        return byExchange(fields);
      default:
        return grantProblem('invalid_request', 'Missing or unsupported grant_type.');
    }
  }

  routes.post('/2/oauth2/token', async (c) => {
    const fields = await readFields(c.req.raw);
    const given = clientProblem(c.req.header('authorization'), fields) ?? (await grantOf(fields));
    if (given instanceof Response) {
      onRefusal(c.req.raw, `the token endpoint says ${await given.clone().text()}`);
      return given;
    }
    const { accessToken, refreshToken, scopes } = given;
    c.header('cache-control', 'no-store');
    return c.json({
      token_type: 'bearer',
      expires_in: accessTokenSeconds,
      access_token: accessToken,
      scope: scopes.join(' '),
      ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    });
  });

  routes.post('/2/oauth2/revoke', async (c) => {
    const fields = await readFields(c.req.raw);
    const problem = clientProblem(c.req.header('authorization'), fields);
    if (problem) return problem;
    const token = fields.get('token');
    if (token === undefined) return grantProblem('invalid_request', 'Missing required token.');
    grants.dropOAuth2(token);
    return c.json({ revoked: true });
  });

  return routes;
}

const jsonFields = v.record(v.string(), v.unknown());

/** The texts of a form, or of JSON: clients that X lets in send either. */
async function readFields(request: Request): Promise<Fields> {
  const type = request.headers.get('content-type') ?? '';
  const text = await bodyText(request);
  if (/^application\/x-www-form-urlencoded\b/i.test(type))
    return new Map(new URLSearchParams(text));
  if (!/^application\/json\b/i.test(type)) return new Map();
  try {
    const fields = Object.entries(v.parse(jsonFields, JSON.parse(text)));
    return new Map(
      fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
  } catch {
    return new Map();
  }
}
