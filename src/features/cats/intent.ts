import type { Bot } from '../../bot/context.ts';
import { firstValue, type Heard } from '../../bot/talk/hear/heard.ts';
import type { Intent, Vocabulary } from '../../bot/talk/types.ts';
import { say, type Text } from '../../lib/text.ts';
import type { Person } from '../../store/people.ts';
import { readFacts } from './facts.ts';
import { fetchEnglishFacts } from './ninja.ts';
import { pickFacts, remember } from './pick.ts';
import { catSettings } from './settings.ts';
import { catHears, catWords } from './words.ts';

const MEOWED: Text = { ko: '{fact} 냐옹~', en: '{fact} Nya~' };

const MOST_FACTS = 5;
/** Facts of catfact.ninja have no ids: their first words stand for them. */
const REMEMBERED_LENGTH = 32;

/** `고양이 3`, the seed's `send me cat facts`; right after one, `하나 더`. */
export const catFact: Intent = {
  id: 'cat',
  hears: catHears,
  example: { ko: '고양이', en: 'cat' },
  reply: async (bot, person, heard) => {
    const asked = factsWanted(heard);
    const told = await chooseFacts(bot, person, Math.min(MOST_FACTS, Math.max(1, asked)));
    const facts = told.facts.map((fact) => say(MEOWED, person.language, { fact }));
    const note = asked > MOST_FACTS ? `${catTexts.most[person.language]}\n` : '';
    return {
      text: `${note}${facts.join('\n\n')}`,
      suggestions: [catTexts.more[person.language]],
      person: { ...person, recentFacts: told.recent },
      follow: { intent: 'cat', data: null },
    };
  },
};

export const catVocabulary: Vocabulary = { words: catWords };

/** How many facts are asked for: one when no number is said. */
export function factsWanted(heard: Heard): number {
  return Number(firstValue(heard, 'count') ?? 1);
}

const catTexts = {
  most: {
    ko: `한 번에 ${MOST_FACTS}개까지 들려드려요.`,
    en: `${MOST_FACTS} at a time is the most I tell.`,
  },
  more: { ko: '하나 더', en: 'another one' },
} as const;

/**
 * Fresh facts in the person's language: from catfact.ninja for readers of English when it answers
 * in time with something they were not told just now, else the bundled ones.
 */
async function chooseFacts(
  bot: Bot,
  person: Person,
  count: number,
): Promise<{ facts: readonly string[]; recent: readonly string[] }> {
  const { runtime, config } = bot;
  if (person.language === 'en') {
    const facts = await fetchEnglishFacts({
      runtime,
      apiUrl: bot.read(catSettings).apiUrl,
      count,
      contact: config.contact,
    });
    const ids = facts?.map((fact) => fact.slice(0, REMEMBERED_LENGTH)) ?? [];
    if (facts && !ids.some((id) => person.recentFacts.includes(id))) {
      return { facts, recent: remember(person.recentFacts, ids) };
    }
  }
  const picked = pickFacts({
    facts: await readFacts(bot.assets),
    count,
    recent: person.recentFacts,
    randomBytes: runtime.randomBytes,
  });
  return {
    facts: picked.map((fact) => fact[person.language]),
    recent: remember(
      person.recentFacts,
      picked.map((fact) => fact.id),
    ),
  };
}
