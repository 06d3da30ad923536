import { beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Message } from '../../../src/bot/outbox/channel.ts';
import { createTelegramClient } from '../../../src/platforms/telegram/api/client.ts';
import { createTelegramChannel } from '../../../src/platforms/telegram/channel.ts';
import { reply } from '../../bot/notice/news.ts';

const TOKEN = '700000001:fake-telegram-token';

let sent: Record<string, unknown>[];
let moved: string[];
let answers: object[];
let channel: Channel;

/** Answers in turn; once there is none left, messages arrive. */
async function telegram(request: Request): Promise<Response> {
  sent.push(await request.json<Record<string, unknown>>());
  const answer = answers.shift();
  if (answer === undefined) return Response.json({ ok: true, result: { message_id: sent.length } });
  return 'error_code' in answer
    ? Response.json({ ok: false, ...answer }, { status: Number(answer.error_code) })
    : Response.json(answer, { status: 502 });
}

beforeEach(() => {
  sent = [];
  moved = [];
  answers = [];
  channel = createTelegramChannel({
    client: createTelegramClient({
      runtime: { fetch: telegram },
      apiUrl: 'https://telegram.example',
      token: TOKEN,
    }),
    timeZone: 'Asia/Seoul',
    onMigrated: async (from, to) => {
      moved.push(`${from} ${to}`);
    },
  });
});

function message(more: Partial<Message> = {}): Message {
  return {
    id: 'fake-message',
    account: '',
    address: '42',
    notice: reply({ suggestions: ['목록'] }),
    uncertain: false,
    ...more,
  };
}

test('a message is sent to its chat, with its buttons', async () => {
  expect(await channel.send(message())).toEqual({ kind: 'sent', externalId: '1', note: null });
  expect(sent).toEqual([
    {
      chat_id: 42,
      text: '안녕하세요',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: [[{ text: '목록', callback_data: '목록' }]] },
    },
  ]);
});

test.each([
  [{ error_code: 403, description: 'Forbidden: bot was blocked by the user' }, 'gone'],
  [{ error_code: 400, description: 'Bad Request: chat not found' }, 'gone'],
  [{ error_code: 401, description: 'Unauthorized' }, 'sender'],
  [{ error_code: 400, description: 'Bad Request: group is deactivated' }, 'gone'],
  [
    { error_code: 400, description: 'Bad Request: not enough rights to send text messages' },
    'wait',
  ],
  [{ error_code: 400, description: 'Bad Request: CHAT_WRITE_FORBIDDEN' }, 'wait'],
  [{ error_code: 400, description: 'Bad Request: message text is empty' }, 'refused'],
  [{ error_code: 500, description: 'Internal Server Error' }, 'retry'],
  [{}, 'retry'],
])('after %j the delivery is %s', async (answer, kind) => {
  answers.push(answer);
  expect(await channel.send(message())).toMatchObject({ kind });
});

test('too many messages to one chat make that chat wait, and no other', async () => {
  answers.push({
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  });
  expect(await channel.send(message())).toEqual({
    kind: 'wait',
    scope: 'address',
    afterMs: 7000,
    note: 'wait 429',
  });
  expect(await channel.send(message({ address: '43' }))).toMatchObject({ kind: 'sent' });
});

describe('a group that became a supergroup', () => {
  const upgraded = {
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: -1001 },
  };

  test('gets the message at its new id, which is told once that is recorded', async () => {
    answers.push(upgraded);
    const outcome = await channel.send(message({ address: '-7' }));
    expect(outcome).toMatchObject({ kind: 'sent', externalId: '2' });
    expect(sent.map(({ chat_id }) => chat_id)).toEqual([-7, -1001]);
    expect(moved).toEqual([]);
    await outcome.afterwards?.();
    expect(moved).toEqual(['-7 -1001']);
  });

  test('is known by its new id even when the message has to wait', async () => {
    answers.push(upgraded, { error_code: 500, description: 'Internal Server Error' });
    const outcome = await channel.send(message({ address: '-7' }));
    expect(outcome.kind).toBe('retry');
    await outcome.afterwards?.();
    expect(moved).toEqual(['-7 -1001']);
  });
});

describe('markup that Telegram does not take', () => {
  const unreadable = { error_code: 400, description: "Bad Request: can't parse entities: x" };

  test('is left away, once', async () => {
    answers.push(unreadable);
    expect(await channel.send(message())).toMatchObject({ kind: 'sent', note: 'markup-refused' });
    expect(sent[1]).toEqual({
      chat_id: 42,
      text: '안녕하세요',
      link_preview_options: { is_disabled: true },
    });
  });

  test('and plain text that it does not take either is refused', async () => {
    answers.push(unreadable, unreadable);
    expect(await channel.send(message())).toMatchObject({ kind: 'refused' });
    expect(sent).toHaveLength(2);
  });
});
