import { quiet } from '../announce/quiet.ts';
import type { Bot } from '../context.ts';
import { owner } from '../owner/intent.ts';
import { forget } from './intents/forget.ts';
import { help } from './intents/help.ts';
import { fetchAnswer } from './intents/lateAnswer.ts';
import type { Intent } from './types.ts';

/** Everything people can ask for: the first entry whose pattern matches answers. */
export function intentsOf({
  features,
  platforms,
}: Pick<Bot, 'features' | 'platforms'>): readonly Intent[] {
  const ofRooms = [...features, ...platforms].flatMap(({ intents = [] }) => intents);
  return [owner, help, ...ofRooms, quiet, forget, fetchAnswer];
}
