import { type Context, Hono } from 'hono';
import { MINUTE_MS } from '../../../src/lib/time.ts';
import { sandboxSecrets } from '../secrets.ts';
import { withQuery } from '../x/oauth1-login.ts';
import { randomToken } from '../x/random.ts';
import { consentPage, wrongPage } from './consent-page.ts';
import { type LoginCode, loginStatus } from './failures.ts';
import { readFields } from './fields.ts';
import type { Links } from './links.ts';
import type { KakaoContext, KakaoPerson } from './types.ts';

/** A code on its way to the app. */
interface Code {
  readonly personId: string;
  readonly redirectUri: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

type Problem = readonly [code: LoginCode, reason: string];

const codeLivesForMs = 10 * MINUTE_MS;

export type Codes = ReturnType<typeof createAuthorize>['codes'];

/**
 * `/oauth/authorize`: consent that ends in a code, and `/oauth/logout` (docs/platforms/kakao.md).
 */
export function createAuthorize(
  context: KakaoContext,
  links: Links,
  people: readonly KakaoPerson[],
) {
  const { app, now } = context;
  const codes = new Map<string, Code>();
  const routes = new Hono();

  function problemOf(query: Readonly<Record<string, string>>): Problem | null {
    const wrongClient = clientProblem(query['client_id']);
    if (wrongClient) return wrongClient;
    if (!app.isLoginOn) return ['KOE004', 'Kakao Login is not activated.'];
    if (query['response_type'] !== 'code') return ['KOE201', 'response_type must be code.'];
    if (!app.redirectUris.includes(query['redirect_uri'] ?? '')) {
      return ['KOE006', 'The redirect URI is not registered.'];
    }
    const unset = scopesIn(query).filter((scope) => !Object.hasOwn(app.consentItems, scope));
    return unset.length > 0 ? ['KOE205', `The app has no consent item ${unset.join(', ')}.`] : null;
  }

  /** What the first login asks for by itself, and what `scope` names. */
  function askedFor(query: Readonly<Record<string, string>>) {
    const named = scopesIn(query);
    return Object.entries(app.consentItems)
      .map(([scope, item]) => ({ scope, item }))
      .filter(({ scope, item }) => item !== 'in-use' || named.includes(scope));
  }

  function agreedTo(asked: ReturnType<typeof askedFor>, ticked: readonly string[]): string[] {
    return asked.flatMap(({ scope, item }) =>
      item === 'required' || ticked.includes(scope) ? [scope] : [],
    );
  }

  function wrong(c: Context, [code, reason]: Problem): Response | Promise<Response> {
    context.onRefusal(c.req.raw, `${code}: ${reason}`);
    return c.html(wrongPage(languageOf(c), code, reason), loginStatus(code));
  }

  routes.on(['GET', 'POST'], '/oauth/authorize', async (c) => {
    harden(c);
    const problem = problemOf(c.req.query());
    if (problem) return await wrong(c, problem);
    const asked = askedFor(c.req.query());
    if (c.req.query('prompt') === 'none') {
      // Nobody is logged in to Kakao in the browsers of the sandbox (OpenID Connect Core 3.1.2.6).
      return back(c, { error: 'login_required', error_description: 'Login is required.' });
    }
    if (c.req.method === 'GET') {
      return c.html(consentPage({ language: languageOf(c), people, scopes: asked }));
    }
    const fields = await readFields(c.req.raw);
    if (fields?.get('decision') === 'deny') {
      return back(c, { error: 'access_denied', error_description: 'User denied access' });
    }
    const person = context.person(fields?.get('person') ?? '');
    if (!fields || !person) return await wrong(c, ['KOE001', 'The form names nobody.']);
    if (app.isTestApp && !app.memberIds.includes(person.id)) {
      return await wrong(c, ['KOE005', 'The app is a test app and you are no member of it.']);
    }
    links.agree(person.id, agreedTo(asked, fields.getAll('scope')));
    const code = randomToken(64);
    const redirectUri = c.req.query('redirect_uri') ?? '';
    codes.set(code, { personId: person.id, redirectUri, expiresAt: now() + codeLivesForMs });
    return back(c, { code });
  });

  routes.get('/oauth/logout', async (c) => {
    const target = c.req.query('logout_redirect_uri') ?? '';
    const wrongClient = clientProblem(c.req.query('client_id'));
    if (wrongClient) return await wrong(c, wrongClient);
    if (!app.logoutRedirectUris.includes(target)) {
      return await wrong(c, ['KOE007', 'The logout redirect URI is not registered.']);
    }
    const state = c.req.query('state');
    return c.redirect(withQuery(target, state === undefined ? {} : { state }));
  });

  return {
    routes,
    codes: {
      /** What a code stands for; used up by this, null when it is unknown or has expired. */
      take(code: string): Code | null {
        const found = codes.get(code);
        codes.delete(code);
        return found && found.expiresAt > now() ? found : null;
      },
    },
  };
}

function clientProblem(clientId: string | undefined): Problem | null {
  if (clientId === sandboxSecrets.KAKAO_REST_API_KEY) return null;
  return clientId === undefined
    ? ['KOE001', 'client_id is missing.']
    : ['KOE101', `Not exist client_id [${clientId}]`];
}

/** Back to the app; a `state` is returned as it was given. */
function back(c: Context, fields: Readonly<Record<string, string>>): Response {
  const state = c.req.query('state');
  const target = c.req.query('redirect_uri') ?? '';
  return c.redirect(withQuery(target, { ...fields, ...(state === undefined ? {} : { state }) }));
}

function scopesIn(query: Readonly<Record<string, string>>): string[] {
  return (query['scope'] ?? '').split(',').filter((scope) => scope !== '');
}

/** Korean unless the browser asks for another language first. */
function languageOf(c: Context): 'ko' | 'en' {
  return /^(?:ko\b|$|\*)/i.test(c.req.header('accept-language') ?? '') ? 'ko' : 'en';
}

/** No `form-action`: browsers apply it to the redirect to the app's callback as well. */
function harden(c: Context): void {
  c.header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  );
  c.header('cache-control', 'no-store');
  c.header('referrer-policy', 'no-referrer');
}
