import { blockAddress, type Person } from '../store/people.ts';
import type { Bot } from './context.ts';
import { channelInfo } from './platform.ts';

type Where = Pick<Person, 'channel' | 'address'>;

/** How much of an end of an address is shown. */
const END = 4;

/** Ids of all channels there are. */
export function channelIds({ platforms }: Pick<Bot, 'platforms'>): readonly string[] {
  return platforms.flatMap(({ channels }) => channels.map(({ id }) => id));
}

/** Whether this "person" is a room with several people in it. */
export function isGroup(bot: Pick<Bot, 'platforms'>, { channel, address }: Where): boolean {
  return channelInfo(bot, channel)?.isGroup?.(address) ?? false;
}

/** Enough of an address to tell people apart, and nothing secret. */
export function shownAddress(bot: Pick<Bot, 'platforms'>, { channel, address }: Where): string {
  return channelInfo(bot, channel)?.shown?.(address) ?? shortened(address);
}

/** The ends of an address. */
export function shortened(address: string): string {
  return address.length <= 2 * END ? address : `${address.slice(0, END)}…${address.slice(-END)}`;
}

/** Stops news to an address that cannot be reached any more, in the terms of the channel that speaks. */
export async function stopNews(bot: Bot, { channel, address }: Where): Promise<void> {
  const block = channelInfo(bot, channel)?.block;
  await (block ? block(bot, address) : blockAddress(bot.db, channel, address, bot.runtime.now()));
}
