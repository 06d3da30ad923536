import * as v from 'valibot';
import { type ApiAnswer, type ApiRequest, done, problem } from '../../../bot/api.ts';
import type { Bot } from '../../../bot/context.ts';
import { askForProof, proveHook } from '../../../bot/hooks/proof.ts';
import { hookKeyOf } from '../../../bot/hooks/types.ts';
import type { ChannelInfo } from '../../../bot/platform.ts';
import { unreachable } from '../../../lib/result.ts';
import { findPerson, meetPerson, type Person } from '../../../store/people.ts';
import { findRepository } from '../watching/find.ts';
import { readNickname } from '../watching/register.ts';
import { carryOut, messages, type Wish, watchProblem, wishSchema } from './texts.ts';

/**
 * Watches a branch for a room elsewhere, known by a secret address. One that was never proved is
 * sent a code first, and what is wished for it waits until the code comes back.
 *
 * @param members of the answer, beside its own
 */
export async function registerHook(
  request: ApiRequest,
  type: ChannelInfo,
  wish: Wish,
  members: Readonly<Record<string, unknown>> = {},
): Promise<ApiAnswer> {
  const { bot, fields, language } = request;
  const platform = type.hook?.of(bot);
  const address = platform?.read(fields.id) ?? null;
  if (platform === undefined || address === null) return problem(400, messages.id, language);
  // Nobody is sent a code for what could not be registered anyway; a list was looked up already.
  if (wish.list.length === 0) {
    if (readNickname(wish.nickname) === null) return watchProblem('nickname-invalid', language);
    const found = await findRepository(bot, wish.address, wish.branch);
    if (!found.ok) return watchProblem(found.reason, language);
  }
  const asked = await askForProof(bot, platform, { address, wish, language, link: null });
  switch (asked.kind) {
    case 'sent':
    case 'open':
      return done(language, { ...members, proof: 'code' }, messages.codeSent);
    case 'proved': {
      const person = await personAt(request, type, asked.address);
      const carried = await carryOut(bot, person, wish);
      if (!carried.ok) return watchProblem(carried.reason, language);
      return done(language, { ...members, ...carried.value });
    }
    case 'too-many':
      return problem(429, messages.tooManyCodes, language);
    case 'gone':
      return problem(404, messages.hookGone, language);
    case 'wait':
      return problem(503, messages.hookWaits, language);
    case 'failed':
      return problem(502, messages.hookFailed, language);
    case 'off':
      return problem(503, messages.webhookOff, language);
    default:
      return unreachable(asked);
  }
}

/** `POST /api/proof/`: the code that an address was sent comes back, and what was wished is done. */
export async function prove(request: ApiRequest): Promise<ApiAnswer> {
  const { bot, fields, language } = request;
  const type = readType(bot, fields.type);
  const platform = type?.hook?.of(bot);
  const address = platform?.read(fields.id) ?? null;
  if (!type || !platform || address === null) return problem(400, messages.id, language);
  const proved = await proveHook(bot, platform, address, fields.code);
  switch (proved.kind) {
    case 'proved': {
      const person = await personAt(request, type, proved.address);
      for (const kept of proved.wishes) {
        const wish = v.safeParse(wishSchema, kept);
        if (!wish.success) continue;
        const carried = await carryOut(bot, person, wish.output);
        if (!carried.ok) return watchProblem(carried.reason, language);
      }
      return done(language);
    }
    case 'wrong':
      return problem(400, messages.codeWrong, language);
    case 'over':
      return problem(410, messages.codeOver, language);
    case 'unknown':
      return problem(404, messages.noPerson, language);
    default:
      return unreachable(proved);
  }
}

/** Where programs register people, in the order in which an id without a type is looked for. */
function typesIn({ platforms }: Pick<Bot, 'platforms'>): readonly ChannelInfo[] {
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
