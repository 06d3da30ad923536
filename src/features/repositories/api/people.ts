import type { ApiRequest } from '../../../bot/api.ts';
import type { Bot } from '../../../bot/context.ts';
import { checkPublicUrl } from '../../../lib/web/publicAddress.ts';
import { speakerId } from '../../../platforms/x/roster.ts';
import { findPerson, meetPerson, type Person } from '../../../store/people.ts';

/** Where people can be registered, in the order in which an id without a type is looked for. */
export const types = ['kakao', 'telegram', 'twitter', 'webhook'] as const;

export type PersonType = (typeof types)[number];

/** `null` for what is none of them. */
export function readType(text: string): PersonType | null {
  return types.find((type) => type === text.toLowerCase()) ?? null;
}

/** What ids look like where they are no addresses of the web. */
const ids: Readonly<Record<Exclude<PersonType, 'webhook'>, RegExp>> = {
  kakao: /^.{1,200}$/u,
  telegram: /^-?\d{1,20}$/,
  twitter: /^\d{1,20}$/,
};

/** The address behind an id of a type, as people are kept; `null` when it cannot be one. */
export function addressOf(bot: Bot, type: PersonType, id: string): string | null {
  if (type !== 'webhook') return ids[type].test(id) ? id : null;
  const checked = checkPublicUrl(id, { trustedHosts: bot.config.trustedHosts });
  return checked.ok ? checked.value.href : null;
}

/** The person with an id, of the type if one is given; `null` when nobody is known by it. */
export async function personOf({ bot, fields }: ApiRequest): Promise<Person | null> {
  const named = readType(fields.type);
  for (const type of named === null ? types : [named]) {
    const address = addressOf(bot, type, fields.id);
    const person = address && (await findPerson(bot.db, type, address));
    if (person) return person;
  }
  return null;
}

/**
 * The person at an address, written down when nobody is known there. Who talks to the bot stays as
 * they are; a webhook that is registered again may be told news again.
 */
export async function personAt(
  { bot, language }: ApiRequest,
  type: PersonType,
  address: string,
): Promise<Person> {
  const known = type === 'webhook' ? null : await findPerson(bot.db, type, address);
  if (known) return known;
  const account = type === 'twitter' ? ((await speakerId(bot)) ?? '') : '';
  return meetPerson(bot.db, { channel: type, address, account, language }, bot.runtime.now());
}
