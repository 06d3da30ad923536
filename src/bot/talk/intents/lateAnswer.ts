import * as v from 'valibot';
import { takeLateAnswer } from '../../../store/people.ts';
import { generalPhrasings } from '../generalWords.ts';
import { fetchWords, texts } from '../talkTexts.ts';
import type { Intent } from '../types.ts';

/** A reply as it is kept for somebody whose platform did not wait for it. */
export const lateAnswer = v.object({
  text: v.string(),
  suggestions: v.array(v.string()),
  links: v.optional(v.array(v.object({ label: v.string(), url: v.string() })), []),
});

/** `결과 보기`: the answer that took too long. */
export const fetchAnswer: Intent = {
  id: 'fetch-answer',
  phrasings: generalPhrasings['fetch-answer'],
  async reply(bot, person) {
    const kept = await takeLateAnswer(bot.db, person.id);
    if (kept !== null) return { ...v.parse(lateAnswer, JSON.parse(kept)), person };
    const { language } = person;
    return { text: texts.notYet[language](), suggestions: [fetchWords[language]], person };
  },
};
