import { inBoth } from '../../../lib/text.ts';
import { forgetPerson, type Person } from '../../../store/people.ts';
import type { Bot } from '../../context.ts';
import { endTiesOf } from '../../forgetting.ts';
import { generalPhrasings } from '../generalWords.ts';
import { has, isOnly } from '../grammar/utterance.ts';
import { suggestionsIn } from '../hint.ts';
import { ask } from '../state.ts';
import { texts } from '../talkTexts.ts';
import type { Intent, Reply } from '../types.ts';

const ID = 'forget';
const yesWords = { ko: ['네', '아니요'], en: ['yes', 'no'] } as const;

/** A yes with anything else in it is not sure enough. */
const SURE = ['yes', 'leave', 'remove', 'data', 'all', 'watch', 'repo', 'alert', 'person'];

function askSure(bot: Bot, person: Person): Reply {
  const text = inBoth((language) => texts.forgetSure[language]());
  const takes = ['remove', 'leave'];
  return ask(bot, person, { intent: ID, data: null, text, answers: yesWords, takes });
}

/** `탈퇴`: everything about the person is deleted, after a yes. */
export const forget: Intent = {
  id: ID,
  phrasings: generalPhrasings.forget,
  reply: async (bot, person) => askSure(bot, person),
  async resume(bot, person, _data, utterance) {
    const isRefused = has(utterance, 'no', 'not', 'keep', 'cancel');
    // `뭐가 지워지는데?` says no more than the question does, and no yes.
    const isAsking = has(utterance, 'what', 'how');
    if (isAsking && !isRefused && has(utterance, 'leave', 'remove')) return askSure(bot, person);
    const isYes = has(utterance, 'yes', 'leave', 'remove') && isOnly(utterance, SURE);
    if (!isYes || isRefused || isAsking) return null;
    const { language } = person;
    await endTiesOf(bot, person);
    return {
      text: texts.forgotten[language](),
      suggestions: suggestionsIn(bot, language),
      person: { ...person, asking: null },
      writes: forgetPerson(bot.db, person),
    };
  },
};
