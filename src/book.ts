import { coreFeatures, coreSettings } from './config/core.ts';
import type { Book } from './config/reader.ts';
import { catSettings } from './features/cats/settings.ts';
import { menuSettings } from './features/menu/menuSettings.ts';
import { titleFeatures, titleSettings } from './features/titles/settings.ts';
import { githubFeatures, githubSettings } from './platforms/github/settings.ts';
import { kakaoFeatures, kakaoSettings } from './platforms/kakao/settings.ts';
import { telegramFeatures, telegramSettings } from './platforms/telegram/settings.ts';
import { xFeatures, xSettings } from './platforms/x/settings.ts';

/** The book of settings: all that the rooms declare. */
export const book: Book = {
  settings: [
    coreSettings,
    xSettings,
    kakaoSettings,
    telegramSettings,
    githubSettings,
    titleSettings,
    menuSettings,
    catSettings,
  ].flatMap(({ list }) => list),
  features: [
    ...xFeatures,
    ...coreFeatures,
    ...titleFeatures,
    ...kakaoFeatures,
    ...telegramFeatures,
    ...githubFeatures,
  ],
};
