import { coreFeatures, coreSettings } from './config/core.ts';
import type { Book } from './config/reader.ts';
import { features } from './features/table.ts';
import { platforms } from './platforms/table.ts';

const rooms = [{ settings: coreSettings, parts: coreFeatures }, ...platforms, ...features];

/** The book of settings: all that the rooms declare. */
export const book: Book = {
  settings: rooms.flatMap(({ settings }) => settings?.list ?? []),
  parts: rooms.flatMap(({ parts = [] }) => parts),
};
