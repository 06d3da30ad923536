import type { WatchProblem } from '../../features/repositories/talk/texts.ts';
import type { Language } from '../../lib/time.ts';
import { say, type Text } from '../../ui/language.ts';
import { messages, problemOf } from './texts.ts';
import type { ApiAnswer } from './types.ts';

/** A success: `code` and `message`, and the call's own members beside them. */
export function done(
  language: Language,
  members: Readonly<Record<string, unknown>> = {},
  message: Text = messages.done,
): ApiAnswer {
  return { status: 200, body: { code: 200, message: message[language], ...members } };
}

/** A refusal in the seed's form. */
export function problem(
  status: number,
  message: Text,
  language: Language,
  values: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return { status, body: { code: status, message: say(message, language, values) } };
}

/** A refusal for a reason that the chat knows too. */
export function watchProblem(reason: WatchProblem, language: Language): ApiAnswer {
  const { status, message } = problemOf(reason, language);
  return { status, body: { code: status, message } };
}
