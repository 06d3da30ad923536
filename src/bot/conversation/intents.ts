import { catFact } from './intents/catFact.ts';
import { forget } from './intents/forget.ts';
import { help } from './intents/help.ts';
import { fetchAnswer } from './intents/lateAnswer.ts';
import { link } from './intents/link.ts';
import { menu } from './intents/menu.ts';
import { netflix } from './intents/netflix.ts';
import { watch } from './intents/watch.ts';
import { list, pause, rename, resume, settings, status, unwatch } from './intents/watches.ts';
import type { Intent } from './types.ts';

/** Everything people can ask for: the first entry whose pattern matches answers. */
export const intents: readonly Intent[] = [
  help,
  catFact,
  netflix,
  menu,
  watch,
  list,
  status,
  unwatch,
  pause,
  resume,
  rename,
  settings,
  link,
  forget,
  fetchAnswer,
];
