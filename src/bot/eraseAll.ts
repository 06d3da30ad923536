import { FORGET_LOGINS } from '../platforms/kakao/forgetLogins.ts';
import { disconnect } from '../platforms/x/disconnect.ts';
import { readAccounts } from '../store/accounts.ts';
import { eraseAll, erasePeople } from '../store/erase.ts';
import type { Bot } from './context.ts';
import { startJob } from './jobs/start.ts';
import { EVERYONE } from './outbox/channel.ts';

/** Deletes everything about everybody, at once; their Kakao logins are ended by a job. */
export async function eraseEverybody(bot: Bot): Promise<void> {
  await bot.db.batch(erasePeople(bot.db, EVERYONE));
  await startJob(bot, FORGET_LOGINS, bot.runtime.now());
}

/** Logs the bot's accounts out and deletes all it knows, people included. */
export async function eraseEverything(bot: Bot): Promise<void> {
  for (const { id } of await readAccounts(bot.db, 'twitter')) await disconnect(bot, id);
  await bot.db.batch([...erasePeople(bot.db, EVERYONE), ...eraseAll(bot.db)]);
  await startJob(bot, FORGET_LOGINS, bot.runtime.now());
}
