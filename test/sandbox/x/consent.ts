import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { readForm } from './body.ts';
import { consentPage, pinPage, wrongPage } from './consent-page.ts';
import type { XContext } from './types.ts';

/** What a person answered; null when the answer names nobody or nothing. */
export type Decision =
  | { readonly kind: 'allow'; readonly userId: string }
  | { readonly kind: 'cancel' }
  | null;

/** Remembers in the browser who was chosen last: the one who is logged in to X there. */
const signedInCookie = 'sandbox_x_user';

export type Consent = ReturnType<typeof createConsent>;

/** Asks a person in the browser whether the app may act for them. */
export function createConsent(context: XContext) {
  const everyone = () => [...context.accounts, ...context.people];

  /** Who is logged in to X in this browser, or null. */
  function signedIn(c: Context): string | null {
    return context.user(getCookie(c, signedInCookie) ?? '')?.id ?? null;
  }

  return {
    signedIn,

    /** @param screenName the user the app expects, without @ */
    ask(c: Context, scopes: readonly string[], screenName?: string): Response | Promise<Response> {
      harden(c);
      const expected = everyone().find(({ username }) => username === screenName);
      return c.html(
        consentPage({
          language: languageOf(c),
          accounts: everyone(),
          chosen: expected?.id ?? signedIn(c) ?? context.bot.id,
          scopes,
        }),
      );
    },

    async decision(c: Context): Promise<Decision> {
      const form = await readForm(c.req.raw);
      if (form.get('decision') === 'cancel') return { kind: 'cancel' };
      const user = context.user(form.get('account') ?? '');
      if (form.get('decision') !== 'allow' || !user) return null;
      setCookie(c, signedInCookie, user.id, { httpOnly: true, sameSite: 'Lax', path: '/' });
      return { kind: 'allow', userId: user.id };
    },

    wrong(c: Context, status: 400 | 401 = 400): Response | Promise<Response> {
      harden(c);
      return c.html(wrongPage(languageOf(c)), status);
    },

    pin(c: Context, pin: string): Response | Promise<Response> {
      harden(c);
      return c.html(pinPage(languageOf(c), pin));
    },
  };
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
