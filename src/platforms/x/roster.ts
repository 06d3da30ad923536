import type { Bot } from '../../bot/context.ts';
import { type Account, connectAccount, readAccounts } from '../../store/accounts.ts';
import { createCaller } from './api/call.ts';
import { me } from './api/users.ts';
import { xSettings } from './settings.ts';

/**
 * The bot's own accounts. The one whose keys are among the Worker's secrets is written down at the
 * first look, unless it has logged in by itself; until X answers for it, it is not among them.
 */
export async function ownAccounts(ctx: Bot): Promise<Account[]> {
  const { db, runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const accounts = await readAccounts(db, 'twitter');
  if (!twitter.static) return accounts;
  const { userId, ...credentials } = twitter.static;
  if (accounts.some(({ id }) => id === userId)) return accounts;
  const user = await me(createCaller({ runtime, apiUrl: twitter.apiUrl, credentials }));
  // The keys may be of another account than the one named; that one cannot speak with them.
  if (!user.ok || user.value.id !== userId) return accounts;
  const { username } = user.value;
  const account = { platform: 'twitter', id: userId, username, kind: 'static' } as const;
  await connectAccount(db, account, runtime.now());
  return readAccounts(db, 'twitter');
}

/**
 * The account that posts: `TWITTER_USER_ID`, else the owner of the keys among the secrets, else the
 * one that logged in first. `null` when there is none.
 */
export async function speakerId({ db, read }: Bot): Promise<string | null> {
  const twitter = read(xSettings);
  const named = twitter.speakerId ?? twitter.static?.userId;
  if (named !== undefined) return named;
  return (await readAccounts(db, 'twitter'))[0]?.id ?? null;
}
