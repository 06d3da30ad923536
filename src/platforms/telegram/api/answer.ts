import * as v from 'valibot';
import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { believedWaitMs, jsonOf } from '../../../lib/outbound.ts';
import type { Result } from '../../../lib/result.ts';
import { cutToFit } from '../../../lib/text.ts';
import { SECOND_MS } from '../../../lib/time.ts';

/**
 * What a failure means for the caller:
 * - `retry`: later, the same call may work
 * - `wait`: nothing may be sent, to nobody, until the time is over
 * - `unauthorized`: the token is not accepted
 * - `gone`: this chat cannot be reached any more
 * - `no-rights`: the bot may not write in this chat, as its admins have it now
 * - `migrated`: the chat has another id now
 * - `bad-markup`: the text's tags or the buttons are not understood; plain text would be
 * - `invalid`: the call itself is wrong
 */
export type TelegramFailureReason =
  | 'retry'
  | 'wait'
  | 'unauthorized'
  | 'gone'
  | 'no-rights'
  | 'migrated'
  | 'bad-markup'
  | 'invalid';

/** Why a call to the Bot API did not succeed. */
export interface TelegramFailure {
  readonly reason: TelegramFailureReason;
  /** Telegram's `error_code`, else the HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** How long to wait, where Telegram says so; a day at most. */
  readonly retryAfterMs?: number;
  /** The chat's new id. */
  readonly migratedTo?: string;
  /** Telegram may have carried the call out all the same. */
  readonly mayHaveActed: boolean;
  /** Telegram's own words for the owner, at most 300 characters. */
  readonly detail: string;
}

export type TelegramResult<Value> = Result<Value, TelegramFailure>;

const MAX_DETAIL = 300;

const number = v.fallback(v.optional(v.number()), undefined);
const refusalSchema = v.object({
  ok: v.literal(false),
  error_code: number,
  description: v.fallback(v.string(), ''),
  parameters: v.fallback(
    v.optional(v.object({ retry_after: number, migrate_to_chat_id: number })),
    undefined,
  ),
});
type Refusal = v.InferOutput<typeof refusalSchema>;

/** What Telegram's words mean where the code does not tell; compared in lower case. */
const MEANINGS: readonly (readonly [words: string, TelegramFailureReason])[] = [
  ['chat not found', 'gone'],
  ['group is deactivated', 'gone'],
  ['not enough rights', 'no-rights'],
  ['no rights to send', 'no-rights'],
  ['need administrator rights', 'no-rights'],
  ['no write access', 'no-rights'],
  ['chat_write_forbidden', 'no-rights'],
  ['chat_admin_required', 'no-rights'],
  ['chat_restricted', 'no-rights'],
  ['user_banned_in_channel', 'no-rights'],
  ['user_restricted', 'no-rights'],
  ['chat_send_', 'no-rights'],
  ['chat_guest_send_forbidden', 'no-rights'],
  ['message thread not found', 'no-rights'],
  ['topic_closed', 'no-rights'],
  ['topic_deleted', 'no-rights'],
  ["can't parse", 'bad-markup'],
  ['button', 'bad-markup'],
];

/**
 * Reads any answer of the Bot API; never throws. An answer that is not Telegram's own (a proxy's
 * page, a body cut short) is `retry`: no chat and no token is given up for it. Codes and words:
 * docs/platforms/telegram.md, Calls and answers.
 *
 * @param schema for `result` of a success
 */
export function readAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: Answer | { readonly failed: NoAnswer },
): TelegramResult<v.InferOutput<Schema>> {
  if ('failed' in answer) {
    const detail = `No answer: ${answer.failed}`;
    return { ok: false, reason: 'retry', status: null, mayHaveActed: true, detail };
  }
  const { status } = answer;
  const body = jsonOf(answer);
  const success = v.safeParse(v.object({ ok: v.literal(true), result: schema }), body);
  if (success.success) return { ok: true, value: success.output.result };
  const refusal = v.safeParse(refusalSchema, body);
  if (refusal.success) return { ok: false, ...readRefusal(refusal.output, status) };
  const mayHaveActed = status < 400 || status >= 500;
  const detail = `HTTP ${status} without a word of Telegram`;
  return { ok: false, reason: 'retry', status, mayHaveActed, detail };
}

function readRefusal(refusal: Refusal, httpStatus: number): TelegramFailure {
  const status = refusal.error_code ?? httpStatus;
  const { retry_after: seconds, migrate_to_chat_id: movedTo } = refusal.parameters ?? {};
  const reason = movedTo === undefined ? reasonOf(status, refusal.description) : 'migrated';
  return {
    reason,
    status,
    ...(seconds !== undefined && {
      retryAfterMs: believedWaitMs(seconds * SECOND_MS),
    }),
    ...(movedTo !== undefined && { migratedTo: String(movedTo) }),
    mayHaveActed: status >= 500,
    detail: cutToFit(refusal.description, MAX_DETAIL, (text) => text.length),
  };
}

function reasonOf(status: number, description: string): TelegramFailureReason {
  if (status >= 500) return 'retry';
  if (status === 429) return 'wait';
  // 404 is no missing chat: the token in the address is none that Telegram knows.
  if (status === 401 || status === 404) return 'unauthorized';
  const said = description.toLowerCase();
  const meant = MEANINGS.find(([words]) => said.includes(words))?.[1];
  if (status === 403) return meant === 'no-rights' ? meant : 'gone';
  return (status === 400 ? meant : undefined) ?? 'invalid';
}
