import type { Feature } from '../../bot/feature.ts';
import { defineJob } from '../../bot/jobs/job.ts';
import type { FeatureRule } from '../../config/reader.ts';
import { say } from '../../lib/text.ts';
import { menuRoutes } from './admin/page.tsx';
import { done } from './admin/texts.ts';
import { forgetOldMenus } from './cache.ts';
import { MENU_CATCH_UP_MS, menuSchedule, tellMeal } from './job.ts';
import { menuPage } from './menuPage.tsx';
import { menuSettings } from './settings.ts';
import type { MenuSource } from './source/meals.ts';
import { menuSource } from './sources.ts';
import { menuIntents, menuVocabulary } from './talk/tell.ts';

const sources: readonly (FeatureRule & Pick<MenuSource, 'id'>)[] = [
  {
    id: 'menu-neis',
    name: { ko: '학교 급식 (나이스)', en: 'School meals (NEIS)' },
    page: '/admin/menu',
  },
  { id: 'menu-page', name: { ko: '식단 페이지', en: 'Menu page' }, page: '/admin/menu' },
];

const LEAD = {
  ko: '아침, 점심, 저녁 때에 맞춰 오늘의 식단을 보내 드려요.',
  en: 'I send today’s menu in time for breakfast, lunch and dinner.',
} as const;
const sayable = {
  say: { ko: '메뉴 · 메뉴 알림 켜기', en: 'menu · menu alerts on' },
  gives: { ko: '오늘의 식단', en: 'what there is to eat' },
} as const;

/** A meal as it is told. */
const sample = {
  place: { ko: '한빛고등학교', en: 'Hanbit High School' },
  dishes: {
    ko: ['차조밥', '김치찌개', '닭갈비', '시금치나물', '귤'],
    en: ['millet rice', 'kimchi stew', 'spicy chicken', 'spinach', 'tangerine'],
  },
} as const;

/** What there is to eat at a school or canteen: told at mealtimes and on demand. */
export const menu: Feature = {
  id: 'menu',
  name: { ko: '식단', en: 'Menu' },
  settings: menuSettings,
  parts: sources,
  jobs: [
    defineJob({
      id: 'menu',
      name: { ko: '식단 알리기', en: 'Telling the menu' },
      schedule: menuSchedule,
      catchUpMs: MENU_CATCH_UP_MS,
      tries: 30,
      warning: {
        ko: '지금이나 다음 끼니의 식단을 받는 사람 모두에게 바로 보내요. 이미 받은 사람에게는 다시 보내지 않아요.',
        en: 'The menu of this or the next meal goes to everyone who wants it, at once. Whoever has it already gets no second one.',
      },
      counts: { told: { ko: '알림', en: 'told' } },
      run: tellMeal,
    }),
  ],
  cleanUp: ({ db }, now) => [forgetOldMenus(db, now)],
  intents: menuIntents,
  vocabulary: menuVocabulary,
  talk: {
    help: [
      {
        say: { ko: '메뉴', en: 'menu' },
        gives: {
          ko: '다음 식사 (급식 내일, 메뉴 알림 켜기, 학교 한빛고, 알레르기 우유)',
          en: 'the next meal (menu tomorrow, menu alerts on, school, allergy milk)',
        },
      },
    ],
    suggestions: [{ ko: '메뉴', en: 'menu' }],
    commands: { menu: { ko: '오늘의 식단', en: "Today's menu" } },
  },
  topics: { menu: { ko: '식단 받음', en: 'gets the menu' } },
  routes: [{ path: '/menu', routes: menuPage }],
  frontPage: {
    read: async (bot, { language, today }) => {
      if ((await menuSource(bot)) === null) return { lead: null, sayable: [], section: null };
      const meal = { kind: 'menu', language, day: today, meal: 'lunch', link: null } as const;
      return {
        lead: LEAD,
        sayable: [sayable],
        section: null,
        sample: { ...meal, place: say(sample.place, language), dishes: sample.dishes[language] },
      };
    },
  },
  adminPage: { path: '/admin/menu', title: { ko: '식단', en: 'Menu' }, routes: menuRoutes },
  flash: done,
  sources: async (bot) => {
    const source = await menuSource(bot);
    return sources.filter(({ id }) => id === source?.id);
  },
};
