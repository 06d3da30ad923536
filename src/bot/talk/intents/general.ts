import type { Intent } from '../types.ts';
import { alertsOff } from './alertsOff.ts';
import { forget } from './forget.ts';
import { help } from './help.ts';
import { language } from './language.ts';
import { fetchAnswer } from './lateAnswer.ts';
import { replies } from './replies.ts';
import { smallTalk } from './smallTalk.ts';
import { undo } from './undo.ts';

/** What can be said whatever the bot tells of: before the intents of features, and behind them. */
export const generalIntents: Readonly<Record<'first' | 'last', readonly Intent[]>> = {
  first: [...smallTalk, help],
  last: [language, forget, fetchAnswer, undo, alertsOff, ...replies],
};
