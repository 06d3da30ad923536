import { base64url, fromBase64url, utf8 } from '../lib/encoding.ts';
import type { Result } from '../lib/result.ts';
import type { Runtime } from '../lib/runtime.ts';
import { derive, readTokenKeys, type TokenKeyProblem } from './tokenKeys.ts';

/** What a signed text is good for; it is refused everywhere else. */
export type SignedPurpose =
  | 'admin-cookie'
  | 'csrf'
  | 'oauth-state'
  | 'link'
  | 'register'
  | 'github-app';

/** Why a signed text is refused. */
interface SignedRefusal {
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

/**
 * What a sealed text turned out to be. `not-authentic`: changed, or sealed under another name; the
 * cipher cannot tell which.
 */
export type Opened =
  | { readonly ok: true; readonly value: string; readonly isStale: boolean }
  | { readonly ok: false; readonly reason: 'malformed' | 'unknown-key' | 'not-authentic' };

/** Encrypts texts for storage so that whoever reads or changes the storage gets nothing from it. */
export interface Sealer {
  /** Id of the key that seals; see {@link keyIdOf}. */
  readonly keyId: string;
  /** @param name the storage key the text will lie under; it opens under no other */
  readonly seal: (name: string, value: string) => Promise<string>;
  /** `isStale`: sealed with an older key; seal it anew. */
  readonly open: (name: string, sealed: string) => Promise<Opened>;
}

const IV_BYTES = 12;
const SEALED = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

/**
 * Seals with the first key of `TOKEN_KEY`, opens with any of them. AES-256-GCM (NIST SP 800-38D)
 * with a random 96-bit IV: good for 2^32 seals per key. The text is
 * `v1.<key id>.<IV>.<ciphertext and tag>`, the last two in base64url.
 */
export async function createSealer(
  runtime: Pick<Runtime, 'randomBytes'>,
  tokenKeys: string,
): Promise<Result<Sealer, TokenKeyProblem>> {
  const read = await readTokenKeys(tokenKeys);
  if (!read.ok) return read;
  const [newest] = read.value;
  const keys = new Map<string, CryptoKey>();
  for (const { id, material } of read.value) keys.set(id, await sealingKey(material));
  const current = await sealingKey(newest.material);
  return {
    ok: true,
    value: {
      keyId: newest.id,
      async seal(name, value) {
        const iv = runtime.randomBytes(IV_BYTES);
        const ciphertext = await crypto.subtle.encrypt(gcm(name, iv), current, utf8(value));
        return `v1.${newest.id}.${base64url(iv)}.${base64url(ciphertext)}`;
      },
      async open(name, sealed) {
        const [, keyId, ivText, ciphertextText] = SEALED.exec(sealed) ?? [];
        const iv = fromBase64url(ivText ?? '');
        const ciphertext = fromBase64url(ciphertextText ?? '');
        if (keyId === undefined || iv === null || ciphertext === null) {
          return { ok: false, reason: 'malformed' };
        }
        const key = keys.get(keyId);
        if (!key) return { ok: false, reason: 'unknown-key' };
        try {
          const plain = await crypto.subtle.decrypt(gcm(name, iv), key, ciphertext);
          const value = new TextDecoder().decode(plain);
          return { ok: true, value, isStale: keyId !== newest.id };
        } catch {
          return { ok: false, reason: 'not-authentic' };
        }
      },
    },
  };
}

/** Id of the key a text was sealed with, or `null` when it is no sealed text. */
export function keyIdOf(sealed: string): string | null {
  return SEALED.exec(sealed)?.[1] ?? null;
}

async function sealingKey(material: CryptoKey): Promise<CryptoKey> {
  const bytes = await derive(material, 'seal');
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function gcm(name: string, iv: Uint8Array<ArrayBuffer>) {
  return { name: 'AES-GCM', iv, additionalData: utf8(name) };
}
