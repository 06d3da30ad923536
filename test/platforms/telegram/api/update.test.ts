import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeOf } from '../../../../src/platforms/telegram/api/place.ts';
import { readUpdate } from '../../../../src/platforms/telegram/api/update.ts';
import { BOT, botUser, groupMessage, pressed, privateMessage, standing } from './updates.ts';

const read = (body: unknown) => readUpdate(body, BOT);
const GROUP = '-1001234567890';

function inGroup(id: number, more: object): object {
  const message = { message_id: 1, date: 1, chat: { id, type: 'group' }, ...more };
  return { update_id: 9, message };
}

describe('in a private chat', () => {
  test('a message is read with who says it, and in which language', () => {
    expect(read(privateMessage({ text: '구독 octo/hello main' }))).toEqual({
      at: 1_795_000_000_000,
      kind: 'message',
      updateId: '1',
      address: '42',
      text: '구독 octo/hello main',
      language: 'ko',
      callbackId: null,
    });
  });

  test.each([
    ['ko-KR', 'ko'],
    ['en', 'en'],
    ['ja', 'en'],
    ['kok', 'en'],
    [undefined, null],
  ])('an app in %s makes the language %s', (language_code, language) => {
    const update = read(privateMessage({ text: 'x' }, { id: 42, language_code }));
    expect(update).toMatchObject({ language });
  });

  test('a deep link keeps what follows the command', () => {
    expect(read(privateMessage({ text: '/start 1296269' }))).toMatchObject({
      text: '/start 1296269',
    });
  });

  test('a picture is a message too: with its caption, or without words', () => {
    const photo = [{ file_id: 'a', file_unique_id: 'a', width: 1, height: 1 }];
    expect(read(privateMessage({ photo, caption: '목록' }))).toMatchObject({ text: '목록' });
    expect(read(privateMessage({ photo }))).toMatchObject({ text: '' });
  });

  test('an address behind words is read in their place', () => {
    const entities = [
      { type: 'text_link' as const, offset: 3, length: 4, url: 'https://github.com/hana/app' },
    ];
    expect(read(privateMessage({ text: '구독 이 저장소', entities }))).toMatchObject({
      text: expect.stringContaining('https://github.com/hana/app'),
    });
  });

  test('what nobody said is no message', () => {
    expect(read(privateMessage({ pinned_message: {} } as object))).toBeNull();
  });
});

describe('in a group', () => {
  test.each([
    ['/list', '/list'],
    ['/list@soshik_bot', '/list'],
    ['/watch@Soshik_bot octo/hello main', '/watch octo/hello main'],
    ['@soshik_bot 목록', '목록'],
    ['목록 @soshik_bot', '목록'],
  ])('%j is meant for the bot', (text, words) => {
    expect(read(groupMessage(text))).toMatchObject({
      kind: 'message',
      address: GROUP,
      text: words,
    });
  });

  test('so is a reply to what the bot said', () => {
    const reply = groupMessage('main', { reply_to_message: { from: botUser } });
    expect(read(reply)).toMatchObject({ text: 'main' });
  });

  test('and a mention of it by its profile', () => {
    const entities = [{ type: 'text_mention' as const, offset: 0, length: 2, user: botUser }];
    expect(read(groupMessage('소식 목록', { entities }))).toMatchObject({ text: '목록' });
  });

  test.each(['안녕 모두', '/list@other_bot', '@hana 목록', 'see /list', '@soshik_bots 목록'])(
    '%j is not',
    (text) => {
      expect(read(groupMessage(text))).toBeNull();
    },
  );

  test('nor is a reply to a person, nor what the bot says itself', () => {
    expect(read(groupMessage('응', { reply_to_message: { from: { id: 42 } } }))).toBeNull();
    expect(read(groupMessage('/list', { from: botUser }))).toBeNull();
  });

  test('as long as the name of the bot is not known, commands with a name are another’s', () => {
    const nameless = { ...BOT, username: null };
    const named = groupMessage('/list@other_bot');
    expect(readUpdate(named, nameless)).toBeNull();
    expect(readUpdate(groupMessage('/list'), nameless)).toMatchObject({ text: '/list' });
  });

  test('a bare command that means nothing here is another bot’s', () => {
    const bot = { ...BOT, understands: (command: string) => command === 'list' };
    expect(readUpdate(groupMessage('/report'), bot)).toBeNull();
    expect(readUpdate(groupMessage('/list'), bot)).toMatchObject({ text: '/list' });
  });

  test('offsets count UTF-16 units', () => {
    expect(read(groupMessage('👋🏽 @soshik_bot 목록'))).toMatchObject({ text: '👋🏽  목록' });
  });
});

