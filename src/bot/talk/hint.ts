import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { closest } from './hear/choose.ts';
import type { Heard } from './hear/heard.ts';
import { suggestionsIn } from './help.ts';
import { hintsLately, remember } from './state.ts';
import { talkTexts as texts } from './talkTexts.ts';
import type { Reply } from './types.ts';

/**
 * What is said to words that nobody understands: the nearest thing there is, else what can be said;
 * short, and never the same twice in a row.
 */
export function hint(bot: Bot, person: Person, heard: Heard): Reply {
  const { language } = person;
  const count = hintsLately(bot, person);
  const hinted = remember(person, { hint: { at: bot.runtime.now(), count: count + 1 } });
  const said = (text: string, words: readonly string[]): Reply => ({
    text,
    suggestions: words,
    person: hinted,
    isHint: true,
  });
  if (heard.text.trim() === '')
    return said(texts.wordless[language](), suggestionsIn(bot, language));
  const examples = bot.talk.intents.filter(({ example }) => example !== undefined);
  const near = closest(heard, examples)?.example?.[language];
  if (near !== undefined && count < 2) {
    return said(texts.nearest[language](near), [near, texts.help[language]()]);
  }
  const turns = [texts.hint, texts.hintAgain, texts.hintOnce];
  const turn = turns[count % turns.length] ?? texts.hint;
  return said(turn[language](), suggestionsIn(bot, language));
}
