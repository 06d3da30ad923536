import { coreFeatures, coreSettings } from './config/core.ts';
import type { Book } from './config/reader.ts';
import { catSettings } from './features/cats/settings.ts';
import { menuSettings } from './features/menu/menuSettings.ts';
import { titleFeatures, titleSettings } from './features/titles/settings.ts';
import { platforms } from './platforms/table.ts';

/** The book of settings: all that the rooms declare. */
export const book: Book = {
  settings: [
    coreSettings,
    ...platforms.flatMap(({ settings = [] }) => settings),
    titleSettings,
    menuSettings,
    catSettings,
  ].flatMap(({ list }) => list),
  features: [
    ...coreFeatures,
    ...titleFeatures,
    ...platforms.flatMap(({ features = [] }) => features),
  ],
};
