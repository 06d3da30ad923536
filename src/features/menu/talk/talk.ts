import type { Intent, Vocabulary } from '../../../bot/talk/types.ts';
import { menuWords } from '../words.ts';
import { menu, menuAlerts, menuQuiets } from './tell.ts';

/** What can be said about menus. */
export const menuIntents: readonly Intent[] = [menu, menuAlerts];

export const menuVocabulary: Vocabulary = { words: menuWords, quiets: menuQuiets };
