import type { Bot } from '../context.ts';
import type { Post } from '../notice/notice.ts';
import type { PostPreview } from '../outbox/channel.ts';

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

/** The part of `/healthz` that has to be on before anything can be said for everyone to see. */
export function publishingPart({ platforms, channels }: Bot): string {
  const info = platforms
    .flatMap((platform) => platform.channels)
    .find(({ id }) => channels.get(id)?.publish !== undefined);
  return info?.feature ?? 'posting';
}

/** How a post will look where it will be published. */
export function previewOf({ channels }: Pick<Bot, 'channels'>, post: Post): PostPreview {
  const publishing = [...channels.values()].find(({ preview }) => preview !== undefined);
  return publishing?.preview?.(post) ?? { text: '', pictures: [] };
}
