import { base32, stepOfCode } from '../../lib/totp.ts';
import { type Factor, keepFactor, readFactor, takeStep } from '../../store/secondFactor.ts';
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
