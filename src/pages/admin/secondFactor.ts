import * as v from 'valibot';
import { base64url, fromBase64url } from '../../lib/encoding.ts';
import { base32, stepOfCode } from '../../lib/totp.ts';
import { deleteSetting, readSetting, SECOND_FACTOR, writeSetting } from '../../store/settings.ts';
import type { AdminContext } from '../../ui/admin/types.ts';

const SEALED_AS = 'second factor';
/** As long as the hash (RFC 4226, section 4). */
const SECRET_BYTES = 20;

const schema = v.object({
  /** The secret, sealed with `TOKEN_KEY`. */
  sealed: v.string(),
  /** Of the password with which it was set up: another password needs no code. */
  password: v.string(),
  /** Newest step whose code was taken. */
  step: v.number(),
  /** False until a first code has shown that the app has it. */
  isOn: v.boolean(),
});
type Factor = v.InferOutput<typeof schema>;

/**
 * The second factor as it is set up, if it is. It belongs to the password it was set up with: whoever
 * may change `ADMIN_PASSWORD` at Cloudflare gets in again without the app, which is the recovery.
 */
async function readFactor(context: AdminContext): Promise<Factor | null> {
  const factor = await readSetting(context.get('bot').db, SECOND_FACTOR, schema);
  const mark = await context.get('sessions').passwordMark();
  return factor?.password === mark ? factor : null;
}

/** Whether a code is wanted beside the password. */
export async function wantsCode(context: AdminContext): Promise<boolean> {
  return (await readFactor(context))?.isOn ?? false;
}

/** A secret for an authenticator app; it counts from the first code on. */
export async function beginFactor(context: AdminContext): Promise<string | null> {
  const { db, runtime, sealer } = context.get('bot');
  const sealing = await sealer();
  if (sealing === null || (await wantsCode(context))) return null;
  const secret = runtime.randomBytes(SECRET_BYTES);
  const factor: Factor = {
    sealed: await sealing.seal(SEALED_AS, base64url(secret)),
    password: await context.get('sessions').passwordMark(),
    step: 0,
    isOn: false,
  };
  await writeSetting(db, SECOND_FACTOR, factor, runtime.now());
  return base32(secret);
}

/** Whether a code is right; each is good once. The first one switches the second factor on. */
export async function takeCode(context: AdminContext, code: string): Promise<boolean> {
  const { db, runtime, sealer } = context.get('bot');
  const factor = await readFactor(context);
  const opened = factor && (await (await sealer())?.open(SEALED_AS, factor.sealed));
  const secret = opened?.ok ? fromBase64url(opened.value) : null;
  if (factor === null || !secret) return false;
  const step = await stepOfCode(secret, code, runtime.now(), factor.step);
  if (step === null) return false;
  await writeSetting(db, SECOND_FACTOR, { ...factor, step, isOn: true }, runtime.now());
  return true;
}

/** From now on the password is enough. */
export async function endFactor(context: AdminContext): Promise<void> {
  await deleteSetting(context.get('bot').db, SECOND_FACTOR).run();
}
