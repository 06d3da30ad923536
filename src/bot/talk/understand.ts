import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { generalWords } from './generalWords.ts';
import { choose } from './hear/choose.ts';
import { endings } from './hear/endings.ts';
import type { Finder } from './hear/find.ts';
import { hear } from './hear/hear.ts';
import type { Heard } from './hear/heard.ts';
import { createLexicon, type Lexicon, lookUp } from './hear/lexicon.ts';
import { sharedWords } from './hear/words.ts';
import { smallTalkOrnament, smallTalkWords } from './smallTalkWords.ts';
import { lastAnswer } from './state.ts';
import type { Intent, Vocabulary } from './types.ts';

/** Made at the first word that is heard: a Worker that only answers webhooks needs none. */
const lexicons = new WeakMap<readonly Vocabulary[], Lexicon>();

/** All words that some vocabularies know. */
export function lexiconOf(vocabularies: readonly Vocabulary[]): Lexicon {
  let lexicon = lexicons.get(vocabularies);
  if (lexicon === undefined) {
    const own = vocabularies.map(({ words }) => words);
    lexicon = createLexicon(
      [sharedWords, smallTalkWords, smallTalkOrnament, generalWords, ...own],
      endings,
    );
    lexicons.set(vocabularies, lexicon);
  }
  return lexicon;
}

export interface Understood {
  readonly heard: Heard;
  /** `null`: not understood. */
  readonly meant: Intent | null;
}

/** What a person says, and which intent answers it. */
export async function understand(bot: Bot, person: Person, said: string): Promise<Understood> {
  const vocabularies = bot.talk.vocabularies;
  const names: Finder[] = [];
  for (const { names: namesOf } of vocabularies) {
    if (namesOf !== undefined) names.push(await namesOf(bot, person));
  }
  const finders = [...vocabularies.flatMap(({ finders: own = [] }) => own), ...names];
  const heard = hear(said, lexiconOf(vocabularies), finders);
  const after = lastAnswer(bot, person)?.intent ?? null;
  return { heard, meant: choose(heard, bot.talk.intents, after)?.intent ?? null };
}

/** Whether a command such as `menu_on` is made of words that mean something here. */
export function knowsCommand(bot: Pick<Bot, 'talk'>, command: string): boolean {
  const { words } = lexiconOf(bot.talk.vocabularies);
  const [first = ''] = command.toLowerCase().split('_');
  return lookUp(words, first) !== null;
}
