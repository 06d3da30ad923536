import type { Bot } from '../../bot/context.ts';
import { countOf } from '../../bot/talk/grammar.ts';
import type { Intent } from '../../bot/talk/types.ts';
import { say, type Text } from '../../lib/text.ts';
import type { Person } from '../../store/people.ts';
import { readFacts } from './facts.ts';
import { fetchEnglishFacts } from './ninja.ts';
import { pickFacts, remember } from './pick.ts';
import { catSettings } from './settings.ts';

const MEOWED: Text = { ko: '{fact} 냐옹~', en: '{fact} Nya~' };

const MOST_FACTS = 5;
/** Facts of catfact.ninja have no ids: their first words stand for them. */
const REMEMBERED_LENGTH = 32;
const COUNT = '(\\d{1,3}|a|one|two|three|four|five|하나|한|둘|두|셋|세|넷|네|다섯)';

export const catFact: Intent = {
  id: 'cat-fact',
  patterns: [
    // The seed's trigger, anywhere in the text, and its near misses.
    new RegExp(`send me (?:${COUNT} )?cat ?facts?`),
    new RegExp(`^(?:${COUNT} )?cats?(?: ?facts?)?(?: ${COUNT})?$`),
    new RegExp(
      `^(?:고양이|냥이|야옹이?)(?: ?(?:이야기|사실|상식|소식))?(?: ?${COUNT} ?(?:개|가지|마리)?)?` +
        '(?: ?(?:만 ?)?(?:줘|보내 ?줘|알려 ?줘|들려 ?줘)요?)?$',
    ),
  ],
  reply: async (bot, person, match) => {
    const asked = countOf(match.slice(1).find((group) => group !== undefined));
    const told = await chooseFacts(bot, person, Math.min(MOST_FACTS, Math.max(1, asked)));
    return {
      text: told.facts.map((fact) => say(MEOWED, person.language, { fact })).join('\n\n'),
      suggestions: [],
      person: { ...person, recentFacts: told.recent },
    };
  },
};

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
