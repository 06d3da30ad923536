import { SECOND_MS } from '../../lib/time.ts';
import { type Factor, keepFactor, readFactor, takeStep } from '../../store/ownerLogin.ts';
import { deleteSetting, SECOND_FACTOR } from '../../store/settings.ts';
import { adminSettings } from '../../ui/admin/features.tsx';
import type { AdminContext } from '../../ui/admin/types.ts';

/** As long as the hash (RFC 4226, section 4). */
const SECRET_BYTES = 20;

/**
 * The second factor as it is set up, if it is. It belongs to the password it was set up with: whoever
 * may change `ADMIN_PASSWORD` at Cloudflare gets in again without the app, which is the recovery.
 */
async function factorOf(context: AdminContext): Promise<Factor | 'shut' | null> {
  const { db, sealer } = context.get('bot');
  return readFactor(db, await sealer(), passwordOf(context));
}

/** Empty when none is set, or it is too short: then nobody gets in at all. */
function passwordOf(context: AdminContext): string {
  const { password } = adminSettings(context.env);
  return password.state === 'set' ? password.value : '';
}

/** Whether a code is wanted beside the password. */
export async function wantsCode(context: AdminContext): Promise<boolean> {
  const factor = await factorOf(context);
  return factor === 'shut' || (factor?.isOn ?? false);
}

/** A secret for an authenticator app; it counts from the first code on. */
export async function beginFactor(context: AdminContext): Promise<string | null> {
  const { db, runtime, sealer } = context.get('bot');
  const sealing = await sealer();
  if (sealing === null || (await wantsCode(context))) return null;
  const secret = runtime.randomBytes(SECRET_BYTES);
  await keepFactor(db, sealing, { secret, password: passwordOf(context) }, runtime.now());
  return base32(secret);
}

/** Whether a code is right; each is good once. The first one switches the second factor on. */
export async function takeCode(context: AdminContext, code: string): Promise<boolean> {
  const { db, runtime } = context.get('bot');
  const factor = await factorOf(context);
  if (factor === null || factor === 'shut') return false;
  const now = runtime.now();
  const step = await stepOfCode(factor.secret, code, now, factor.step);
  return step !== null && (await takeStep(db, factor, step, now));
}

/** From now on the password is enough. */
export async function endFactor(context: AdminContext): Promise<void> {
  await deleteSetting(context.get('bot').db, SECOND_FACTOR).run();
}

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
