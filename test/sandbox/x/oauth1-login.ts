import { type Context, Hono } from 'hono';
import { readForm } from './body.ts';
import type { Consent } from './consent.ts';
import type { Grants } from './grants.ts';
import type { OnRefusal } from './guard.ts';
import { type OAuth1Verifier, signedPart } from './oauth1.ts';
import { codedProblem, couldNotAuthenticate } from './problems.ts';
import type { RequestToken, RequestTokens } from './request-tokens.ts';
import { type Permission, scopesOf } from './scopes.ts';
import type { XContext } from './types.ts';

export interface OAuth1LoginOptions {
  readonly context: XContext;
  readonly grants: Grants;
  readonly requestTokens: RequestTokens;
  readonly consent: Consent;
  readonly verify: OAuth1Verifier;
  readonly onRefusal: OnRefusal;
}

type Parameters = (name: string) => string | null;

/**
 * Logging in by three legs: request token, consent, access token (docs/platforms/x.md, OAuth 1.0a).
 */
export function createOAuth1Login(options: OAuth1LoginOptions): Hono {
  const { context, grants, requestTokens, consent } = options;
  const { app } = context;
  const routes = new Hono();

  /** The token a request is signed with and its parameters, or X's 401. */
  async function open(
    request: Request,
    needsToken: boolean,
  ): Promise<{ readonly token: string; readonly parameter: Parameters } | Response> {
    const header = request.headers.get('authorization') ?? '';
    const verdict = await options.verify(header, await signedPart(request), needsToken);
    if (!verdict.ok) {
      options.onRefusal(request, verdict.reason);
      return couldNotAuthenticate(verdict.code);
    }
    const form = await readForm(request);
    const { searchParams } = new URL(request.url);
    const parameter: Parameters = (name) =>
      verdict.oauth.get(name) ?? form.get(name) ?? searchParams.get(name);
    return { token: verdict.token, parameter };
  }

  routes.post('/oauth/request_token', async (c) => {
    const opened = await open(c.req.raw, false);
    if (opened instanceof Response) return opened;
    if (opened.token !== '') return couldNotAuthenticate(89);
    const callback = opened.parameter('oauth_callback') ?? '';
    if (callback !== 'oob' && !app.callbacks.includes(callback)) {
      options.onRefusal(c.req.raw, `the callback ${callback} is not in x.app.callbacks`);
      return callbackRefused(app.callbackRefusal);
    }
    const asked = permissionOf(opened.parameter('x_auth_access_type'), app.permission);
    if (!asked) return codedProblem(400, 38, 'x_auth_access_type parameter is invalid.');
    const { token, secret } = requestTokens.open(callback, asked);
    return formAnswer({
      oauth_token: token,
      oauth_token_secret: secret,
      oauth_callback_confirmed: 'true',
    });
  });

  /** Sends the person back to the app, or shows a PIN. */
  function approve(c: Context, request: RequestToken, userId: string) {
    const verifier = requestTokens.approve(request, userId);
    if (request.callback === 'oob') return consent.pin(c, verifier);
    const back = { oauth_token: request.token, oauth_verifier: verifier };
    return c.redirect(withQuery(request.callback, back));
  }

  routes.on(['GET', 'POST'], ['/oauth/authorize', '/oauth/authenticate'], async (c) => {
    const request = requestTokens.asking(c.req.query('oauth_token') ?? '');
    if (!request) return await consent.wrong(c, 401);
    if (c.req.method === 'GET') {
      const userId = c.req.query('force_login') === 'true' ? null : consent.signedIn(c);
      const hasAgreed =
        userId !== null && grants.oauth1Of(userId)?.permission === request.permission;
      if (hasAgreed && c.req.path.endsWith('/authenticate')) {
        return await approve(c, request, userId);
      }
      return await consent.ask(c, scopesOf(request.permission), c.req.query('screen_name'));
    }
    const decision = await consent.decision(c);
    if (!decision) return await consent.wrong(c);
    if (decision.kind === 'allow') return await approve(c, request, decision.userId);
    requestTokens.close(request.token);
    if (request.callback === 'oob') return await consent.wrong(c);
    return c.redirect(withQuery(request.callback, { denied: request.token }));
  });

  routes.post('/oauth/access_token', async (c) => {
    const opened = await open(c.req.raw, true);
    if (opened instanceof Response) return opened;
    const taken = requestTokens.take(opened.token, opened.parameter('oauth_verifier') ?? '');
    if (taken === 'unknown') return couldNotAuthenticate(89);
    if (taken === 'wrong-verifier') {
      const words = 'Error processing your OAuth request: Invalid oauth_verifier parameter';
      return c.text(words, 401);
    }
    const { userId, permission } = taken;
    const { token, secret } = grants.issueOAuth1(userId, permission);
    return formAnswer({
      oauth_token: token,
      oauth_token_secret: secret,
      user_id: userId,
      screen_name: context.user(userId)?.username ?? '',
    });
  });

  routes.post('/1.1/oauth/invalidate_token.json', async (c) => {
    const opened = await open(c.req.raw, true);
    if (opened instanceof Response) return opened;
    if (!grants.dropOAuth1(opened.token)) return couldNotAuthenticate(89);
    return c.json({ access_token: opened.token });
  });

  return routes;
}

/** What the account is asked for: the app's permission, or less of it; null for another word. */
function permissionOf(asked: string | null, permission: Permission): Permission | null {
  if (asked === null) return permission;
  if (asked === 'read') return 'read';
  if (asked !== 'write') return null;
  return permission === 'read' ? 'read' : 'write';
}

/** 403 with code 415, in one of the two forms that were seen (docs/platforms/x.md, OAuth 1.0a). */
function callbackRefused(form: 'json' | 'xml'): Response {
  const words =
    'Callback URL not approved for this client application. Approved callback URLs can be adjusted in your application settings';
  if (form === 'json') return codedProblem(403, 415, words);
  const xml = `<?xml version="1.0" encoding="UTF-8"?><errors><error code="415">${words}</error></errors>`;
  return new Response(xml, {
    status: 403,
    headers: { 'content-type': 'application/xml;charset=utf-8' },
  });
}

/** X sends its forms as HTML. */
function formAnswer(fields: Readonly<Record<string, string>>): Response {
  return new Response(String(new URLSearchParams(fields)), {
    headers: { 'content-type': 'text/html;charset=utf-8' },
  });
}

/** An address with further parameters in its query. */
export function withQuery(address: string, fields: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return url.href;
}
