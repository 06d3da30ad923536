import { say, type Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import type { Sayable } from '../feature.ts';
import { closest } from './grammar/choose.ts';
import type { Utterance } from './grammar/utterance.ts';
import { hintsLately, remember } from './state.ts';
import { talkTexts as texts } from './talkTexts.ts';
import type { Reply } from './types.ts';

type Features = Pick<Bot, 'features'>;

const GREETING: Text = {
  ko: '안녕하세요, 소식이에요. 이렇게 말을 걸어 주세요.',
  en: 'Hi, this is soshik. You can say:',
};
const HELP: Text = { ko: '도움말', en: 'help' };

/** What can be said whatever the bot tells of. */
const always: readonly Sayable[] = [
  {
    say: { ko: '연결', en: 'login' },
    gives: { ko: '카카오톡으로 소식 받기', en: 'news by KakaoTalk' },
  },
  {
    say: { ko: '탈퇴', en: 'forget me' },
    gives: { ko: '나에 대한 것 모두 지우기', en: 'delete all about me' },
  },
];

/** All that can be said, a line each. */
export function helpText({ features }: Features, language: Language): string {
  const sayable = [...features.flatMap(({ talk }) => talk?.help ?? []), ...always];
  const lines = sayable.map((one) => `${say(one.say, language)} : ${say(one.gives, language)}`);
  return [say(GREETING, language), '', ...lines].join('\n');
}

/** Words for whoever does not know what to say, as they are shown. */
export function suggestionsIn({ features }: Features, language: Language): string[] {
  const suggestions = [...features.flatMap(({ talk }) => talk?.suggestions ?? []), HELP];
  return suggestions.map((text) => say(text, language));
}

/** Commands for a platform's menu, each something the grammar understands. */
export function commandsIn(
  { features }: Features,
  language: Language,
): { readonly command: string; readonly description: string }[] {
  const commands: Readonly<Record<string, Text>> = Object.assign(
    {},
    ...features.map(({ talk }) => talk?.commands ?? {}),
    { help: { ko: '사용법 안내', en: 'How to use this bot' } },
  );
  return Object.entries(commands).map(([command, text]) => ({
    command,
    description: say(text, language),
  }));
}

/**
 * What is said to words that nobody understands: the nearest thing there is, else what can be said;
 * short, and never the same twice in a row.
 */
export function hint(bot: Bot, person: Person, utterance: Utterance): Reply {
  const { language } = person;
  const count = hintsLately(bot, person);
  const hinted = remember(person, { hint: { at: bot.runtime.now(), count: count + 1 } });
  const said = (text: string, words: readonly string[]): Reply => ({
    text,
    suggestions: words,
    person: hinted,
    isHint: true,
  });
  if (utterance.text.trim() === '')
    return said(texts.wordless[language](), suggestionsIn(bot, language));
  const examples = bot.talk.intents.filter(({ example }) => example !== undefined);
  const near = closest(utterance, examples)?.example?.[language];
  if (near !== undefined && count < 2) {
    return said(texts.nearest[language](near), [near, texts.help[language]()]);
  }
  const turns = [texts.hint, texts.hintAgain, texts.hintOnce];
  const turn = turns[count % turns.length] ?? texts.hint;
  return said(turn[language](), suggestionsIn(bot, language));
}
