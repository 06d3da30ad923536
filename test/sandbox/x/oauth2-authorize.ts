import { Hono } from 'hono';
import * as v from 'valibot';
import { toBase64, utf8 } from '../bytes.ts';
import { sandboxSecrets } from '../secrets.ts';
import type { Consent } from './consent.ts';
import type { OnRefusal } from './guard.ts';
import { withQuery } from './oauth1-login.ts';
import { randomToken } from './random.ts';
import { parseScopes } from './scopes.ts';
import type { XContext } from './types.ts';

/** A code on its way to the app. */
interface Code {
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: string;
  readonly method: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const codeLivesForMs = 30_000;

const asked = v.object({
  response_type: v.literal('code'),
  client_id: v.literal(sandboxSecrets.TWITTER_CLIENT_ID),
  redirect_uri: v.string(),
  scope: v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const scopes = parseScopes(dataset.value);
      if (scopes) return scopes;
      addIssue({ message: 'is empty or names an unknown one' });
      return NEVER;
    }),
  ),
  state: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  code_challenge: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  // Clients that X lets in write it in either case.
  code_challenge_method: v.pipe(v.string(), v.toLowerCase(), v.picklist(['s256', 'plain'])),
});

export type Codes = ReturnType<typeof createOAuth2Authorize>['codes'];

/**
 * `https://x.com/i/oauth2/authorize`: consent that ends in a code (docs/platforms/x.md, OAuth 2.0).
 */
export function createOAuth2Authorize(context: XContext, consent: Consent, onRefusal: OnRefusal) {
  const codes = new Map<string, Code>();
  const routes = new Hono();

  routes.on(['GET', 'POST'], '/i/oauth2/authorize', async (c) => {
    const parsed = v.safeParse(asked, c.req.query());
    if (!parsed.success || !context.app.callbacks.includes(parsed.output.redirect_uri)) {
      onRefusal(c.req.raw, whyWrong(parsed));
      return await consent.wrong(c);
    }
    const { redirect_uri: redirectUri, scope: scopes, state, ...challenge } = parsed.output;
    if (c.req.method === 'GET') return await consent.ask(c, scopes);
    const decision = await consent.decision(c);
    if (!decision) return await consent.wrong(c);
    if (decision.kind === 'cancel') {
      return c.redirect(withQuery(redirectUri, { error: 'access_denied', state }));
    }
    const code = randomToken(66);
    codes.set(code, {
      userId: decision.userId,
      scopes,
      redirectUri,
      challenge: challenge.code_challenge,
      method: challenge.code_challenge_method,
      expiresAt: context.now() + codeLivesForMs,
    });
    return c.redirect(withQuery(redirectUri, { state, code }));
  });

  return {
    routes,
    codes: {
      /** What a code stands for; used up by this, null when it is unknown or has expired. */
      take(code: string): Code | null {
        const found = codes.get(code);
        codes.delete(code);
        return found && found.expiresAt > context.now() ? found : null;
      },
    },
  };
}

/** RFC 7636 section 4.6. */
export async function isVerifierRight(
  { challenge, method }: { readonly challenge: string; readonly method: string },
  verifier: string,
): Promise<boolean> {
  if (method === 'plain') return verifier === challenge;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(verifier)));
  const encoded = toBase64(hash).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return encoded === challenge;
}

function whyWrong(parsed: { readonly issues?: readonly v.BaseIssue<unknown>[] | undefined }) {
  const [issue] = parsed.issues ?? [];
  if (!issue) return 'the redirect_uri is not in x.app.callbacks';
  return `${v.getDotPath(issue) ?? ''}: ${issue.message}`;
}
