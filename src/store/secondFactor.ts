import * as v from 'valibot';
import { base64url, fromBase64url, sha256Hex } from '../lib/encoding.ts';
import { log } from '../lib/log.ts';
import type { Sealer } from './sealed.ts';
import { readKept, SECOND_FACTOR, swapSetting, writeSetting } from './settings.ts';

const SEALED_AS = 'second factor';

const rowSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    /** The secret and the password it belongs to, sealed with `TOKEN_KEY`. */
    sealed: v.string(),
    /** Newest step whose code was taken. */
    step: v.number(),
    /** False until a first code has shown that the app has it. */
    isOn: v.boolean(),
  }),
);

const sealedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    secret: v.string(),
    /** Hash of the password with which it was set up: another password needs no code. */
    password: v.string(),
  }),
);

/** The second factor as it is set up. */
export interface Factor {
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly step: number;
  readonly isOn: boolean;
  /** Sealed with the newest key. */
  readonly sealed: string;
  /** The row as it was read: what is written takes the place of this one only. */
  readonly kept: string;
}

/**
 * The second factor of a password; `null`: none is set up, or it is another password's. `shut`: it is
 * on, but what is kept cannot be opened, so nothing is known but that a code is wanted, and none is
 * right. It is not told apart from a password that was changed: whoever damages the row, or loses
 * `TOKEN_KEY`, must not get past it.
 */
export async function readFactor(
  db: D1Database,
  sealer: Sealer | null,
  password: string,
): Promise<Factor | 'shut' | null> {
  const factor = await openFactor(db, sealer);
  if (factor === null || factor === 'shut') return factor;
  return factor.password === (await sha256Hex(password)) ? factor : null;
}

async function openFactor(
  db: D1Database,
  sealer: Sealer | null,
): Promise<(Factor & { readonly password: string; readonly isStale: boolean }) | 'shut' | null> {
  const kept = await readKept(db, SECOND_FACTOR);
  if (kept === null) return null;
  const row = v.safeParse(rowSchema, kept);
  if (!row.success) return shut('malformed');
  const { step, isOn } = row.output;
  const opened = (await sealer?.open(SEALED_AS, row.output.sealed)) ?? null;
  const content = v.safeParse(sealedSchema, opened?.ok ? opened.value : null);
  const secret = content.success ? fromBase64url(content.output.secret) : null;
  if (!sealer || !opened?.ok || !content.success || !secret) {
    if (!isOn) return null;
    return shut(opened?.ok === false ? opened.reason : 'malformed');
  }
  const sealed = opened.isStale ? await sealer.seal(SEALED_AS, opened.value) : row.output.sealed;
  const { password } = content.output;
  return { secret, password, step, isOn, sealed, kept, isStale: opened.isStale };
}

function shut(reason: string): 'shut' {
  log('second-factor-shut', { reason });
  return 'shut';
}

/** Keeps a secret for a password; it counts from the first code on. */
export async function keepFactor(
  db: D1Database,
  sealer: Sealer,
  { secret, password }: { readonly secret: Uint8Array<ArrayBuffer>; readonly password: string },
  now: number,
): Promise<void> {
  const content = { secret: base64url(secret), password: await sha256Hex(password) };
  const sealed = await sealer.seal(SEALED_AS, JSON.stringify(content));
  await writeSetting(db, SECOND_FACTOR, { sealed, step: 0, isOn: false }, now);
}

/**
 * The code of a step was shown: from now on it is on, and no code up to that one is good any more.
 *
 * @returns false when something else was written since it was read: another took a code
 */
export async function takeStep(
  db: D1Database,
  { sealed, kept }: Factor,
  step: number,
  now: number,
): Promise<boolean> {
  return swapSetting(db, SECOND_FACTOR, kept, { sealed, step, isOn: true }, now);
}

/** Seals it with the newest key, so that an older one can be dropped from `TOKEN_KEY`. */
export async function sealFactorAnew(
  db: D1Database,
  sealer: Sealer | null,
  now: number,
): Promise<void> {
  const factor = await openFactor(db, sealer);
  if (factor === null || factor === 'shut' || !factor.isStale) return;
  const { sealed, step, isOn, kept } = factor;
  await swapSetting(db, SECOND_FACTOR, kept, { sealed, step, isOn }, now);
}
