import { forgetEntirely } from '../../forgetting.ts';
import { ask } from '../asking.ts';
import { normalize } from '../grammar.ts';
import { suggestionsIn } from '../help.ts';
import { texts } from '../texts.ts';
import type { Intent } from '../types.ts';

const ID = 'forget';
const YES = /^(?:네|예|응|그래요?|탈퇴(?:할래요?)?|yes|y|ok)$/;
const yesWords = { ko: ['네', '취소'], en: ['yes', 'cancel'] } as const;

/** `탈퇴`: everything about the person is deleted, after a yes. */
export const forget: Intent = {
  id: ID,
  patterns: [/^(?:탈퇴(?:하기)?|회원 ?탈퇴)$/, /^(?:forget|delete) me$/],
  reply: async (bot, person) => ({
    text: texts.forgetSure[person.language](),
    suggestions: yesWords[person.language],
    person: ask(bot, person, { intent: ID, data: null, answers: yesWords[person.language] }),
  }),
  async resume(bot, person, _data, said) {
    if (!YES.test(normalize(said))) return null;
    const { language } = person;
    await forgetEntirely(bot, person);
    return { text: texts.forgotten[language](), suggestions: suggestionsIn(bot, language), person };
  },
};
