import { inBoth } from '../../../lib/text.ts';
import { forgetPerson } from '../../../store/people.ts';
import { endTiesOf } from '../../forgetting.ts';
import { generalHears } from '../generalWords.ts';
import { has } from '../hear/heard.ts';
import { suggestionsIn } from '../hint.ts';
import { ask } from '../state.ts';
import { texts } from '../talkTexts.ts';
import type { Intent } from '../types.ts';

const ID = 'forget';
const yesWords = { ko: ['네', '아니요'], en: ['yes', 'no'] } as const;

/** `탈퇴`: everything about the person is deleted, after a yes. */
export const forget: Intent = {
  id: ID,
  hears: generalHears.forget,
  async reply(bot, person) {
    const text = inBoth((language) => texts.forgetSure[language]());
    const takes = ['remove', 'leave'];
    return ask(bot, person, { intent: ID, data: null, text, answers: yesWords, takes });
  },
  async resume(bot, person, _data, heard) {
    const isYes = has(heard, 'yes', 'leave', 'remove') && !has(heard, 'no', 'not', 'cancel');
    if (!isYes) return null;
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
