import { describe, expect, test } from 'vitest';
import { listening, secret, setUp, webhookUrl } from './client.ts';

describe('setWebhook', () => {
  test.each([
    [{ url: 'http://soshik.example/' }, /HTTPS URL must be provided/],
    [{ url: 'https://soshik.example:9000/' }, /ports 80, 88, 443 or 8443/],
    [{ url: 'nothing' }, /invalid webhook URL/],
    [{ url: webhookUrl, secret_token: 'no spaces' }, /secret token contains unallowed characters/],
    [{ url: webhookUrl, max_connections: 101 }, /max_connections/],
  ])('%j is refused', async (parameters, words) => {
    const told = await setUp().call('setWebhook', parameters);
    expect(told).toMatchObject({ status: 400, description: expect.stringMatching(words) });
  });

  test('is told back by getWebhookInfo, and taken away by deleteWebhook', async () => {
    const { call } = setUp();
    const allowed_updates = ['message', 'callback_query'];
    const wanted = { url: webhookUrl, secret_token: secret, allowed_updates, max_connections: 10 };
    expect(await call('setWebhook', wanted)).toMatchObject({ ok: true, result: true });
    expect(await call('getWebhookInfo')).toMatchObject({
      result: { url: webhookUrl, allowed_updates, max_connections: 10, pending_update_count: 0 },
    });
    // What is not named stays as it was.
    await call('setWebhook', { url: 'http://localhost:8787/webhook/telegram' });
    expect(await call('getWebhookInfo')).toMatchObject({ result: { allowed_updates } });
    await call('deleteWebhook');
    expect(await call('getWebhookInfo')).toMatchObject({ result: { url: '' } });
  });

  test('what was said before it waits, unless it is dropped', async () => {
    const setup = setUp();
    const { call, telegram, korean } = setup;
    await telegram.say(korean, 'early');
    expect(telegram.pendingUpdates()).toBe(1);
    const got: unknown[] = [];
    telegram.reachBy(async (request) => {
      got.push(await request.json());
      return new Response();
    });
    await call('setWebhook', { url: webhookUrl });
    await telegram.settled();
    expect(got).toMatchObject([{ message: { text: 'early' } }]);
    await call('deleteWebhook');
    await telegram.say(korean, 'late');
    await call('setWebhook', { url: webhookUrl, drop_pending_updates: true });
    await telegram.settled();
    expect(got).toHaveLength(1);
  });
});

describe('updates', () => {
  test('bring a message with its command, its language and the secret', async () => {
    const setup = setUp();
    const got = listening(setup);
    await setup.telegram.say(setup.korean, '/start 12345');
    expect(got).toMatchObject([
      {
        secret,
        update: {
          message: {
            text: '/start 12345',
            chat: { id: setup.korean, type: 'private' },
            from: { id: setup.korean, is_bot: false, language_code: 'ko' },
            entities: [{ type: 'bot_command', offset: 0, length: 6 }],
          },
        },
      },
    ]);
  });

  test('of a group tell who spoke, mentions, and what was replied to', async () => {
    const setup = setUp();
    const { telegram, call, group, english } = setup;
    const got = listening(setup);
    await call('sendMessage', { chat_id: group, text: 'hello' });
    const text = `안녕 @${telegram.bot.username} /list@${telegram.bot.username}`;
    await telegram.say(group, text, { from: english, replyTo: 1 });
    expect(got).toMatchObject([
      {
        update: {
          message: {
            chat: { id: group, type: 'group', title: '정원 모임' },
            from: { id: english, language_code: 'en' },
            entities: [
              { type: 'mention', offset: 3 },
              { type: 'bot_command', length: 6 + telegram.bot.username.length },
            ],
            reply_to_message: { text: 'hello', from: { is_bot: true, id: telegram.bot.id } },
          },
        },
      },
    ]);
  });

  test('a press brings the data once, and is answered once', async () => {
    const setup = setUp();
    const { telegram, call, korean, clock } = setup;
    const got = listening(setup);
    const inline_keyboard = [[{ text: '해제', callback_data: '해제 1' }]];
    await call('sendMessage', { chat_id: korean, text: 'x', reply_markup: { inline_keyboard } });
    await telegram.press(korean, '해제');
    await telegram.press(korean, '해제');
    const [first, second] = telegram.callbacks;
    expect(got[0]?.update).toMatchObject({
      callback_query: { id: first?.id, data: '해제 1', message: { chat: { id: korean } } },
    });
    const answer = async (id = '') => await call('answerCallbackQuery', { callback_query_id: id });
    expect(await answer(first?.id)).toMatchObject({ ok: true });
    expect(telegram.callbacks.map(({ answer: told }) => told)).toEqual([
      { text: '', isAlert: false },
      null,
    ]);
    expect(await answer(first?.id)).toMatchObject({
      description: expect.stringMatching(/query is too old/),
    });
    clock.advance(60_001);
    expect(await answer(second?.id)).toMatchObject({
      description: expect.stringMatching(/query is too old/),
    });
    await expect(telegram.press(korean, '없음')).rejects.toThrow(/no button/);
  });

  test('blocking, letting in again and migration are told', async () => {
    const setup = setUp();
    const { telegram, korean, group } = setup;
    const got = listening(setup);
    await telegram.block(korean);
    await telegram.unblock(korean);
    const id = await telegram.migrate(group);
    expect(got.map(({ update }) => update)).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'kicked' }, chat: { type: 'private' } } },
      { my_chat_member: { new_chat_member: { status: 'member' } } },
      { message: { chat: { id: group }, migrate_to_chat_id: id } },
      { message: { chat: { id }, migrate_from_chat_id: group } },
    ]);
    await telegram.say(id, '계속');
    expect(got[4]?.update).toMatchObject({ message: { chat: { id, type: 'supergroup' } } });
  });

  test('kinds that are not asked for do not come', async () => {
    const setup = setUp();
    const got = listening(setup);
    await setup.telegram.emit('message_reaction', { chat: { id: setup.korean } });
    await setup.call('setWebhook', { url: webhookUrl, allowed_updates: ['message'] });
    await setup.telegram.block(setup.korean);
    expect(got).toEqual([]);
  });
});

