import type { Bot } from '../context.ts';

/** Who says things for everyone to see. */
export interface Publisher {
  readonly channel: string;
  /** The bot's account that speaks. */
  readonly account: string;
}

/** The first place where something can be said for everyone to see; `null`: nobody is set up. */
export async function publisherOf(bot: Bot): Promise<Publisher | null> {
  for (const { channels } of bot.platforms) {
    for (const { id, accountOf } of channels) {
      if (bot.channels.get(id)?.publish === undefined) continue;
      const account = await accountOf?.(bot);
      if (account != null) return { channel: id, account };
    }
  }
  return null;
}
