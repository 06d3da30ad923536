import { fromBase64url } from '../lib/base64url.ts';
import { sha256Hex, utf8 } from '../lib/encoding.ts';
import type { Result } from '../lib/result.ts';

/** Why `TOKEN_KEY` cannot be used. Tells which of its keys, never what it is. */
export interface TokenKeyProblem {
  readonly reason: 'blank' | 'not-base64' | 'wrong-length' | 'repeated';
  /** 1 is the first key. */
  readonly position: number;
}

/** One key of `TOKEN_KEY`: what everything else is derived from. */
export interface TokenKey {
  /** First 8 hexadecimal digits of a hash; tells keys apart and nothing of the key. */
  readonly id: string;
  readonly material: CryptoKey;
}

const KEY_BYTES = 32;

/**
 * Reads `TOKEN_KEY`: one or more keys, newest first, with commas between them, each base64 of
 * exactly 32 bytes.
 */
export async function readTokenKeys(
  text: string,
): Promise<Result<readonly [TokenKey, ...TokenKey[]], TokenKeyProblem>> {
  const [newest, ...older] = text.split(',');
  const first = await readKey(newest ?? '', 1);
  if (!first.ok) return first;
  const keys: [TokenKey, ...TokenKey[]] = [first.value];
  for (const [index, part] of older.entries()) {
    const key = await readKey(part, index + 2);
    if (!key.ok) return key;
    if (keys.some(({ id }) => id === key.value.id)) {
      return { ok: false, reason: 'repeated', position: index + 2 };
    }
    keys.push(key.value);
  }
  return { ok: true, value: keys };
}

async function readKey(part: string, position: number): Promise<Result<TokenKey, TokenKeyProblem>> {
  const text = part.trim();
  if (text === '') return { ok: false, reason: 'blank', position };
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) {
    return { ok: false, reason: 'not-base64', position };
  }
  const bytes = fromBase64url(text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
  if (bytes === null) return { ok: false, reason: 'not-base64', position };
  if (bytes.length !== KEY_BYTES) return { ok: false, reason: 'wrong-length', position };
  const material = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']);
  const id = (await sha256Hex(await derive(material, 'key id'))).slice(0, 8);
  return { ok: true, value: { id, material } };
}

/**
 * 32 bytes derived with HKDF-SHA-256 (RFC 5869). The input is uniformly random already, so the salt
 * may be empty; each use has an info text of its own, so that no two uses share a key.
 *
 * @param use what the bytes are for; a changed one makes what was sealed or signed unreadable
 */
export async function derive(material: CryptoKey, use: string): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: utf8(`soshik v1 ${use}`),
  };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, KEY_BYTES * 8));
}
