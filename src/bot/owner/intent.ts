import * as v from 'valibot';
import { sha256Hex } from '../../lib/encoding.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';

import { HOUR_MS } from '../../lib/time.ts';
import { countAttempt } from '../../store/patience.ts';
import type { Person } from '../../store/people.ts';
import { deleteSetting, readSetting, writeSetting } from '../../store/settings.ts';
import { newsChannelOf, setTopic } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import { firstValue } from '../talk/grammar/utterance.ts';
import type { Intent, Reply, Vocabulary } from '../talk/types.ts';
import { ownerTexts } from './words.ts';

const SETTING = 'owner-code';
const CODE_MS = HOUR_MS;
/** No letter that looks like another; 8 of 31 are 39 bits, and a code is good once, for an hour. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
/** Of one chat. Nobody else's tries count: else any stranger could keep the owner from saying it. */
const TRIED = { attempts: 10, windowMs: HOUR_MS };

const kept = v.object({ hash: v.string(), expiresAt: v.number() });

/** A code that makes the chat in which it is said the owner's; the one before it is over. */
export async function makeOwnerCode({ db, runtime }: Bot): Promise<string> {
  const now = runtime.now();
  const code = Array.from(
    runtime.randomBytes(CODE_LENGTH),
    (byte) => LETTERS[byte % LETTERS.length] ?? '',
  ).join('');
  const hash = await sha256Hex(code);
  await writeSetting(db, SETTING, { hash, expiresAt: now + CODE_MS }, now);
  return code;
}

/**
 * Makes a person's chat the owner's when they say the code of the owner's page, once.
 *
 * @returns what the bot says to that
 */
async function claimOwner(bot: Bot, person: Person, said: string): Promise<Said> {
  const { db, runtime } = bot;
  const now = runtime.now();
  const code = said.trim().toUpperCase();
  const open = await readSetting(db, SETTING, kept);
  const wrong = ownerTexts.wrongCode[person.language];
  if (open === null || now >= open.expiresAt) return { text: wrong };
  if ((await countAttempt(db, `owner person ${person.id}`, TRIED, now)) > 0) {
    return { text: ownerTexts.tooMany[person.language] };
  }
  if (!(await isSameSecret(await sha256Hex(code), open.hash))) return { text: wrong };
  const channel = await newsChannelOf(db, person.id);
  const isReached = channel !== null && bot.channels.has(channel);
  return {
    text: ownerTexts[isReached ? 'welcome' : 'unreachable'][person.language],
    writes: [setTopic(db, 'owner', person.id, true, now), deleteSetting(db, SETTING)],
  };
}

/** The owner wants to hear nothing more in a chat. */
function leaveOwner({ db, runtime }: Bot, person: Person): Said {
  return {
    text: ownerTexts.stopped[person.language],
    writes: [setTopic(db, 'owner', person.id, false, runtime.now())],
  };
}

type Said = Pick<Reply, 'text' | 'writes'>;

const CLAIM = 'owner-claim';
const CLAIMING = /^\s*\/?(?:주인|owner)\s+(?<code>\S+)\s*$/iu;

/** `주인 <code>`: this chat is the owner's; `주인 그만`: it is no longer. */
export const owner: Intent = {
  id: 'owner',
  phrasings: [{ says: [CLAIM] }],
  reply: async (bot, person, utterance) => {
    const code = firstValue(utterance, CLAIM) ?? '';
    const said = /^(?:그만|off|stop)$/i.test(code)
      ? leaveOwner(bot, person)
      : await claimOwner(bot, person, code);
    return { ...said, suggestions: [], person };
  },
};

export const ownerVocabulary: Vocabulary = {
  words: {},
  finders: [
    (text) => {
      const code = CLAIMING.exec(text)?.groups?.['code'];
      if (code === undefined) return [];
      return [{ start: 0, end: text.length, means: [{ concept: CLAIM, value: code }] }];
    },
  ],
};
