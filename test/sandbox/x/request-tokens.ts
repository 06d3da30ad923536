import { randomToken } from './random.ts';
import type { Permission } from './scopes.ts';

/** A login by three legs on its way. */
export interface RequestToken {
  readonly token: string;
  readonly secret: string;
  readonly callback: string;
  readonly permission: Permission;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

interface Agreed {
  readonly userId: string;
  readonly verifier: string;
}

const livesForMs = 10 * 60_000;

export type RequestTokens = ReturnType<typeof createRequestTokens>;

/** Request tokens: ten minutes each, one answer of a person each, one access token each. */
export function createRequestTokens(now: () => number) {
  const open = new Map<string, { readonly request: RequestToken; agreed: Agreed | null }>();

  function living(token: string) {
    const found = open.get(token);
    return found && found.request.expiresAt > now() ? found : null;
  }

  return {
    open(callback: string, permission: Permission): RequestToken {
      const expiresAt = now() + livesForMs;
      const token = randomToken(20);
      const request = { token, secret: randomToken(24), callback, permission, expiresAt };
      open.set(token, { request, agreed: null });
      return request;
    },
    /** One that waits for a person's answer, or null. */
    asking(token: string): RequestToken | null {
      const found = living(token);
      return found?.agreed === null ? found.request : null;
    },
    secretOf: (token: string): string | null => living(token)?.request.secret ?? null,
    /** A person agrees; gives the verifier, a number of seven digits where it is a PIN. */
    approve({ token, callback }: RequestToken, userId: string): string {
      const verifier = callback === 'oob' ? sevenDigits() : randomToken(24);
      const found = open.get(token);
      if (found) found.agreed = { userId, verifier };
      return verifier;
    },
    close: (token: string): void => void open.delete(token),
    /** Who agreed to what; used up by this, unless the verifier is wrong. */
    take(
      token: string,
      verifier: string,
    ): { readonly userId: string; readonly permission: Permission } | 'unknown' | 'wrong-verifier' {
      const found = living(token);
      if (!found) return 'unknown';
      if (found.agreed?.verifier !== verifier) return 'wrong-verifier';
      open.delete(token);
      return { userId: found.agreed.userId, permission: found.request.permission };
    },
  };
}

function sevenDigits(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(number % 10_000_000).padStart(7, '0');
}
