import type { ApiRequest } from '../../../bot/api.ts';
import type { Bot } from '../../../bot/context.ts';
import { hookKeyOf } from '../../../bot/hooks/address.ts';
import type { ChannelInfo } from '../../../bot/platform.ts';
import { findPerson, meetPerson, type Person } from '../../../store/people.ts';

/** Where programs register people, in the order in which an id without a type is looked for. */
export function typesIn({ platforms }: Pick<Bot, 'platforms'>): readonly ChannelInfo[] {
  return platforms
    .flatMap(({ channels }) => channels)
    .filter(({ readAddress, hook }) => readAddress !== undefined || hook !== undefined);
}

/** What the message names that tells of them. */
export function typeNames(bot: Pick<Bot, 'platforms'>): { readonly types: string } {
  return {
    types: typesIn(bot)
      .map(({ id }) => id)
      .join(', '),
  };
}

/** `null` for what is none of them. */
export function readType(bot: Pick<Bot, 'platforms'>, text: string): ChannelInfo | null {
  return typesIn(bot).find(({ id }) => id === text.toLowerCase()) ?? null;
}

/** The address behind an id of a type, as people are kept; `null` when it cannot be one. */
export async function addressOf(
  bot: Bot,
  { readAddress, hook }: ChannelInfo,
  id: string,
): Promise<string | null> {
  const secret = hook?.of(bot).read(id);
  if (secret) return hookKeyOf(secret);
  return readAddress?.(bot, id) ?? null;
}

/** The person with an id, of the type if one is given; `null` when nobody is known by it. */
export async function personOf({ bot, fields }: ApiRequest): Promise<Person | null> {
  const named = readType(bot, fields.type);
  for (const type of named === null ? typesIn(bot) : [named]) {
    const address = await addressOf(bot, type, fields.id);
    const person = address && (await findPerson(bot.db, type.id, address));
    if (person) return person;
  }
  return null;
}

/**
 * The person at an address, written down when nobody is known there. Who talks to the bot stays as
 * they are; a program or room that is registered again may be told news again.
 */
export async function personAt(
  { bot, language }: Pick<ApiRequest, 'bot' | 'language'>,
  { id: channel, secretOf, hook, accountOf }: ChannelInfo,
  address: string,
): Promise<Person> {
  const isSilent = secretOf !== undefined || hook !== undefined;
  const known = isSilent ? null : await findPerson(bot.db, channel, address);
  if (known) return known;
  const account = (await accountOf?.(bot)) ?? '';
  return meetPerson(bot.db, { channel, address, account, language }, bot.runtime.now());
}
