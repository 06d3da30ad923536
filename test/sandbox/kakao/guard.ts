import { createMiddleware } from 'hono/factory';
import { dayOf } from '../../../src/lib/time.ts';
import { sandboxSecrets } from '../secrets.ts';
import { kakaoFailure } from './failures.ts';
import { readFields } from './fields.ts';
import type { Links } from './links.ts';
import type { Tokens } from './tokens.ts';
import type { KakaoContext } from './types.ts';

export interface Caller {
  readonly personId: string;
  /** The login whose token was shown; null for the admin key. */
  readonly session: string | null;
  /** When the token ends, epoch milliseconds; null for the admin key. */
  readonly expiresAt: number | null;
}

export interface KapiEnv {
  readonly Variables: { readonly caller: Caller; readonly fields: URLSearchParams };
}

export interface GuardOptions {
  /** Scopes the person must have agreed to. */
  readonly scopes?: readonly string[];
  /** Kakao's name of the call, told with a missing consent. */
  readonly apiType?: string;
  /** The admin key and `target_id` do as well. */
  readonly admin?: boolean;
}

export type Guard = ReturnType<typeof createGuard>;

/** Lets a call of kapi in: form body, token or admin key, consent, the month's calls. */
export function createGuard(context: KakaoContext, links: Links, tokens: Tokens) {
  const { app, now } = context;
  const month = { name: '', calls: 0 };

  function isMonthUsedUp(): boolean {
    const name = dayOf(now(), 'Asia/Seoul').slice(0, 7);
    if (month.name !== name) Object.assign(month, { name, calls: 0 });
    month.calls += 1;
    return month.calls > app.quota.callsPerMonth;
  }

  function byAdminKey(fields: URLSearchParams): Caller | Response {
    const personId = fields.get('target_id') ?? '';
    if (fields.get('target_id_type') !== 'user_id' || personId === '') {
      return kakaoFailure('-2', 'target_id_type or target_id is wrong');
    }
    return links.of(personId) ? { personId, session: null, expiresAt: null } : kakaoFailure('-101');
  }

  function byToken(token: string, { scopes = [], apiType = '' }: GuardOptions): Caller | Response {
    const found = tokens.findAccess(token);
    if (!found) return kakaoFailure('-401');
    const agreed = links.of(found.personId)?.scopes ?? new Set();
    const allowed = found.scopes.filter((scope) => agreed.has(scope));
    if (scopes.every((scope) => allowed.includes(scope))) return found;
    return kakaoFailure('-402', undefined, {
      api_type: apiType,
      required_scopes: scopes.filter((scope) => !allowed.includes(scope)),
      allowed_scopes: allowed,
    });
  }

  function callerOf(
    authorization: string,
    fields: URLSearchParams,
    options: GuardOptions,
  ): Caller | Response {
    if (isMonthUsedUp()) return kakaoFailure('-10');
    const [scheme = '', credential = ''] = authorization.split(' ');
    if (options.admin && scheme === 'KakaoAK') {
      return credential === sandboxSecrets.KAKAO_ADMIN_KEY
        ? byAdminKey(fields)
        : kakaoFailure('-401', 'wrong appKey format');
    }
    if (scheme.toLowerCase() === 'bearer') return byToken(credential, options);
    return kakaoFailure('-401', 'authentication is required');
  }

  async function enter(
    request: Request,
    options: GuardOptions,
  ): Promise<KapiEnv['Variables'] | Response> {
    const fields =
      request.method === 'GET'
        ? new URL(request.url).searchParams
        : await readFields(request.clone());
    if (!fields) return kakaoFailure('-2', 'the body must be application/x-www-form-urlencoded');
    const caller = callerOf(request.headers.get('authorization') ?? '', fields, options);
    return caller instanceof Response ? caller : { caller, fields };
  }

  return (options: GuardOptions = {}) =>
    createMiddleware<KapiEnv>(async (c, next) => {
      const entered = await enter(c.req.raw, options);
      if (entered instanceof Response) {
        context.onRefusal(c.req.raw, await entered.clone().text());
        return entered;
      }
      c.set('caller', entered.caller);
      c.set('fields', entered.fields);
      return await next();
    });
}