describe('delivery', () => {
  test('is repeated after a failure, and holds up what comes later', async () => {
    const setup = setUp();
    const { telegram, call, korean } = setup;
    const got = listening(setup, [500, 503, 200]);
    const answers = await telegram.say(korean, 'one');
    expect(answers.map(({ status }) => status)).toEqual([500, 503, 200]);

    listening(setup, [500]);
    await telegram.say(korean, 'two', { isRetried: false });
    expect(await call('getWebhookInfo')).toMatchObject({
      result: {
        pending_update_count: 1,
        last_error_message: expect.stringMatching(/Wrong response.*500/),
      },
    });
    const later = listening(setup);
    await telegram.say(korean, 'three');
    const ids = later.map(({ update }) => Object(update).update_id);
    expect(later).toMatchObject([
      { update: { message: { text: 'two' } } },
      { update: { message: { text: 'three' } } },
    ]);
    expect(ids[1]).toBe(ids[0] + 1);
    expect(got).toHaveLength(3);
  });

  test('brings the same update twice when told', async () => {
    const setup = setUp();
    const got = listening(setup);
    await setup.telegram.say(setup.korean, 'again', { copies: 2 });
    expect(got).toHaveLength(2);
    expect(got[0]).toEqual(got[1]);
  });

  test('a method in the answer is carried out; when it fails nobody hears of it', async () => {
    const setup = setUp();
    const { telegram, korean } = setup;
    listening(setup, [], { method: 'sendMessage', chat_id: korean, text: '도움말' });
    await telegram.say(korean, '/help');
    expect(telegram.messages(korean)).toMatchObject([{ from: 'person' }, { text: '도움말' }]);
    listening(setup, [], { method: 'sendMessage', chat_id: 1, text: 'x' });
    const [answer] = await telegram.say(korean, '/help');
    expect(answer?.status).toBe(200);
    expect(telegram.refusals).toMatchObject([
      { description: expect.stringMatching(/chat not found/) },
    ]);
  });
});

describe('the bot itself', () => {
  test('getMe and its menus of commands', async () => {
    const { call, telegram } = setUp();
    expect(await call('getMe')).toMatchObject({
      result: { id: 700_000_001, is_bot: true, username: telegram.bot.username },
    });
    const commands = [{ command: 'help', description: '도움말' }];
    await call('setMyCommands', { commands, language_code: 'ko' });
    expect(telegram.commands.get('ko')).toEqual(commands);
    const told = await call('setMyCommands', {
      commands: [{ command: 'Help!', description: 'x' }],
    });
    expect(told).toMatchObject({
      status: 400,
      description: expect.stringMatching(/BOT_COMMAND_INVALID/),
    });
  });
});
