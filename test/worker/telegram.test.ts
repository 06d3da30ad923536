import { beforeEach, describe, expect, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import { halfHour } from './repoPollSteps.ts';
import {
  botMessages,
  buttonsOf,
  connectTelegram,
  groupChat,
  press,
  privateChat,
  WEBHOOK,
  write,
} from './telegramSteps.ts';

let harness: Harness;
let hana: number;
let group: number;
beforeEach(async () => {
  harness = await createHarness();
  await connectTelegram(harness);
  hana = privateChat(harness);
  group = groupChat(harness);
});

async function say(text: string, chatId = hana): Promise<string> {
  return (await write(harness, chatId, text))?.text ?? '(silence)';
}

/** A commit is pushed, half an hour passes: what the bot has written to somebody by then. */
async function pushed(message: string): Promise<string[]> {
  harness.world.github.push('hana/garden', 'main', [{ message }]);
  await halfHour(harness);
  return botMessages(harness, hana).map(({ text }) => text);
}

describe('in a private chat', () => {
  test.each([
    ['/start', '안녕하세요, 소식이에요'],
    ['/help', '안녕하세요, 소식이에요'],
    ['도움말', '안녕하세요, 소식이에요'],
    ['고양이', '냐옹~'],
    ['/cat', '냐옹~'],
    ['넷플릭스', '넷플릭스 작품'],
    ['/watch', '어떤 저장소'],
    ['/watch hana/garden', '[garden] 등록 완료!'],
    ['구독 hana/garden dev as 개발', '[개발] 등록 완료!'],
    ['/list', '아직 지켜보는 저장소가 없어요'],
    ['/status', '아직 지켜보는 저장소가 없어요'],
    ['/unwatch', '아직 지켜보는 저장소가 없어요'],
    ['/menu', '11월 23일 월요일 아침'],
    ['메뉴 알림 켜기', '메뉴 알림을 켰어요'],
    ['연결', '카카오로 로그인하면'],
    ['탈퇴', '모두 지울까요'],
    ['/settings', '아직 지켜보는 저장소가 없어요'],
    ['ㅁㄴㅇㄹ', '잘 모르겠어요'],
    ['😀', '잘 모르겠어요'],
  ])('%s is answered', async (text, words) => {
    expect(await say(text)).toContain(words);
    expect(harness.world.telegram.refusals).toEqual([]);
  });

  test('somebody whose app is English is answered in English from the first word on', async () => {
    expect(await say('/start', privateChat(harness, 'en'))).toContain('this is soshik');
  });

  test('every command of the menu is understood', async () => {
    const { commands } = harness.world.telegram;
    const menu = [...commands.values()].flat().map(({ command }) => command);
    expect(menu.length).toBeGreaterThan(10);
    for (const command of new Set(menu)) {
      expect(await say(`/${command}`), command).not.toContain('잘 모르겠어요');
    }
  });

  test('a repository is registered by buttons', async () => {
    const asked = await write(harness, hana, '/start');
    expect(buttonsOf(asked)).toContain('관심 레포 추가');
    expect((await press(harness, hana, '관심 레포 추가'))?.text).toContain('어떤 저장소');
    const branches = await write(harness, hana, 'https://github.com/hana/garden');
    expect(buttonsOf(branches)).toEqual(['main', 'dev', 'feat/roses']);
    const nickname = await press(harness, hana, 'feat/roses');
    expect(buttonsOf(nickname)).toEqual(['건너뛰기']);
    const done = await press(harness, hana, '건너뛰기');
    expect(done?.text).toContain('[garden] 등록 완료!');
    const list = await press(harness, hana, '목록');
    expect(list?.text).toContain('1. garden (hana/garden · feat/roses)');
    const { callbacks } = harness.world.telegram;
    expect(callbacks).toHaveLength(4);
    for (const { answer } of callbacks) expect(answer).not.toBeNull();
  });

  test('the link of a QR code leads through branch and nickname', async () => {
    const { id } = harness.world.github.repository('hana/garden');
    const branches = await write(harness, hana, `/start ${id}`);
    expect(branches?.text).toContain('hana/garden의 어느 브랜치');
    await press(harness, hana, 'dev');
    expect(await say('우리 정원')).toContain('[우리 정원] 등록 완료!');
  });

  test.each(['/start 999999999999', '/start 0', '/start abc', '/start ../../etc'])(
    'a link that leads nowhere (%s) is answered in words',
    async (text) => {
      expect(await say(text)).toMatch(/[요죠][.!?]/);
    },
  );

  test('연결 shows a button to log in with Kakao', async () => {
    const shown = await write(harness, hana, '연결');
    expect(shown?.buttons[0]).toEqual([
      { text: '카카오톡 연결', url: expect.stringContaining('/login/kakao?link=') },
    ]);
  });

  test('탈퇴 and a yes leave nothing of a person but the goodbye', async () => {
    await say('구독 hana/garden');
    await say('탈퇴');
    expect((await press(harness, hana, '네'))?.text).toContain('모두 지웠어요');
    const left = await harness.env.DB.prepare(
      `SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM watches)
            + (SELECT count(*) FROM deliveries WHERE address <> '') AS rows`,
    ).first('rows');
    expect(left).toBe(0);
  });

  test('a photo or a sticker gets the hint', async () => {
    const { telegram } = harness.world;
    const [person] = telegram.people;
    const from = { id: person?.id, is_bot: false, first_name: 'x', language_code: 'ko' };
    const chat = { id: hana, type: 'private' };
    await telegram.say(hana, '/start');
    await telegram.emit('message', { message_id: 9, date: 1_795_316_400, from, chat, sticker: {} });
    await harness.settle();
    expect(botMessages(harness, hana).at(-1)?.text).toContain('글로 말해 주세요');
  });

  test('words full of markup come back as words', async () => {
    harness.world.github.addRepository({ owner: 'hana', name: 'a.b_c-d' });
    const nickname = '<b>굵게</b> & "따옴표" @everyone';
    expect(await say(`구독 hana/a.b_c-d as ${nickname}`)).toContain(`[${nickname}] 등록 완료!`);
    expect(await say('목록')).toContain(`1. ${nickname}`);
    expect(harness.world.telegram.refusals).toEqual([]);
  });
});

describe('in a group', () => {
  const bot = 'soshik_sandbox_bot';

  test('commands are heard, with and without the name of the bot', async () => {
    expect(await say(`/watch@${bot} hana/garden`, group)).toContain('[garden] 등록 완료!');
    expect(await say('/list', group)).toContain('1. garden');
    expect(await say(`@${bot} 목록`, group)).toContain('1. garden');
    expect(await say('목록')).toContain('아직 지켜보는 저장소가 없어요');
  });

  test('what people say among themselves, and to other bots, is passed over', async () => {
    expect(await say('고양이', group)).toBe('(silence)');
    expect(await say('/list@other_bot', group)).toBe('(silence)');
    expect(await say('@other_bot 목록', group)).toBe('(silence)');
  });

  test('a question is answered by a reply to it, or a button', async () => {
    const asked = await write(harness, group, '/watch');
    if (!asked) throw new Error('no question');
    const branches = await write(harness, group, 'hana/garden', { replyTo: asked.id });
    expect(branches?.text).toContain('어느 브랜치');
    expect((await press(harness, group, 'dev'))?.text).toContain('뭐라고 부를까요');
    expect((await press(harness, group, '건너뛰기'))?.text).toContain('등록 완료');
  });

  test('nobody can turn the news of the group to their own KakaoTalk', async () => {
    const answer = await write(harness, group, `@${bot} 연결`);
    expect(answer?.text).toContain('저와 둘이 하는 채팅에서만');
    expect(answer?.buttons.flat().filter(({ url }) => url !== undefined)).toEqual([]);
  });

  test('that becomes a supergroup keeps its watches and gets its news there', async () => {
    const { telegram, github } = harness.world;
    await say(`/watch@${bot} hana/garden`, group);
    const successor = await telegram.migrate(group);
    await harness.settle();
    github.push('hana/garden', 'main', [{ message: 'Moved roses' }]);
    await halfHour(harness);
    expect(botMessages(harness, successor).at(-1)?.text).toContain('Moved roses');
    expect(await say('/list', successor)).toContain('1. garden');
  });

  test('whose becoming a supergroup was told to nobody gets its news there all the same', async () => {
    const { telegram, github } = harness.world;
    await say(`/watch@${bot} hana/garden`, group);
    const successor = await telegram.migrate(group, { isTold: false });
    for (const message of ['First', 'Second']) {
      github.push('hana/garden', 'main', [{ message }]);
      await halfHour(harness);
    }
    const told = botMessages(harness, successor).map(({ text }) => text);
    expect(told.filter((text) => text.includes('First'))).toHaveLength(1);
    expect(told.filter((text) => text.includes('Second'))).toHaveLength(1);
    expect(await say('/list', successor)).toContain('1. garden');
  });

  test('that throws the bot out is told nothing more', async () => {
    const { telegram, github } = harness.world;
    await say(`/watch@${bot} hana/garden`, group);
    await telegram.block(group);
    await harness.settle();
    github.push('hana/garden', 'main', 1);
    await halfHour(harness);
    expect(telegram.refusals).toEqual([]);
    expect(botMessages(harness, group)).toHaveLength(1);
  });
});

describe('somebody who blocks the bot', () => {
  beforeEach(async () => {
    await say('구독 hana/garden');
  });

  test('is sent nothing, not even tried', async () => {
    const { telegram } = harness.world;
    await telegram.block(hana);
    await harness.settle();
    await pushed('Unheard');
    expect(telegram.refusals).toEqual([]);
    const rows = await harness.env.DB.prepare(
      `SELECT count(*) AS count FROM deliveries WHERE notice LIKE '%Unheard%'`,
    ).first('count');
    expect(rows).toBe(0);
  });

  test('without Telegram saying so is tried once, then no more', async () => {
    const { telegram } = harness.world;
    telegram.deactivate(hana);
    await pushed('Once');
    await pushed('Never');
    expect(telegram.refusals).toHaveLength(1);
  });

  test('hears again after /start, of what comes from then on', async () => {
    const { telegram } = harness.world;
    await telegram.block(hana);
    await harness.settle();
    await pushed('Unheard');
    await telegram.unblock(hana);
    expect(await say('/start')).toContain('안녕하세요');
    expect(await say('목록')).toContain('1. garden');
    const told = (await pushed('Heard')).join('\n');
    expect(told).toContain('Heard');
    expect(told).not.toContain('Unheard');
  });

  test('hears again when they let the bot back in, without a word', async () => {
    const { telegram } = harness.world;
    await telegram.block(hana);
    await telegram.unblock(hana);
    await harness.settle();
    expect((await pushed('Heard')).join('\n')).toContain('Heard');
  });
});

describe('an update', () => {
  test('that comes several times is answered once', async () => {
    const { telegram } = harness.world;
    await telegram.say(hana, '고양이', { copies: 4 });
    await harness.settle();
    await telegram.say(hana, '도움말', { copies: 2 });
    await harness.settle();
    expect(botMessages(harness, hana)).toHaveLength(2);
  });

  test('that storage could not take is sent again by Telegram, and answered once', async () => {
    const { telegram } = harness.world;
    const { DB } = harness.env;
    const failing = new Proxy(DB, {
      get: () => () => {
        throw new Error('D1_ERROR: storage is away');
      },
    });
    harness.redeploy({ DB: failing });
    const refused = await telegram.say(hana, '도움말', { isRetried: false });
    expect(refused.map(({ status }) => status)).toEqual([503]);
    harness.redeploy({ DB });
    await telegram.deliver();
    await harness.settle();
    expect(botMessages(harness, hana)).toHaveLength(1);
  });

  test.each([undefined, '', 'fake-other-secret'])(
    'with the secret %j is refused, and nothing of it is kept',
    async (secret) => {
      const body = {
        update_id: 1,
        message: { chat: { id: hana, type: 'private' }, text: '고양이' },
      };
      const response = await harness.fetch(
        new Request(WEBHOOK, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
          },
          body: JSON.stringify(body),
        }),
      );
      expect([response.status, await response.text()]).toEqual([401, '']);
      const kept = await harness.env.DB.prepare('SELECT count(*) AS count FROM inbox').first(
        'count',
      );
      expect([kept, harness.queues.waiting]).toEqual([0, []]);
    },
  );
});
