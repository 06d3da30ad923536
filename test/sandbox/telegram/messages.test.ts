import { describe, expect, test } from 'vitest';
import { setUp } from './client.ts';

describe('sendMessage', () => {
  test('puts a text with its buttons into the chat', async () => {
    const { call, telegram, korean } = setUp();
    const told = await call('sendMessage', {
      chat_id: String(korean),
      text: '<b>새 커밋</b> &lt;main&gt; <a href="https://example.com/?a=1&amp;b=2">보기</a>',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      disable_notification: true,
      reply_markup: {
        inline_keyboard: [
          [{ text: '열기', url: 'https://example.com' }],
          [{ text: '목록', callback_data: '목록' }],
        ],
      },
    });
    expect(told).toMatchObject({
      status: 200,
      ok: true,
      result: { message_id: 1, date: 1_795_316_400, chat: { id: korean, type: 'private' } },
    });
    expect(telegram.messages(korean)).toMatchObject([
      {
        from: 'bot',
        text: '새 커밋 <main> 보기',
        html: '<b>새 커밋</b> &lt;main&gt; <a href="https://example.com/?a=1&amp;b=2">보기</a>',
        buttons: [[{ text: '열기', url: 'https://example.com' }], [{ text: '목록', data: '목록' }]],
        isSilent: true,
      },
    ]);
  });

  test.each([
    ['<b>open', /can't parse entities: Can't find end tag corresponding to start tag "b"/],
    ['a<br>b', /can't parse entities: Unsupported start tag "br" at byte offset 1/],
    ['가 < 나', /can't parse entities: Unsupported start tag ""/],
    ['<b><i>x</b></i>', /Unmatched end tag at byte offset 7, expected "<\/i>", found "<\/b>"/],
    ['x</b>', /Unexpected end tag at byte offset 1/],
    ['<span>x</span>', /must have class/],
    ['<b> </b>', /message text is empty/],
    ['가'.repeat(4097), /message is too long/],
  ])('%.20s is refused', async (text, words) => {
    const { call, telegram, korean } = setUp();
    const told = await call('sendMessage', { chat_id: korean, text, parse_mode: 'HTML' });
    expect(told).toMatchObject({
      status: 400,
      error_code: 400,
      description: expect.stringMatching(words),
    });
    expect(telegram.messages(korean)).toEqual([]);
    expect(telegram.refusals).toMatchObject([{ method: 'sendMessage', code: 400 }]);
  });

  test('only what is read counts to the 4096, and a script never becomes HTML', async () => {
    const { call, telegram, korean } = setUp();
    const text = `<b>${'&lt;'.repeat(4096)}</b>`;
    expect(await call('sendMessage', { chat_id: korean, text, parse_mode: 'HTML' })).toMatchObject({
      ok: true,
    });
    await call('sendMessage', { chat_id: korean, text: '<script>x</script>' });
    const link =
      '<a href="javascript:alert(1)">x</a> &nbsp; <a href="https://a.example/&quot;">y</a>';
    await call('sendMessage', { chat_id: korean, text: link, parse_mode: 'HTML' });
    expect(
      telegram
        .messages(korean)
        .slice(1)
        .map(({ html }) => html),
    ).toEqual([
      '&lt;script&gt;x&lt;/script&gt;',
      '<a>x</a> &amp;nbsp; <a href="https://a.example/&quot;">y</a>',
    ]);
  });

  test.each([
    [{ text: 'x' }, /Text buttons are unallowed/],
    [{ text: 'x', callback_data: '' }, /BUTTON_DATA_INVALID/],
    [{ text: 'x', callback_data: '가'.repeat(22) }, /BUTTON_DATA_INVALID/],
    [{ text: 'x', callback_data: 'x', url: 'https://example.com' }, /one action/],
    [{ text: 'x', url: 'javascript:alert(1)' }, /is invalid/],
    [{ text: '', callback_data: 'x' }, /BUTTON_TEXT_INVALID/],
  ])('the button %j is refused', async (button, words) => {
    const { call, korean } = setUp();
    const markup = { inline_keyboard: [[button]] };
    const told = await call('sendMessage', { chat_id: korean, text: 'x', reply_markup: markup });
    expect(told).toMatchObject({ status: 400, description: expect.stringMatching(words) });
  });

  test('a parameter Telegram does not know is refused', async () => {
    const { call, korean } = setUp();
    const told = await call('sendMessage', { chat_id: korean, text: 'x', silent: true });
    expect(told).toMatchObject({ status: 400, description: expect.stringMatching(/silent/) });
  });
});

describe('who cannot be reached', () => {
  test('an unknown chat, a stranger, a blocker, somebody who left', async () => {
    const { call, telegram, korean, english, group } = setUp();
    const stranger = telegram.addPerson({ name: 'New', language: 'en', hasStarted: false });
    await telegram.block(korean);
    await telegram.block(group);
    telegram.deactivate(english);
    const told = async (chat_id: number | string) =>
      await call('sendMessage', { chat_id, text: 'x' });
    expect(await told(1)).toMatchObject({
      status: 400,
      description: expect.stringMatching(/chat not found/),
    });
    expect(await told('@nobody')).toMatchObject({
      status: 400,
      description: expect.stringMatching(/chat not found/),
    });
    expect(await told(stranger.id)).toMatchObject({
      status: 403,
      description: expect.stringMatching(/can't initiate/),
    });
    expect(await told(korean)).toMatchObject({
      status: 403,
      description: expect.stringMatching(/blocked by the user/),
    });
    expect(await told(group)).toMatchObject({
      status: 403,
      description: expect.stringMatching(/kicked from the group/),
    });
    expect(await told(english)).toMatchObject({
      status: 403,
      description: expect.stringMatching(/user is deactivated/),
    });
    await telegram.unblock(korean);
    await telegram.say(stranger.id, '/start');
    expect(await told(korean)).toMatchObject({ ok: true });
    expect(await told(stranger.id)).toMatchObject({ ok: true });
  });

  test('a group that became a supergroup tells its new id', async () => {
    const { call, telegram, group } = setUp();
    const id = await telegram.migrate(group);
    expect(await call('sendMessage', { chat_id: group, text: 'x' })).toMatchObject({
      status: 400,
      description: expect.stringMatching(/upgraded to a supergroup/),
      parameters: { migrate_to_chat_id: id },
    });
    expect(await call('sendMessage', { chat_id: id, text: 'x' })).toMatchObject({ ok: true });
  });

  test('a wrong token is 401, one of no form and an unknown method 404', async () => {
    const { call } = setUp();
    expect(await call('getMe', {}, '1:wrong')).toMatchObject({ status: 401 });
    expect(await call('getMe', {}, 'wrong')).toMatchObject({ status: 404 });
    expect(await call('sendPigeon')).toMatchObject({ status: 404, description: 'Not Found' });
  });
});

describe('limits', () => {
  test('a chat takes a short burst, then one message a second', async () => {
    const { call, korean, english, clock } = setUp();
    const send = async (chat_id: number) => await call('sendMessage', { chat_id, text: 'x' });
    for (let count = 0; count < 5; count += 1)
      expect(await send(korean)).toMatchObject({ ok: true });
    expect(await send(korean)).toMatchObject({ status: 429, parameters: { retry_after: 1 } });
    expect(await send(english)).toMatchObject({ ok: true });
    clock.advance(1000);
    expect(await send(korean)).toMatchObject({ ok: true });
    expect(await send(korean)).toMatchObject({ status: 429 });
  });

  test('the bot says 30 things a second in all, and a group hears 20 a minute', async () => {
    const { call, telegram, group, clock } = setUp();
    for (let count = 0; count < 30; count += 1) {
      const { id } = telegram.addPerson({ name: `${count}`, language: 'ko' });
      expect(await call('sendMessage', { chat_id: id, text: 'x' })).toMatchObject({ ok: true });
    }
    expect(await call('sendMessage', { chat_id: group, text: 'x' })).toMatchObject({ status: 429 });
    telegram.limits.chatBurst = 100;
    clock.advance(1000);
    for (let count = 0; count < 20; count += 1)
      await call('sendMessage', { chat_id: group, text: 'x' });
    expect(telegram.messages(group)).toHaveLength(20);
    const told = await call('sendMessage', { chat_id: group, text: 'x' });
    expect(told).toMatchObject({ parameters: { retry_after: 3 } });
  });
});

describe('editMessageText', () => {
  test('changes a message of the bot, and only that', async () => {
    const { call, telegram, korean } = setUp();
    await call('sendMessage', { chat_id: korean, text: 'old' });
    await telegram.say(korean, 'mine');
    const edit = async (message_id: number, text: string) =>
      await call('editMessageText', { chat_id: korean, message_id, text });
    expect(await edit(1, 'new')).toMatchObject({ result: { text: 'new', message_id: 1 } });
    expect(await edit(1, 'new')).toMatchObject({
      description: expect.stringMatching(/message is not modified/),
    });
    expect(await edit(2, 'x')).toMatchObject({
      description: expect.stringMatching(/can't be edited/),
    });
    expect(await edit(9, 'x')).toMatchObject({ description: expect.stringMatching(/not found/) });
    expect(telegram.messages(korean)).toMatchObject([
      { text: 'new', isEdited: true },
      { text: 'mine' },
    ]);
  });
});
