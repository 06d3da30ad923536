import * as v from 'valibot';
import { badRequest, type Outcome } from './answers.ts';
import type { Chats } from './chats.ts';
import type { CountMessage } from './limits.ts';
import type { Bot, Callback } from './types.ts';
import type { createWebhook } from './webhook.ts';

export interface MethodsOptions {
  readonly bot: Bot;
  readonly chats: Chats;
  readonly countMessage: CountMessage;
  readonly webhook: ReturnType<typeof createWebhook>;
  readonly callbacks: readonly Callback[];
  /** Menus of commands by language; blank: for all others. */
  readonly commands: Map<string, readonly BotCommand[]>;
  readonly now: () => number;
}

export interface BotCommand {
  readonly command: string;
  readonly description: string;
}

/** A method of the Bot API: parameters as they came in, what it answers. */
export type Method = (given: unknown) => Outcome;

/** A method whose parameters a schema accepts; others are a bad request. */
export function method<Schema extends v.GenericSchema>(
  schema: Schema,
  run: (given: v.InferOutput<Schema>) => Outcome,
): Method {
  return (given) => {
    const parsed = v.safeParse(schema, given);
    if (parsed.success) return run(parsed.output);
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue) ?? '';
    return badRequest(`${path === '' ? '' : `${path}: `}${issue.message}`);
  };
}
