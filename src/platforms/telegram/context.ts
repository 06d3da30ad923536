import * as v from 'valibot';
import { readSetting } from '../../store/settings.ts';

/** The bot as it was set up last. */
export type KnownBot = v.InferOutput<typeof knownSchema>;

export const BOT_SETTING = 'telegram-bot';
const knownSchema = v.object({ id: v.string(), username: v.string(), url: v.string() });

/** The bot as it was set up last, with the address of its webhook; `null` when it never was. */
export async function knownBot(db: D1Database): Promise<KnownBot | null> {
  return readSetting(db, BOT_SETTING, knownSchema);
}

export const STATE_SETTING = 'telegram-state';

/** Why the webhook could not be kept at the last look, as a code; `null` when nothing is known to fail. */
export async function telegramTrouble(db: D1Database): Promise<string | null> {
  const state = await readSetting(db, STATE_SETTING, v.string());
  return state === 'good' ? null : state;
}
