import { base64url, fromBase64url } from '../lib/base64url.ts';
import { utf8 } from '../lib/encoding.ts';
import type { Result } from '../lib/result.ts';
import type { Runtime } from '../lib/runtime.ts';
import { derive, readTokenKeys, type TokenKeyProblem } from './tokenKeys.ts';

/** What a signed text is good for; it is refused everywhere else. */
export type SignedPurpose = 'admin-cookie' | 'csrf' | 'oauth-state' | 'link' | 'register';

/** Why a signed text is refused. */
export interface SignedRefusal {
  readonly reason: 'malformed' | 'unknown-key' | 'forged' | 'expired';
}

/** Signs short texts that leave the Worker and come back: cookies, form tokens, links. */
export interface Signer {
  /**
   * The text with its expiry and signature, good in cookies and URLs as it is. It can be read by
   * whoever holds it, and used as often as they like until it expires.
   *
   * @param text short: a text over 4,096 characters when signed throws RangeError
   * @param expiresAt epoch milliseconds; anything but a positive whole number throws RangeError
   */
  readonly sign: (purpose: SignedPurpose, text: string, expiresAt: number) => Promise<string>;
  /** The text, when it was signed here for this purpose and has not expired. */
  readonly verify: (
    purpose: SignedPurpose,
    signed: string,
  ) => Promise<Result<{ readonly text: string; readonly expiresAt: number }, SignedRefusal>>;
}

const MAX_LENGTH = 4096;
const SIGNED = /^(v1\.([0-9a-f]{8})\.([1-9]\d{0,15})\.([A-Za-z0-9_-]*))\.([A-Za-z0-9_-]{43})$/;

/**
 * Signs with the first key of `TOKEN_KEY`, accepts any of them: HMAC-SHA-256 with a key of its own
 * for each purpose. The text is `v1.<key id>.<expiry>.<text>.<signature>`, the last two in base64url.
 */
export async function createSigner(
  runtime: Pick<Runtime, 'now'>,
  tokenKeys: string,
): Promise<Result<Signer, TokenKeyProblem>> {
  const read = await readTokenKeys(tokenKeys);
  if (!read.ok) return read;
  const keys = read.value;
  return {
    ok: true,
    value: {
      async sign(purpose, text, expiresAt) {
        if (!Number.isSafeInteger(expiresAt) || expiresAt <= 0) {
          throw new RangeError('expiresAt is no time');
        }
        const head = `v1.${keys[0].id}.${expiresAt}.${base64url(utf8(text))}`;
        const key = await signingKey(keys[0].material, purpose);
        const mac = await crypto.subtle.sign('HMAC', key, utf8(head));
        const signed = `${head}.${base64url(mac)}`;
        if (signed.length > MAX_LENGTH) throw new RangeError('text is too long to be signed');
        return signed;
      },
      async verify(purpose, signed) {
        const parts = signed.length > MAX_LENGTH ? null : SIGNED.exec(signed);
        const [, head, keyId, expiry, body, macText] = parts ?? [];
        const text = fromBase64url(body ?? '');
        const mac = fromBase64url(macText ?? '');
        if (head === undefined || text === null || mac === null) {
          return { ok: false, reason: 'malformed' };
        }
        const signedWith = keys.find(({ id }) => id === keyId);
        if (!signedWith) return { ok: false, reason: 'unknown-key' };
        const key = await signingKey(signedWith.material, purpose);
        if (!(await crypto.subtle.verify('HMAC', key, mac, utf8(head)))) {
          return { ok: false, reason: 'forged' };
        }
        const expiresAt = Number(expiry);
        if (runtime.now() >= expiresAt) return { ok: false, reason: 'expired' };
        return { ok: true, value: { text: new TextDecoder().decode(text), expiresAt } };
      },
    },
  };
}

async function signingKey(material: CryptoKey, purpose: SignedPurpose): Promise<CryptoKey> {
  const bytes = await derive(material, `sign ${purpose}`);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}
