import type { Language } from '../../lib/time.ts';

/** Everything the bot says in a conversation, Korean and English side by side. */
export const texts = {
  help: {
    ko: () =>
      [
        '안녕하세요, 소식이에요. 이렇게 말을 걸어 주세요.',
        '',
        '고양이 : 고양이 이야기 하나 (고양이 3 : 세 개)',
        '넷플릭스 : 2주 안에 나올 넷플릭스 작품',
        '도움말 : 이 안내',
      ].join('\n'),
    en: () =>
      [
        'Hi, this is soshik. You can say:',
        '',
        'cat : a cat fact (cat 3 : three of them)',
        'netflix : what comes to Netflix in the next two weeks',
        'help : this note',
      ].join('\n'),
  },
  hint: {
    ko: () => '무슨 말씀인지 잘 모르겠어요. 이렇게 말해 보세요.',
    en: () => 'I did not get that. Try one of these.',
  },
  catFact: {
    ko: (fact: string) => `${fact} 냐옹~`,
    en: (fact: string) => `${fact} Nya~`,
  },
  netflixNone: {
    ko: () => '앞으로 2주 안에 나올 넷플릭스 작품을 아직 찾지 못했어요. 내일 다시 물어봐 주세요.',
    en: () => 'I know of no Netflix title for the next two weeks yet. Please ask again tomorrow.',
  },
  netflixHead: {
    ko: () => '2주 안에 나올 넷플릭스 작품이에요.',
    en: () => 'Coming to Netflix in the next two weeks:',
  },
  more: {
    ko: (count: number) => `그 밖에 ${count}편이 더 있어요.`,
    en: (count: number) => `and ${count} more`,
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/** Words a person can say next, as they are shown. */
export const suggestions: Readonly<Record<Language, readonly string[]>> = {
  ko: ['고양이', '넷플릭스', '도움말'],
  en: ['cat', 'netflix', 'help'],
};
