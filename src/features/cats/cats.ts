import type { Bot } from '../../bot/context.ts';
import type { Feature } from '../../bot/feature.ts';
import type { Phrasing } from '../../bot/talk/grammar/choose.ts';
import { firstValue, type Utterance, type Words } from '../../bot/talk/grammar/utterance.ts';
import type { Intent, Vocabulary } from '../../bot/talk/types.ts';
import { say, type Text } from '../../lib/text.ts';
import type { Person } from '../../store/people.ts';
import { catSettings, fetchEnglishFacts, pickFacts, readFacts, remember } from './facts.ts';

const catWords: Words = {
  cat: '고영희, 고먐미, 고양이, 고양이들, 고냥이, 고양, 냥이, 냥냥이, 냥냥, 냥, 야옹, 야옹이, 야옹야옹, 냐옹, 냐옹이, 니야옹, 미야옹, 괭이, 길냥이, 집사, 캣, 캣팩트, cat, cats, kitty, kitties, kitten, kittens, meow, meoww, miaow, nya, feline, felines, pussycat, catfact, catfacts',
  fact: 'tmi, 티엠아이, 이야기, 얘기, 사실, 상식, 지식, 한마디, 썰, 토막상식, 팩트, 잡학, 재밌는 거, 재미있는, 귀여운, 정보, fact, facts, trivia, story, stories, tidbit, fun fact, fun facts, joke about',
};

/** `고양이 세 개`, `send me cat facts`; right after one, `하나 더`. */
const catPhrasings: readonly Phrasing[] = [
  {
    says: ['cat'],
    with: 'fact count number show day alert what is want more how say new mine only both data compliment daily person on status fresh',
    not: 'address off remove ordinal',
  },
  {
    says: ['more', 'more count', 'again', 'fact more', 'count more', 'more fact'],
    with: 'show want is count number fact what say',
    isFollowUp: true,
  },
];

const MEOWED: Text = { ko: '{fact} 냐옹~', en: '{fact} Nya~' };

const MOST_FACTS = 5;
/** Facts of catfact.ninja have no ids: their first words stand for them. */
const REMEMBERED_LENGTH = 32;

/** `고양이 3`, the seed's `send me cat facts`; right after one, `하나 더`. */
const catFact: Intent = {
  id: 'cat',
  phrasings: catPhrasings,
  example: { ko: '고양이', en: 'cat' },
  reply: async (bot, person, utterance) => {
    const asked = factsWanted(utterance);
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

const catVocabulary: Vocabulary = { words: catWords };

/** How many facts are asked for: one when no number is said. */
export function factsWanted(utterance: Utterance): number {
  return Number(firstValue(utterance, 'count') ?? 1);
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

const sayable = {
  say: { ko: '고양이', en: 'cat 3' },
  gives: {
    ko: '고양이 이야기 하나, 숫자를 붙이면 여럿',
    en: 'a cat fact, or several with a number',
  },
};

/** Cat facts on demand. */
export const cats: Feature = {
  id: 'cats',
  name: { ko: '고양이 이야기', en: 'Cat facts' },
  settings: catSettings,
  intents: [catFact],
  vocabulary: catVocabulary,
  talk: {
    help: [
      {
        say: { ko: '고양이', en: 'cat' },
        gives: {
          ko: '고양이 이야기 하나 (고양이 3 : 세 개)',
          en: 'a cat fact (cat 3 : three of them)',
        },
      },
    ],
    suggestions: [{ ko: '고양이', en: 'cat' }],
    commands: { cat: { ko: '고양이 이야기', en: 'A cat fact' } },
  },
  frontPage: {
    read: async () => ({ lead: null, sayable: [sayable], section: null }),
  },
};