describe('a button', () => {
  test.each([
    ['private', '42'],
    ['group', GROUP],
    ['gone', '42'],
  ] as const)('under a message that is %s says its words in chat %s', (place, address) => {
    expect(read(pressed('상태 1', place))).toEqual({
      kind: 'button',
      updateId: '3',
      address,
      text: '상태 1',
      language: 'ko',
      callbackId: '777',
    });
  });
});

describe('a chat', () => {
  test.each([
    ['kicked', 'private', 'blocked', '42'],
    ['member', 'private', 'unblocked', '42'],
    ['left', 'group', 'blocked', GROUP],
    ['kicked', 'group', 'blocked', GROUP],
    ['administrator', 'group', 'unblocked', GROUP],
  ] as const)('where the bot is %s (%s) is %s', (status, place, kind, address) => {
    expect(read(standing(status, place))).toEqual({
      kind,
      updateId: '4',
      address,
      at: 1_795_000_000_000,
    });
  });

  test.each([
    [{}, 'blocked'],
    [{ is_member: true, can_send_messages: false }, 'blocked'],
    [{ is_member: false, can_send_messages: true }, 'blocked'],
    [{ is_member: true, can_send_messages: true }, 'unblocked'],
  ])('where it is restricted to %j is %s: what counts is whether it may write', (rights, kind) => {
    const update = standing('restricted', 'group', rights);
    expect(read(update)).toMatchObject({ kind, address: GROUP });
  });

  test.each([
    ['administrator', { can_post_messages: true }, 'unblocked'],
    ['administrator', { can_post_messages: false }, 'blocked'],
    ['left', {}, 'blocked'],
  ])('of a channel where it is %s with %j is %s', (status, rights, kind) => {
    const update = standing(status, 'channel', rights);
    expect(read(update)).toMatchObject({ kind, address: '-1009876543210' });
  });

  test('that moved tells so on both sides', () => {
    const moved = { kind: 'migrated', address: '-7', migratedTo: '-1001' };
    expect(read(inGroup(-7, { migrate_to_chat_id: -1001 }))).toMatchObject(moved);
    expect(read(inGroup(-1001, { migrate_from_chat_id: -7 }))).toMatchObject(moved);
  });
});

test.each([
  null,
  undefined,
  'update',
  [],
  {},
  { update_id: 1 },
  { update_id: 'one', message: {} },
  { update_id: 1, message: { text: 'no chat' } },
  { update_id: 1, message: { chat: { id: 2 ** 60, type: 'private' }, text: 'x' } },
  { update_id: 1, poll_answer: {} },
  { update_id: 1, channel_post: { chat: { id: -1, type: 'channel' }, text: 'x' } },
])('%j is nothing to do about', (body) => {
  expect(read(body)).toBeNull();
});

function inTopic(more: object) {
  return read(groupMessage('/list', { message_thread_id: 77, is_topic_message: true, ...more }));
}

