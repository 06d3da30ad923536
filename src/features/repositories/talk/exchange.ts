import type { Phrasing } from '../../../bot/talk/grammar/choose.ts';
import { means, type Token } from '../../../bot/talk/grammar/utterance.ts';
import { openQuestion } from '../../../bot/talk/state.ts';
import { together } from '../../../bot/talk/together.ts';
import type { Intent } from '../../../bot/talk/types.ts';
import { watchesOf } from '../store/watches.ts';
import { whichOf } from './find.ts';
import { watch } from './watch.ts';
import { unwatch, unwatchSome } from './watches.ts';
import { ORNAMENT } from './words.ts';

/** `hello 대신 hana/app`, `remove hello and add hana/app`. */
const exchangePhrasings: readonly Phrasing[] = [
  {
    says: [
      'swap|instead|change name|ordinal|number address',
      // `hello out, hana/app in`
      'out say name|ordinal|number address',
      'remove|off watch|include|want name|ordinal|number address',
    ],
    with: `${ORNAMENT} swap instead change not remove off include on again cancel`,
    takesAnything: true,
    not: 'rename nick call as except pasted commit release prerelease merge bots setting status forbid keep list',
  },
];

const WHICH = ['name', 'ordinal', 'number'];

function isOneOf(token: Token, concepts: readonly string[]): boolean {
  return concepts.some((concept) => means(token, concept));
}

/** An address of none of their watches. */
function isNew(token: Token): boolean {
  return means(token, 'address') && !means(token, 'name');
}

/** `hello 대신 hana/app`, `swap hello for hana/app`: one is let go, another watched. */
export const exchange: Intent = {
  id: 'exchange',
  phrasings: exchangePhrasings,
  async reply(bot, person, utterance) {
    const old = utterance.tokens.filter((token) => isOneOf(token, WHICH));
    if (!utterance.tokens.some(isNew)) return unwatch.reply(bot, person, utterance);
    const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
    const which = whichOf({ ...utterance, tokens: old }, watches);
    const tokens = utterance.tokens.filter(
      (token) => !old.includes(token) && !isOneOf(token, ['swap', 'instead', 'change']),
    );
    const after = await watch.reply(bot, person, { ...utterance, tokens });
    // What cannot be watched is no reason to let go of the other.
    const isGoingOn = after.writes?.length || openQuestion(bot, after.person) !== null;
    if (which.kind !== 'some' || !isGoingOn) return after;
    const before = await unwatchSome(bot, after.person, which.watches);
    return together(before, after);
  },
};
