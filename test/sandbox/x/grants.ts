import { sandboxAppBearer, sandboxSecrets } from '../secrets.ts';
import { randomToken } from './random.ts';
import type { Permission } from './scopes.ts';
import type { XContext } from './types.ts';

/** An account's OAuth 1.0a access token. It has no end but the account's or the app's wish. */
export interface OAuth1Grant {
  readonly token: string;
  readonly secret: string;
  readonly userId: string;
  /** As the app asked for when the account agreed. */
  readonly permission: Permission;
}

/** An OAuth 2.0 pair; no refresh token without the scope `offline.access`. */
export interface OAuth2Grant {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly userId: string;
  readonly scopes: readonly string[];
}

type Living = Pick<OAuth2Grant, 'userId' | 'scopes'> & { readonly expiresAt: number };

export const accessTokenSeconds = 7200;
const refreshTokenMs = 182 * 24 * 3_600_000;

export type Grants = ReturnType<typeof createGrants>;

/** Every living token of the app (docs/platforms/x.md). The bot has agreed to OAuth 1.0a before. */
export function createGrants(context: XContext) {
  const oauth1 = new Map<string, OAuth1Grant>();
  const access = new Map<string, Living>();
  const refresh = new Map<string, Living>();
  const exchanged = new Map<string, OAuth2Grant>();
  let bearer = sandboxAppBearer;

  keep({
    token: sandboxSecrets.TWITTER_ACCESS_TOKEN,
    secret: sandboxSecrets.TWITTER_ACCESS_TOKEN_SECRET,
    userId: context.bot.id,
    permission: 'messages',
  });

  function keep(grant: OAuth1Grant): OAuth1Grant {
    oauth1.set(grant.token, grant);
    return grant;
  }

  function oauth1Of(userId: string): OAuth1Grant | null {
    return [...oauth1.values()].find((grant) => grant.userId === userId) ?? null;
  }

  function issueOAuth2(userId: string, scopes: readonly string[]): OAuth2Grant {
    const now = context.now();
    const accessToken = randomToken(66);
    access.set(accessToken, { userId, scopes, expiresAt: now + accessTokenSeconds * 1000 });
    if (!scopes.includes('offline.access')) {
      return { accessToken, refreshToken: null, userId, scopes };
    }
    const refreshToken = randomToken(66);
    refresh.set(refreshToken, { userId, scopes, expiresAt: now + refreshTokenMs });
    return { accessToken, refreshToken, userId, scopes };
  }

  function dropOAuth2(token: string): boolean {
    return access.delete(token) || refresh.delete(token);
  }

  return {
    oauth1Of,
    issueOAuth2,
    dropOAuth2,

    /** The account's token; a new one, the old one void, when it agreed to another permission. */
    issueOAuth1(userId: string, permission: Permission): OAuth1Grant {
      const present = oauth1Of(userId);
      if (present?.permission === permission) return present;
      if (present) oauth1.delete(present.token);
      const token = `${userId}-${randomToken(30)}`;
      return keep({ token, secret: randomToken(33), userId, permission });
    },
    findOAuth1: (token: string): OAuth1Grant | null => oauth1.get(token) ?? null,
    dropOAuth1: (token: string): boolean => oauth1.delete(token),

    /** Whose token it is and what for; null when it is unknown or has expired. */
    findAccess: (token: string): Living | null => living(access.get(token), context.now()),
    /** The same for a refresh token, which is used up by this. */
    takeRefresh(token: string): Living | null {
      const found = living(refresh.get(token), context.now());
      refresh.delete(token);
      return found;
    },

    /**
     * A pair for an OAuth 1.0a account; the pair of the exchange before is void
     * (docs/platforms/x.md, Token exchange).
     */
    exchange(userId: string, scopes: readonly string[]): OAuth2Grant {
      const previous = exchanged.get(userId);
      if (previous) {
        dropOAuth2(previous.accessToken);
        if (previous.refreshToken !== null) dropOAuth2(previous.refreshToken);
      }
      const grant = issueOAuth2(userId, scopes);
      exchanged.set(userId, grant);
      return grant;
    },

    /** Ends everything the account granted; false when that was nothing. */
    dropUser(userId: string): boolean {
      const before = oauth1.size + access.size + refresh.size;
      for (const tokens of [oauth1, access, refresh]) {
        for (const [token, grant] of tokens) if (grant.userId === userId) tokens.delete(token);
      }
      return oauth1.size + access.size + refresh.size < before;
    },

    /** The app-only token: the same until it is invalidated. */
    bearer: (): string => bearer,
    renewBearer(): void {
      bearer = randomToken(60);
    },
  };
}

function living(found: Living | undefined, now: number): Living | null {
  return found && found.expiresAt > now ? found : null;
}
