import type { Feature } from '../../bot/feature.ts';
import { catFact, catVocabulary } from './intent.ts';
import { catSettings } from './pick.ts';

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
