import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { nothingToUndo } from '../../../bot/talk/together.ts';
import type { Kept, Reply } from '../../../bot/talk/types.ts';
import type { Person } from '../../../store/people.ts';
import { watchesOf } from '../store/watches.ts';
import type { Planning } from '../watching/register.ts';
import { unwatchSome } from './watches.ts';

/** A watch that was new, to be let go again. */
const watched = v.object({ repository: v.number(), branch: v.string() });

/**
 * How it is as before: a new watch is let go; one that was there has its name and options again.
 *
 * @param intent what lets a new one go ({@link letGoAgain})
 */
export function wayBack(
  intent: string,
  { repository, branch, nickname, before, options }: Planning,
): Kept[] {
  if (before === null) {
    return [{ intent, data: { repository: repository.id, branch: branch.name } }];
  }
  const { id } = before;
  const renamed = { id, nickname: before.nickname, to: nickname };
  const set = { id, options: before.options, changed: options };
  return [
    ...(nickname === before.nickname ? [] : [{ intent: 'rename', data: renamed }]),
    ...(options === null ? [] : [{ intent: 'settings', data: set }]),
  ];
}

/** Lets go of what {@link wayBack} kept of a new watch. */
export async function letGoAgain(bot: Bot, person: Person, data: unknown): Promise<Reply> {
  const { repository, branch } = v.parse(watched, data);
  const all = await watchesOf(bot.db, person.id, bot.runtime.now());
  const its = all.filter((one) => one.repository.id === repository && one.branch.name === branch);
  return its.length === 0 ? nothingToUndo(bot, person) : unwatchSome(bot, person, its);
}
