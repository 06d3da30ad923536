import { base64 } from '../../../../src/lib/encoding.ts';

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** A fresh key of an app: as GitHub keeps it, as PKCS#8 in PEM, and as GitHub hands it out (PKCS#1). */
export async function createAppKeys(): Promise<{
  readonly publicKey: CryptoKey;
  readonly privateKey: string;
  readonly pkcs1: string;
}> {
  const made = await crypto.subtle.generateKey(
    { ...RS256, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
  if (!('publicKey' in made)) throw new Error('RSA makes pairs');
  const der = await crypto.subtle.exportKey('pkcs8', made.privateKey);
  if (!(der instanceof ArrayBuffer)) throw new Error('PKCS#8 is bytes');
  const lines = base64(der).match(/.{1,64}/g) ?? [];
  const privateKey = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
  // The envelope of PKCS#8 is 26 bytes long around a key of this size.
  const inner = base64(der.slice(26)).match(/.{1,64}/g) ?? [];
  const pkcs1 = `-----BEGIN RSA PRIVATE KEY-----\n${inner.join('\n')}\n-----END RSA PRIVATE KEY-----\n`;
  return { publicKey: made.publicKey, privateKey, pkcs1 };
}
