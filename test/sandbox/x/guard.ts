import type { Context, MiddlewareHandler } from 'hono';
import type { AppSettings } from './app-settings.ts';
import type { Grants } from './grants.ts';
import type { CountCall, LimitName } from './limits.ts';
import { type OAuth1Verifier, signedPart } from './oauth1.ts';
import {
  type CredentialKind,
  couldNotAuthenticate,
  creditsDepleted,
  forbidden,
  oauth1Permissions,
  tooManyRequests,
  unauthorized,
  unsupportedAuthentication,
} from './problems.ts';
import { type Permission, scopesOf } from './scopes.ts';

/** Who calls: the app itself, or a user through it. */
export type Caller =
  | { readonly kind: 'app' }
  | {
      readonly kind: 'oauth1' | 'oauth2';
      readonly userId: string;
      readonly scopes: readonly string[];
      readonly permission?: Permission;
    };

export interface XEnv {
  Variables: { caller: Caller };
}

/** Which credentials a call takes. */
export interface Access {
  /** Scopes a user's credential needs; absent: no user's is taken. */
  readonly user?: readonly string[];
  /** True: an app-only bearer is taken. */
  readonly app?: boolean;
}

/** Hears in words why a request was not let in. */
export type OnRefusal = (request: Request, reason: string) => void;

export interface GuardOptions {
  readonly app: AppSettings;
  readonly grants: Grants;
  readonly verifyOAuth1: OAuth1Verifier;
  readonly countCall: CountCall;
  readonly onRefusal: OnRefusal;
}

/** Lets a request in: who asks, with what right, for what money, then how often. */
export type Guard = (limit: LimitName, access: Access) => MiddlewareHandler<XEnv>;

const accessLevels = {
  read: 'read',
  write: 'read-write',
  messages: 'read-write-directmessages',
} as const;

export function createGuard(options: GuardOptions): Guard {
  const { app, grants, onRefusal } = options;

  async function callerOf(request: Request): Promise<Caller | Response> {
    const header = request.headers.get('authorization') ?? '';
    const [, scheme = '', credential = ''] = /^(\S+)\s+(.*)$/s.exec(header) ?? [];
    switch (scheme.toLowerCase()) {
      case 'oauth': {
        const verdict = await options.verifyOAuth1(header, await signedPart(request));
        const grant = verdict.ok ? grants.findOAuth1(verdict.token) : null;
        if (grant) {
          const { userId, permission } = grant;
          return { kind: 'oauth1', userId, permission, scopes: scopesOf(permission) };
        }
        onRefusal(request, verdict.ok ? 'a request token is no access token' : verdict.reason);
        return couldNotAuthenticate(verdict.ok ? 89 : verdict.code);
      }
      case 'bearer': {
        if (credential === grants.bearer()) return { kind: 'app' };
        const found = grants.findAccess(credential);
        if (found) return { kind: 'oauth2', userId: found.userId, scopes: found.scopes };
        onRefusal(request, 'the bearer token is unknown or has expired');
        return unauthorized();
      }
      default:
        onRefusal(request, 'no Authorization header of a known kind');
        return unauthorized();
    }
  }

  function refusalOf(request: Request, caller: Caller, access: Access): Response | null {
    const taken: CredentialKind[] = [
      ...(access.user ? (['oauth1', 'oauth2'] as const) : []),
      ...(access.app ? (['app'] as const) : []),
    ];
    if (!taken.includes(caller.kind)) {
      onRefusal(
        request,
        `a credential of kind ${caller.kind} where only ${taken.join(', ')} is taken`,
      );
      return unsupportedAuthentication(caller.kind, taken);
    }
    const lacking = caller.kind === 'app' ? [] : lackingScopes(caller.scopes, access.user ?? []);
    if (lacking.length > 0) {
      onRefusal(request, `the token lacks ${lacking.join(' ')}`);
      return caller.kind === 'oauth1' ? oauth1Permissions() : forbidden('Forbidden');
    }
    if (app.credits > 0) return null;
    onRefusal(request, 'the app has no credits');
    return creditsDepleted();
  }

  return (limit, access) => async (c, next) => {
    const caller = await callerOf(c.req.raw);
    if (caller instanceof Response) return caller;
    const refusal = refusalOf(c.req.raw, caller, access);
    if (refusal) return refusal;
    c.set('caller', caller);
    const name = caller.kind === 'app' ? 'app' : caller.userId;
    const { allowed, headers } = options.countCall(limit, name);
    if (allowed) await next();
    else c.res = tooManyRequests();
    for (const [header, value] of Object.entries(headers)) c.res.headers.set(header, value);
    if (caller.kind === 'oauth1' && caller.permission) {
      c.res.headers.set('x-access-level', accessLevels[caller.permission]);
    }
    return undefined;
  };
}

/** The scopes that are needed and not there. */
export function lackingScopes(held: readonly string[], needed: readonly string[]): string[] {
  return needed.filter((scope) => !held.includes(scope));
}

/** The user behind a call that takes no app-only token. */
export function userOf(c: Context<XEnv>): string {
  const caller = c.get('caller');
  if (caller.kind === 'app') throw new Error('The call takes an app-only token.');
  return caller.userId;
}
