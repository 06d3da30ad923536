import { catFact } from './intents/catFact.ts';
import { help } from './intents/help.ts';
import { netflix } from './intents/netflix.ts';
import type { Intent } from './types.ts';

/** Everything people can ask for: the first entry whose pattern matches answers. */
export const intents: readonly Intent[] = [help, catFact, netflix];
