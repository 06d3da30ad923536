import * as v from 'valibot';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Bot } from './context.ts';

const SETTING = 'public-url';

/** Keeps the public address for when nobody's request tells it (cron). */
export async function rememberPublicUrl({
  db,
  runtime,
  publicUrl,
}: Pick<Bot, 'db' | 'runtime' | 'publicUrl'>): Promise<void> {
  if (publicUrl !== null) await writeSetting(db, SETTING, publicUrl, runtime.now());
}

/** Where the Worker is to be reached from outside; `null` as long as nobody told. */
export async function publicUrlOf({
  db,
  publicUrl,
}: Pick<Bot, 'db' | 'publicUrl'>): Promise<string | null> {
  return publicUrl ?? (await readSetting(db, SETTING, v.string()));
}
