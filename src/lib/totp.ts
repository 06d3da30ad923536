import { SECOND_MS } from './time.ts';

const STEP_MS = 30 * SECOND_MS;
const DIGITS = 6;
/** Clocks may differ by so many steps. */
const WINDOW = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The one-time code of a counter (RFC 4226, HMAC-SHA-1). */
export async function hotp(
  secret: Uint8Array<ArrayBuffer>,
  counter: number,
  digits = DIGITS,
): Promise<string> {
  const hmac = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', secret, hmac, false, ['sign']);
  const moving = new DataView(new ArrayBuffer(8));
  moving.setBigUint64(0, BigInt(counter));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, moving.buffer));
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f;
  const number = mac.getUint32(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The step of time for which a code is right (RFC 6238, half a minute each); `null`: it is wrong, or
 * of a step that was used.
 *
 * @param lastStep the newest step whose code was taken: none is good twice
 */
export async function stepOfCode(
  secret: Uint8Array<ArrayBuffer>,
  code: string,
  now: number,
  lastStep: number,
): Promise<number | null> {
  const typed = code.replace(/\s/g, '');
  const current = Math.floor(now / STEP_MS);
  let right: number | null = null;
  // All are looked at: how long it takes tells nothing.
  for (let step = current - WINDOW; step <= current + WINDOW; step += 1) {
    if ((await hotp(secret, step)) === typed && step > lastStep) right = step;
  }
  return right;
}

/** Bytes in the letters that authenticator apps take (RFC 4648, base32 without padding). */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let [bits, count] = [0, 0];
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += ALPHABET[(bits >> count) & 31] ?? '';
      bits &= (1 << count) - 1;
    }
  }
  return count === 0 ? text : text + (ALPHABET[(bits << (5 - count)) & 31] ?? '');
}
