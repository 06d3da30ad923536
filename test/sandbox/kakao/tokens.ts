import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../src/lib/time.ts';
import { randomToken } from '../x/random.ts';

export const accessTokenSeconds = 21_599;
export const refreshTokenSeconds = 5_183_999;

/** A refresh token with less left than this is replaced when it is used. */
const rotationMs = 30 * DAY_MS;

interface Living {
  readonly personId: string;
  /** As agreed when the person logged in: a later consent is not in it. */
  readonly scopes: readonly string[];
  /** Tokens of one login; logging out ends them together. */
  readonly session: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface KakaoGrant {
  readonly accessToken: string;
  /** Null after a refresh outside the last month: the old one goes on. */
  readonly refreshToken: string | null;
  readonly scopes: readonly string[];
}

export type Tokens = ReturnType<typeof createTokens>;

/** Every living token of the app (docs/platforms/kakao.md, Tokens). */
export function createTokens(now: () => number) {
  const access = new Map<string, Living>();
  const refresh = new Map<string, Living>();
  const accessTimes = new Map<string, number[]>();
  const refreshTimes = new Map<string, number[]>();

  /** 20 access tokens in 10 minutes and 30 refresh tokens in 60, each per person. */
  const isOverLimit = (personId: string): boolean =>
    within(accessTimes, personId, 10 * MINUTE_MS) >= 20 ||
    within(refreshTimes, personId, 60 * MINUTE_MS) >= 30;

  function within(times: Map<string, number[]>, personId: string, ms: number): number {
    return (times.get(personId) ?? []).filter((at) => at > now() - ms).length;
  }

  function add(
    tokens: Map<string, Living>,
    times: Map<string, number[]>,
    owner: Omit<Living, 'expiresAt'>,
    seconds: number,
  ): string {
    const token = randomToken(40);
    const { personId, scopes, session } = owner;
    tokens.set(token, { personId, scopes, session, expiresAt: now() + seconds * SECOND_MS });
    times.set(personId, [...(times.get(personId) ?? []), now()]);
    return token;
  }

  const addAccess = (owner: Omit<Living, 'expiresAt'>) =>
    add(access, accessTimes, owner, accessTokenSeconds);
  const addRefresh = (owner: Omit<Living, 'expiresAt'>) =>
    add(refresh, refreshTimes, owner, refreshTokenSeconds);

  function living(found: Living | undefined): Living | null {
    return found && found.expiresAt > now() ? found : null;
  }

  function drop(isEnded: (token: Living) => boolean): void {
    for (const tokens of [access, refresh]) {
      for (const [token, entry] of tokens) if (isEnded(entry)) tokens.delete(token);
    }
  }

  return {
    isOverLimit,

    /** The pair of a new login. */
    issue(personId: string, scopes: readonly string[]) {
      const owner = { personId, scopes, session: randomToken(12) };
      return { accessToken: addAccess(owner), refreshToken: addRefresh(owner), scopes };
    },

    /** Whose refresh token it is, or null. */
    findRefresh: (token: string): Living | null => living(refresh.get(token)),

    /** A new access token; in the last month a new refresh token as well, and the old one ends. */
    renew(token: string, owner: Living): KakaoGrant {
      const accessToken = addAccess(owner);
      if (owner.expiresAt - now() >= rotationMs) {
        return { accessToken, refreshToken: null, scopes: owner.scopes };
      }
      refresh.delete(token);
      return { accessToken, refreshToken: addRefresh(owner), scopes: owner.scopes };
    },

    /** Whose token it is and for what; null when it is unknown or has expired. */
    findAccess: (token: string): Living | null => living(access.get(token)),

    dropSession: (session: string): void => drop((token) => token.session === session),
    dropPerson: (personId: string): void => drop((token) => token.personId === personId),
  };
}
