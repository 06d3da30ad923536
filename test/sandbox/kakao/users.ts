import { Hono } from 'hono';
import * as v from 'valibot';
import { SECOND_MS } from '../../../src/lib/time.ts';
import { kakaoFailure } from './failures.ts';
import type { Guard, KapiEnv } from './guard.ts';
import type { Links } from './links.ts';
import type { Tokens } from './tokens.ts';
import type { KakaoContext } from './types.ts';

const scopeList = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

export interface UsersOptions {
  readonly context: KakaoContext;
  readonly links: Links;
  readonly tokens: Tokens;
  readonly guard: Guard;
}

/** `/v1/user/*` and `/v2/user/*` (docs/platforms/kakao.md, Other calls). */
export function createUsers({ context, links, tokens, guard }: UsersOptions): Hono<KapiEnv> {
  const { app, now } = context;
  const routes = new Hono<KapiEnv>();

  routes.get('/v1/user/access_token_info', guard(), (c) => {
    const { personId, expiresAt } = c.var.caller;
    const leftMs = (expiresAt ?? now()) - now();
    const expires_in = Math.floor(leftMs / SECOND_MS);
    return c.json({ id: Number(personId), expires_in, app_id: app.id, expiresInMillis: leftMs });
  });

  routes.on(['GET', 'POST'], '/v2/user/me', guard({ admin: true }), (c) => {
    const { personId } = c.var.caller;
    const link = links.of(personId);
    const person = context.person(personId);
    if (!link || !person) return kakaoFailure('-101');
    const hasNickname = link.scopes.has('profile_nickname');
    return c.json({
      id: Number(personId),
      connected_at: new Date(link.linkedAt).toISOString().replace(/\.\d+/, ''),
      ...(hasNickname ? { properties: { nickname: person.name } } : {}),
      kakao_account: hasNickname
        ? { profile_nickname_needs_agreement: false, profile: { nickname: person.name } }
        : { profile_nickname_needs_agreement: true },
    });
  });

  routes.post('/v1/user/logout', guard({ admin: true }), (c) => {
    const { personId, session } = c.var.caller;
    if (session === null) tokens.dropPerson(personId);
    else tokens.dropSession(session);
    return c.json({ id: Number(personId) });
  });

  routes.post('/v1/user/unlink', guard({ admin: true }), (c) => {
    const { personId } = c.var.caller;
    tokens.dropPerson(personId);
    links.remove(personId);
    return c.json({ id: Number(personId) });
  });

  function consents(personId: string): object {
    const agreed = links.of(personId)?.scopes ?? new Set();
    const scopes = Object.entries(app.consentItems).map(([id, item]) => ({
      id,
      display_name: id,
      type: 'PRIVACY',
      using: true,
      agreed: agreed.has(id),
      ...(agreed.has(id) ? { revocable: item !== 'required' } : {}),
    }));
    return { id: Number(personId), scopes };
  }

  routes.get('/v2/user/scopes', guard({ admin: true }), (c) =>
    c.json(consents(c.var.caller.personId)),
  );

  routes.post('/v2/user/revoke/scopes', guard({ admin: true }), (c) => {
    const { personId } = c.var.caller;
    const parsed = v.safeParse(scopeList, c.var.fields.get('scopes'));
    if (!parsed.success) return kakaoFailure('-2', 'scopes must be a JSON array of strings');
    if (parsed.output.some((scope) => app.consentItems[scope] === 'required')) {
      return kakaoFailure('-2', 'a required scope cannot be revoked');
    }
    links.withdraw(personId, parsed.output);
    return c.json(consents(personId));
  });

  return routes;
}
