import type { Bot } from '../../../bot/context.ts';
import { setWatchOptions, type WatchOptions } from '../store/options.ts';
import type { Watch } from '../store/watches.ts';

/**
 * Sets the options of a watch. Where releases are wanted for the first time somebody looks at once:
 * what is there then is no news, and what comes after is.
 *
 * @returns false when they cannot be kept: nothing is changed
 */
export async function changeOptions(
  bot: Pick<Bot, 'db' | 'runtime' | 'polls'>,
  person: number,
  watch: Pick<Watch, 'id' | 'branch'>,
  options: WatchOptions,
): Promise<boolean> {
  const result = await setWatchOptions(bot.db, person, watch.id, options, bot.runtime.now());
  if (result === 'look') await bot.polls.send({ branch: watch.branch.id });
  return result !== 'refused';
}
