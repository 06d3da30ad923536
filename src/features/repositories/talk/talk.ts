import type { Intent, Vocabulary } from '../../../bot/talk/types.ts';
import { watchesOf } from '../store/watches.ts';
import { findAddresses, findNames } from './find.ts';
import { list } from './list.ts';
import { settings } from './settings.ts';
import { unwatch } from './unwatch.ts';
import { watch } from './watch.ts';
import { pause, rename, resume, status } from './watches.ts';
import { repositoryWords } from './words.ts';

/** What can be said about repositories. */
export const repositoryIntents: readonly Intent[] = [
  watch,
  list,
  status,
  unwatch,
  pause,
  resume,
  rename,
  settings,
];

export const repositoryVocabulary: Vocabulary = {
  words: repositoryWords,
  finders: [findAddresses],
  names: async (bot, person) =>
    findNames(
      (await watchesOf(bot.db, person.id)).map(({ nickname, repository: { owner, name } }) => [
        nickname,
        `${owner}/${name}`,
      ]),
    ),
  quiets: async (bot, { id, language }) =>
    (await watchesOf(bot.db, id)).flatMap(({ nickname, isPaused }) =>
      isPaused ? [] : [`${language === 'ko' ? '멈춤' : 'pause'} ${nickname}`],
    ),
};
