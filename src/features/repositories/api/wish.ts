import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import type { Result } from '../../../lib/result.ts';
import type { Person } from '../../../store/people.ts';
import { watchesOf } from '../store/watches.ts';
import { changeOptions } from '../watching/change.ts';
import type { NotFound } from '../watching/find.ts';
import { readWatchOptions } from '../watching/options.ts';
import { registerWatch } from '../watching/register.ts';

/** A branch that somebody is to hear of, as a program asks for it; kept until an address is proved. */
export const wishSchema = v.object({
  address: v.string(),
  branch: v.string(),
  nickname: v.string(),
  /** In the words of the chat; blank: as a watch begins. */
  options: v.string(),
});
export type Wish = Readonly<v.InferOutput<typeof wishSchema>>;

/** Watches the branch for a person, with the options that were asked for. */
export async function carryOut(
  bot: Bot,
  person: Person,
  { address, branch, nickname, options: words }: Wish,
): Promise<Result<null, NotFound>> {
  const registered = await registerWatch(bot, person, { address, branch, nickname });
  if (!registered.ok) return registered;
  if (words !== '') {
    const watches = await watchesOf(bot.db, person.id);
    const watch = watches.find((one) => one.nickname === registered.value.nickname);
    const options = watch && readWatchOptions(watch.options, words);
    if (options) await changeOptions(bot, person.id, watch, options);
  }
  return { ok: true, value: null };
}
