import * as v from 'valibot';
import { expect, test } from 'vitest';
import { utf8 } from '../../../../src/lib/encoding.ts';
import { readAnswer } from '../../../../src/platforms/telegram/api/answer.ts';

function answer(status: number, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: new Headers(), bytes: utf8(text) };
}

function refusal(code: number, description: string, parameters?: object) {
  const body = { ok: false, error_code: code, description, ...(parameters && { parameters }) };
  return readAnswer(v.unknown(), answer(code, body));
}

// Codes and words as in docs/platforms/telegram.md, Calls and answers.
test.each([
  [400, 'Bad Request: chat not found', 'gone'],
  [400, "Bad Request: can't parse entities: Unsupported start tag", 'bad-markup'],
  [400, 'Bad Request: BUTTON_URL_INVALID', 'bad-markup'],
  [400, 'Bad Request: message is too long', 'invalid'],
  [400, 'Bad Request: query is too old and response timeout expired', 'invalid'],
  [401, 'Unauthorized', 'unauthorized'],
  [403, 'Forbidden: bot was blocked by the user', 'gone'],
  [403, 'Forbidden: user is deactivated', 'gone'],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'gone'],
  [403, 'Forbidden: bot is not a member of the channel chat', 'gone'],
  [403, 'Forbidden: the group chat was deleted', 'gone'],
  [403, "Forbidden: bot can't initiate conversation with a user", 'gone'],
  [403, 'Forbidden: not enough rights to send text messages to the chat', 'no-rights'],
  [403, 'Forbidden: CHAT_WRITE_FORBIDDEN', 'no-rights'],
  [404, 'Not Found', 'unauthorized'],
  [409, 'Conflict: terminated by other getUpdates request', 'invalid'],
  [500, 'Internal Server Error', 'retry'],
])('%i %j is %s', (code, description, reason) => {
  const mayHaveActed = code >= 500;
  expect(refusal(code, description)).toEqual({
    ok: false,
    reason,
    status: code,
    mayHaveActed,
    detail: description,
  });
});

test('a rate limit says how long to wait, never more than a day', () => {
  const words = 'Too Many Requests: retry after 7';
  expect(refusal(429, words, { retry_after: 7 })).toMatchObject({
    reason: 'wait',
    retryAfterMs: 7000,
  });
  expect(refusal(429, words, { retry_after: 1e9 })).toMatchObject({ retryAfterMs: 3_600_000 });
});

test('a group that was upgraded says its new id', () => {
  const words = 'Bad Request: group chat was upgraded to a supergroup chat';
  expect(refusal(400, words, { migrate_to_chat_id: -1001234567890 })).toMatchObject({
    reason: 'migrated',
    migratedTo: '-1001234567890',
  });
});

test.each([
  [403, '<html>blocked by a proxy</html>', false],
  [404, '', false],
  [502, '<html>bad gateway</html>', true],
  [200, '{"ok":true', true],
])('%i %j is not of Telegram, and worth another try', (status, body, mayHaveActed) => {
  const read = readAnswer(v.unknown(), answer(status, body));
  expect(read).toMatchObject({ ok: false, reason: 'retry', status, mayHaveActed });
});

test('no answer may have been heard all the same', () => {
  expect(readAnswer(v.unknown(), { failed: 'timeout' })).toEqual({
    ok: false,
    reason: 'retry',
    status: null,
    mayHaveActed: true,
    detail: 'No answer: timeout',
  });
});
