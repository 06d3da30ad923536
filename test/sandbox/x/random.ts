import { toBase64 } from '../bytes.ts';

/** An opaque token of this many random bytes, in base64url without padding. */
export function randomToken(bytes: number): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
