import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { has, tokensOf, type Utterance, valuesOf } from '../../../bot/talk/grammar/utterance.ts';
import { ask } from '../../../bot/talk/state.ts';
import { undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import { inBoth } from '../../../lib/text.ts';
import type { Language } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import { setTopic } from '../../../store/topics.ts';
import { findSchools, type School } from '../api/neis.ts';
import { type OwnMenu, ownMenuOf, TOPIC, USUAL, writeOwn } from '../own.ts';
import { menuSettings } from '../settings.ts';
import { menuSuggestions as suggestions } from '../words.ts';
import {
  allergenPhrasings,
  ingredientNames,
  menuWeekendPhrasings,
  schoolPhrasings,
  ownTexts as texts,
} from './wishWords.ts';

const MOST_OFFERED = 9;

/** Changes what is one's own, with a way back. */
async function change(
  bot: Bot,
  person: Person,
  intent: string,
  wanted: Partial<OwnMenu>,
  textOf: (own: OwnMenu) => string,
): Promise<Reply> {
  const { isOn, own, choice } = await ownMenuOf(bot.db, person.id);
  const next = { ...own, ...wanted };
  return {
    text: textOf(next),
    suggestions: [
      suggestions.now[person.language],
      undoWords[person.language],
      ...(isOn ? [] : [suggestions.turnOn[person.language]]),
    ],
    person,
    writes: [setTopic(bot.db, TOPIC, person.id, isOn, bot.runtime.now(), writeOwn(next))],
    undo: { intent, data: { choice } },
  };
}

/** Puts back what was one's own before the last change. */
const takeBack: NonNullable<Intent['takeBack']> = async (bot, person, data) => {
  const { choice } = v.parse(v.object({ choice: v.nullable(v.string()) }), data);
  const { isOn } = await ownMenuOf(bot.db, person.id);
  return {
    text: texts.undone[person.language](),
    suggestions: [suggestions.now[person.language]],
    person,
    writes: [setTopic(bot.db, TOPIC, person.id, isOn, bot.runtime.now(), choice)],
  };
};

const SCHOOL_ID = 'school';

const offered = v.object({
  schools: v.array(
    v.object({ office: v.string(), code: v.string(), name: v.string(), place: v.string() }),
  ),
});

/** `학교 한빛고`: one's own school, found by its name at NEIS; `학교 취소`: the bot's again. */
export const school: Intent = {
  id: SCHOOL_ID,
  phrasings: schoolPhrasings,
  example: { ko: '학교', en: 'school' },
  takeBack,
  async reply(bot, person, utterance) {
    const { language } = person;
    const { own } = await ownMenuOf(bot.db, person.id);
    if (has(utterance, 'off', 'remove', 'cancel')) {
      const usual = { school: USUAL.school };
      return change(bot, person, SCHOOL_ID, usual, () => texts.schoolOff[language]());
    }
    const name = schoolName(utterance);
    if (name === '') return askSchool(bot, person, (one) => texts.schoolIs[one](own.school?.name));
    return search(bot, person, name);
  },
  async resume(bot, person, data, utterance) {
    const read = v.safeParse(offered, data);
    if (!read.success) return null;
    const { schools } = read.output;
    const place = Number(
      tokensOf(utterance, 'number')[0]?.means.find(({ concept }) => concept === 'number')?.value,
    );
    const said = utterance.text.replace(/\s+/g, ' ').trim();
    const chosen =
      labelled(schools).find(({ label }) => label === said)?.school ?? schools[place - 1];
    if (chosen) return choose(bot, person, chosen);
    const name = schoolName(utterance);
    return name === '' ? null : search(bot, person, name);
  },
};

function askSchool(bot: Bot, person: Person, textIn: (language: Language) => string): Reply {
  const data = { schools: [] };
  const text = inBoth(textIn);
  return ask(bot, person, { intent: SCHOOL_ID, data, text, answers: [], isFree: true });
}

async function search(bot: Bot, person: Person, name: string): Promise<Reply> {
  const { language } = person;
  const { neisUrl: apiUrl, neisKey: key } = bot.read(menuSettings);
  const found = await findSchools({ runtime: bot.runtime, apiUrl, key, name });
  if (found.kind !== 'schools') {
    return { text: texts.schoolsAway[language](), suggestions: [], person };
  }
  const { schools, total } = found;
  const exact = schools.filter((one) => one.name === name);
  const [only] = exact.length === 1 ? exact : schools;
  if (only === undefined) return askSchool(bot, person, (one) => texts.noSchool[one](name));
  if (exact.length === 1 || total === 1) return choose(bot, person, only);
  const some = schools.slice(0, MOST_OFFERED);
  const labels = labelled(some).map(({ label }) => label);
  const isAll = some.length === total;
  const shown = [
    texts.whichSchool[language](),
    ...labels.map((label, index) => `${index + 1}. ${label}`),
    ...(isAll ? [] : [texts.moreSchools[language]()]),
  ].join('\n');
  const asked = {
    intent: SCHOOL_ID,
    data: { schools: some },
    text: inBoth((one) => texts.whichSchool[one]()),
    answers: labels,
    takes: ['number', 'ordinal', 'count', 'school', 'region', 'name'],
    isFree: true,
  };
  return ask(bot, person, asked, shown);
}

/** Schools by what a button says: where they are, and their place where that does not tell. */
function labelled(schools: readonly School[]): { label: string; school: School }[] {
  const plain = schools.map(({ name, place }) => (place === '' ? name : `${name} (${place})`));
  return schools.map((one, index) => {
    const label = plain[index] ?? one.name;
    const isOnly = plain.indexOf(label) === plain.lastIndexOf(label);
    return { label: isOnly ? label : `${label} ${index + 1}`, school: one };
  });
}

function choose(bot: Bot, person: Person, { office, code, name }: School): Promise<Reply> {
  return change(bot, person, SCHOOL_ID, { school: { office, school: code, name } }, () =>
    texts.schoolSet[person.language](name),
  );
}

/** Words around the name of a school. */
const AROUND =
  /^(?:우리|내|제|나|나는|난|저는|저희|my|is|to|the|좀)$|^(?:학교|school)(?:는|은|를|을|가|로|설정|변경|바꾸기|검색|찾기|등록)?$|^(?:싶|설정|변경|등록|검색|선택|바꿔|바꾸|찾아|골라|정해|맞춰|다녀|다니|해줘|해주|할래|할게|하자|줘|주세요|please|set|change|find|search|choose|use|go|i)\S*$/iu;
/** Endings behind the name. */
const BEHIND = /(?<=[가-힣])(?:으로|로|이야|이에요|예요|이요|입니다|야|요|임|에|를|을)$/u;

/** The name in what was said: `우리 학교는 한빛고야`. */
function schoolName(utterance: Utterance): string {
  return utterance.text
    .replace(/[.,!?~"'‘’“”]+/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !AROUND.test(word))
    .map((word) => word.replace(BEHIND, ''))
    .join(' ')
    .slice(0, 40)
    .trim();
}

const ALLERGEN_ID = 'allergens';

/** `알레르기 우유 땅콩`, `새우 못 먹어`, `leave out milk`, `우유는 먹어도 돼`, `알레르기 꺼줘`. */
export const allergens: Intent = {
  id: ALLERGEN_ID,
  phrasings: allergenPhrasings,
  takeBack,
  async reply(bot, person, utterance) {
    const { language } = person;
    const { own } = await ownMenuOf(bot.db, person.id);
    const wanted = allergensWanted(utterance, own);
    const describe = (one: OwnMenu) =>
      texts.allergensAre[language](
        one.allergens.map((number) => ingredientNames[language][number - 1] ?? '').join(', '),
        one.isLeftOut,
      );
    if (wanted === null) {
      return { text: describe(own), suggestions: [texts.allergensLike[language]()], person };
    }
    return change(bot, person, ALLERGEN_ID, wanted, (next) =>
      next.allergens.length === 0 ? texts.allergensOff[language]() : describe(next),
    );
  },
};

/** What somebody must not eat after these words; `null`: they only ask. What is named is added. */
function allergensWanted(
  utterance: Utterance,
  { allergens: before, isLeftOut }: OwnMenu,
): Pick<OwnMenu, 'allergens' | 'isLeftOut'> | null {
  const named = valuesOf(utterance, 'ingredient').map(Number);
  const isOver =
    has(utterance, 'harmless') ||
    (has(utterance, 'allergen') &&
      !has(utterance, 'without') &&
      has(utterance, 'off', 'remove', 'cancel'));
  if (isOver) {
    const left = before.filter((one) => named.length > 0 && !named.includes(one));
    return { allergens: left, isLeftOut: isLeftOut && left.length > 0 };
  }
  const all = [...new Set([...before, ...named])].toSorted((one, other) => one - other);
  const isOut = has(utterance, 'without', 'freeof', 'remove', 'off', 'not');
  if (all.length === 0 || (named.length === 0 && !isOut && !has(utterance, 'mark'))) return null;
  return { allergens: all, isLeftOut: !has(utterance, 'mark') && (isOut || isLeftOut) };
}

const WEEKEND_ID = 'menu-weekend';

/** `주말은 빼줘`, `주말에도 알려줘`. */
export const weekend: Intent = {
  id: WEEKEND_ID,
  phrasings: menuWeekendPhrasings,
  takeBack,
  reply: (bot, person, utterance) => {
    const isWeekdays = has(utterance, 'not', 'off', 'remove', 'no');
    return change(bot, person, WEEKEND_ID, { isWeekdays }, () =>
      texts.weekend[person.language](isWeekdays),
    );
  },
};
