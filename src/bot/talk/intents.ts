import { catFact } from '../../features/cats/intent.ts';
import { menu } from '../../features/menu/intent.ts';
import { watch } from '../../features/repositories/talk/watch.ts';
import {
  list,
  pause,
  rename,
  resume,
  settings,
  status,
  unwatch,
} from '../../features/repositories/talk/watches.ts';
import { netflix } from '../../features/titles/intent.ts';
import { link } from '../../platforms/kakao/intent.ts';
import { forget } from './intents/forget.ts';
import { help } from './intents/help.ts';
import { fetchAnswer } from './intents/lateAnswer.ts';
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
