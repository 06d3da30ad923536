import { base64, utf8 } from '../../../lib/encoding.ts';
import type { Runtime } from '../../../lib/runtime.ts';

/** The secret of one login and what of it may be seen (RFC 7636 section 4). */
export interface Pkce {
  /** Kept until the code is exchanged. */
  readonly verifier: string;
  /** For the authorize address. */
  readonly challenge: string;
}

/** A fresh verifier of 256 random bits with its challenge. */
export async function createPkce(runtime: Pick<Runtime, 'randomBytes'>): Promise<Pkce> {
  const verifier = base64Url(runtime.randomBytes(32));
  return { verifier, challenge: await pkceChallenge(verifier) };
}

/**
 * The S256 challenge of a verifier (RFC 7636 section 4.2).
 *
 * @example await pkceChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')
 * // 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
 */
export async function pkceChallenge(verifier: string): Promise<string> {
  return base64Url(await crypto.subtle.digest('SHA-256', utf8(verifier)));
}

function base64Url(bytes: Uint8Array | ArrayBuffer): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
