import type { Chat } from './types.ts';

export interface Failure {
  readonly ok: false;
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

export type Outcome = { readonly ok: true; readonly result: unknown } | Failure;

export function done(result: unknown = true): Outcome {
  return { ok: true, result };
}

export function badRequest(words: string): Failure {
  return { ok: false, error_code: 400, description: `Bad Request: ${words}` };
}

export const unauthorized: Failure = {
  ok: false,
  error_code: 401,
  description: 'Unauthorized',
};

export const notFound: Failure = { ok: false, error_code: 404, description: 'Not Found' };

export function tooManyRequests(seconds: number): Failure {
  return {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${seconds}`,
    parameters: { retry_after: seconds },
  };
}

/** Why nothing can be said in a chat, or null. */
export function standingProblem(chat: Chat): Failure | null {
  if (chat.migratedTo !== null) {
    return {
      ...badRequest('group chat was upgraded to a supergroup chat'),
      parameters: { migrate_to_chat_id: chat.migratedTo },
    };
  }
  if (chat.standing === 'open') return null;
  if (chat.standing === 'muted') {
    return badRequest(
      chat.type === 'channel'
        ? 'need administrator rights in the channel chat'
        : 'not enough rights to send text messages to the chat',
    );
  }
  const isPrivate = chat.type === 'private';
  const words = {
    closed: "bot can't initiate conversation with a user",
    blocked: isPrivate
      ? 'bot was blocked by the user'
      : `bot was kicked from the ${chat.type} chat`,
    deactivated: isPrivate ? 'user is deactivated' : 'the group chat was deleted',
  };
  return { ok: false, error_code: 403, description: `Forbidden: ${words[chat.standing]}` };
}