describe('a topic of a forum', () => {
  test('is a place of its own', () => {
    expect(inTopic({})).toMatchObject({ address: `${GROUP}#77` });
    expect(placeOf(`${GROUP}#77`)).toEqual({ chatId: GROUP, topic: 77, isChannel: false });
  });

  test.each([{ message_thread_id: 1 }, { is_topic_message: undefined }])(
    'is not General, nor a reply in a group without topics (%j)',
    (more) => {
      expect(inTopic(more)).toMatchObject({ address: GROUP });
    },
  );
});

describe('in a channel', () => {
  const chat = { id: -1009876543210, type: 'channel' as const, title: '정원 소식' };
  const posted = (text: string, length = 0) =>
    read({
      update_id: 7,
      channel_post: {
        message_id: 3,
        date: 1,
        chat,
        sender_chat: chat,
        text,
        ...(length > 0 && { entities: [{ type: 'bot_command', offset: 0, length }] }),
      },
    });

  test('a command is heard, though nobody is named who says it', () => {
    expect(posted('/watch hana/app', 6)).toMatchObject({
      kind: 'message',
      address: '-1009876543210#channel',
      text: '/watch hana/app',
      language: null,
    });
  });

  test('what is written for its readers is not', () => {
    expect(posted('새 글이 올라왔어요')).toBeNull();
  });

  test('a button counts for nothing: every reader could press it', () => {
    const message = { message_id: 3, date: 1, chat };
    const from = { id: 42, is_bot: false, first_name: '하나' };
    const callback_query = { id: '7', from, chat_instance: 'x', data: '해제 1', message };
    expect(read({ update_id: 8, callback_query })).toBeNull();
  });

  test('what goes on to the group for its comments is not heard there again', () => {
    expect(read(groupMessage('/list', { is_automatic_forward: true }))).toBeNull();
  });
});

test('the words of a button that is too small for them are those that stand on it', () => {
  const words = `feature/${'긴-브랜치-'.repeat(9)}`;
  const inline_keyboard = [[{ text: words, callback_data: '#3' }]];
  const update = pressed('#3', 'private', { reply_markup: { inline_keyboard } });
  expect(read(update)).toMatchObject({ kind: 'button', text: words });
});

test('what is said to the account of a business is not said to the bot', () => {
  expect(read(privateMessage({ text: '/list', business_connection_id: 'x' }))).toBeNull();
});

test('an address behind words under a picture is read in their place', () => {
  const caption_entities = [
    { type: 'text_link' as const, offset: 3, length: 4, url: 'https://github.com/hana/app' },
  ];
  expect(read(privateMessage({ caption: '구독 여기요!', caption_entities }))).toMatchObject({
    text: expect.stringContaining('https://github.com/hana/app'),
  });
});

test('no update, however strange, throws', () => {
  const entity = fc.record({
    type: fc.constantFrom('bot_command', 'mention', 'text_mention', 'moon'),
    offset: fc.oneof(fc.integer(), fc.double()),
    length: fc.oneof(fc.integer(), fc.double()),
    user: fc.constantFrom(undefined, botUser, {}),
  });
  const message = fc.record(
    {
      chat: fc.record({
        id: fc.integer(),
        type: fc.constantFrom('private', 'group', 'supergroup', 'channel', 'moon'),
      }),
      text: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('/list@x', '@soshik_bot')),
      entities: fc.oneof(fc.array(entity), fc.jsonValue()),
      from: fc.constantFrom(undefined, botUser, { id: 'x' }),
      reply_to_message: fc.jsonValue(),
    },
    { requiredKeys: ['chat'] },
  );
  const update = fc.oneof(
    fc.record({ update_id: fc.nat(), message }),
    fc.record({ update_id: fc.nat(), callback_query: fc.jsonValue() }),
    fc.record({ update_id: fc.nat(), my_chat_member: fc.jsonValue() }),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(update, (body) => {
      const found = read(body);
      if (found !== null) expect(placeOf(found.address)).not.toBeNull();
    }),
    { numRuns: 10_000 },
  );
});
