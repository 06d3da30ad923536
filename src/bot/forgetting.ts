import { eraseAll, erasePeople } from '../store/ownerLists.ts';
import { forgetPerson, type Person } from '../store/people.ts';
import type { Bot } from './context.ts';
import { EVERYONE } from './outbox/channel.ts';
import type { Forgetting } from './platform.ts';

/**
 * Deletes everything about a person, and what ties them to a platform.
 *
 * @returns false when a platform did not confirm: there their consent may still be on
 */
export async function forgetEntirely(bot: Bot, person: Person): Promise<boolean> {
  const isConfirmed = await endTiesOf(bot, person);
  await bot.db.batch(forgetPerson(bot.db, person));
  return isConfirmed;
}

/**
 * Ends what ties a person to a platform; of somebody who is tied to none, nothing.
 *
 * @returns false when a platform did not confirm
 */
export async function endTiesOf(bot: Bot, person: Person): Promise<boolean> {
  let isConfirmed = true;
  for (const forgetting of forgettings(bot)) {
    const hasLeft = await forgetting.person?.(bot, person);
    if (hasLeft === false) isConfirmed = false;
  }
  return isConfirmed;
}

/** Deletes everything about everybody, at once; what takes calls to a platform follows. */
export async function eraseEverybody(bot: Bot): Promise<void> {
  await bot.db.batch(everybody(bot));
  await endTies(bot);
}

/** Logs the bot's accounts out and deletes all it knows, people included. */
export async function eraseEverything(bot: Bot): Promise<void> {
  for (const { accounts } of forgettings(bot)) await accounts?.(bot);
  await bot.db.batch([...everybody(bot), ...eraseAll(bot.db)]);
  await endTies(bot);
}

function everybody(bot: Bot): D1PreparedStatement[] {
  const { db } = bot;
  const kept = forgettings(bot).flatMap(({ people }) => people?.(db) ?? []);
  return [...kept, ...erasePeople(db, EVERYONE)];
}

async function endTies(bot: Bot): Promise<void> {
  for (const { afterwards } of forgettings(bot)) await afterwards?.(bot);
}

function forgettings({ platforms }: Bot): readonly Forgetting[] {
  return platforms.flatMap(({ forgetting = [] }) => forgetting);
}
