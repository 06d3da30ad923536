import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/time.ts';
import type { SayOptions } from '../sandbox/telegram/telegram-sandbox.ts';
import type { Message } from '../sandbox/telegram/types.ts';
import { createHarness, type Harness } from './harness.ts';
import {
  botMessages,
  buttonsOf,
  connectTelegram,
  groupChat,
  press,
  privateChat,
  write,
} from './telegramSteps.ts';

const SLOT_MS = HOUR_MS / 2;
const BOT = 'soshik_sandbox_bot';

let harness: Harness;
let hana: number;
beforeEach(async () => {
  harness = await createHarness();
  await connectTelegram(harness);
  hana = privateChat(harness);
});

const telegram = () => harness.world.telegram;

async function say(chatId: number, text: string, options: SayOptions = {}): Promise<string> {
  return (await write(harness, chatId, text, options))?.text ?? '(silence)';
}

/** A commit is pushed and half an hour passes: what the bot has written in a chat meanwhile. */
async function pushed(chatId: number, message: string): Promise<Message[]> {
  const before = botMessages(harness, chatId).length;
  harness.world.github.push('hana/garden', 'main', [{ message }]);
  await halfAnHour();
  return botMessages(harness, chatId).slice(before);
}

/** What is queued for now is done. */
function soon(): Promise<void> {
  return harness.settle(harness.world.clock.now() + SECOND_MS);
}

/** Half an hour and no more passes, whatever waits for longer. */
async function halfAnHour(): Promise<void> {
  const slot = (Math.floor(harness.world.clock.now() / SLOT_MS) + 1) * SLOT_MS;
  await harness.cron(slot);
  await harness.settle(slot + SLOT_MS - 1);
}

describe('W-15: topics of a forum', () => {
  let forum: number;
  beforeEach(() => {
    forum = telegram().addForum('정원 포럼').id;
  });

  test('answers and alarms go to the topic in which they were asked for', async () => {
    const answer = await write(harness, forum, '/watch hana/garden', { topic: 77 });
    expect([answer?.topic, answer?.text]).toEqual([
      77,
      expect.stringContaining('[garden] 등록 완료!'),
    ]);
    const told = await pushed(forum, 'Plant roses');
    expect(told.map(({ topic }) => topic)).toEqual([77]);
    expect(told[0]?.text).toContain('Plant roses');
  });

  test('each topic, and General, has a list of its own', async () => {
    await say(forum, '/watch hana/garden as 일흔일곱', { topic: 77 });
    await say(forum, '/watch hana/garden dev as 여든여덟', { topic: 88 });
    expect(await say(forum, '/list', { topic: 77 })).toMatch(/1\. 일흔일곱/);
    expect(await say(forum, '/list', { topic: 77 })).not.toContain('여든여덟');
    expect(await say(forum, '/list', { topic: 88 })).toContain('여든여덟');
    expect(await say(forum, '/list')).toContain('아직 지켜보는 저장소가 없어요');
  });

  test('General is answered without an id, which Telegram would refuse', async () => {
    const answer = await write(harness, forum, '/watch hana/garden', { topic: 1 });
    expect(answer?.topic).toBeNull();
    expect((await pushed(forum, 'Plant roses'))[0]?.topic).toBeNull();
    expect(telegram().refusals).toEqual([]);
  });

  test('a button in a topic is answered there', async () => {
    await write(harness, forum, '/watch hana/garden', { topic: 77 });
    await write(harness, forum, '/list', { topic: 77 });
    const answer = await press(harness, forum, '상태 1');
    expect([answer?.topic, answer?.text]).toEqual([77, expect.stringContaining('[garden]')]);
  });

  test('throwing the bot out of the group ends all of its topics', async () => {
    await say(forum, '/watch hana/garden', { topic: 77 });
    await say(forum, '/watch hana/garden', { topic: 88 });
    await telegram().block(forum);
    await soon();
    expect(await pushed(forum, 'Unheard')).toEqual([]);
    expect(telegram().refusals).toEqual([]);
    await telegram().unblock(forum);
    await soon();
    const heard = await pushed(forum, 'Heard');
    expect(new Set(heard.map(({ topic }) => topic))).toEqual(new Set([77, 88]));
  });

  test('a topic that was deleted is left alone, and the others are told', async () => {
    await say(forum, '/watch hana/garden', { topic: 77 });
    await say(forum, '/watch hana/garden', { topic: 88 });
    telegram()
      .chats.find(({ id }) => id === forum)
      ?.deletedTopics.add(77);
    for (const message of ['One', 'Two', 'Three']) {
      expect((await pushed(forum, message)).map(({ topic }) => topic)).toEqual([88]);
    }
    expect(telegram().refusals).toHaveLength(1);
  });
});

describe('a channel', () => {
  let channel: number;
  beforeEach(() => {
    channel = telegram().addChannel('garden_news', [hana]).id;
  });

  test('is told what a post in it asks for, without buttons that its readers could press', async () => {
    const answer = await write(harness, channel, '/watch hana/garden');
    expect(answer?.text).toContain('[garden] 등록 완료!');
    const words = (answer?.buttons ?? []).flat().filter(({ data }) => data !== undefined);
    expect(words).toEqual([]);
    const [told] = await pushed(channel, 'Plant roses');
    expect(told?.text).toContain('Plant roses');
    expect(await say(channel, `/unwatch@${BOT} 1`)).toContain('알림을 해제했어요');
  });

  test('is not answered what is written for its readers', async () => {
    expect(await say(channel, '목록')).toBe('(silence)');
    expect(await say(channel, 'hana/garden 새 소식!')).toBe('(silence)');
  });

  test('is set up from a private chat by one of its admins', async () => {
    expect(await say(hana, '구독 hana/garden @garden_news')).toMatch(
      /@garden_news\n\[garden\] 등록 완료!/,
    );
    expect((await pushed(channel, 'Plant roses'))[0]?.text).toContain('Plant roses');
    expect(await say(hana, '목록')).toContain('아직 지켜보는 저장소가 없어요');
    const list = await write(harness, hana, '@garden_news 목록');
    expect(list?.text).toContain('1. garden');
    expect(buttonsOf(list)).toContain('@garden_news 상태 1');
    expect(await say(hana, '@garden_news에서 해제 1')).toContain('알림을 해제했어요');
    expect(await pushed(channel, 'Unheard')).toEqual([]);
  });

  test('keeps its own language, whatever its admins read', async () => {
    const sam = privateChat(harness, 'en');
    const { id } = telegram().addChannel('hana_news', [hana, sam]);
    await say(id, '/watch hana/garden');
    expect(await say(sam, '@hana_news list')).toContain('1. garden');
    expect((await pushed(id, 'Plant roses'))[0]?.text).toContain('새 커밋 1개');
  });

  test('is not set up by somebody who is no admin of it, nor where the bot is none', async () => {
    const sam = privateChat(harness, 'en');
    expect(await say(sam, 'watch hana/garden @garden_news')).toContain('Only admins');
    expect(await say(sam, 'watch hana/garden in @no_such_channel')).toContain('make me an admin');
    await telegram().block(channel);
    await soon();
    expect(await say(hana, '구독 hana/garden @garden_news')).toContain('관리자로 저를 먼저 추가');
    expect(await say(hana, '목록')).toContain('아직 지켜보는 저장소가 없어요');
  });

  test('in which the bot may not post any more is left alone until it may', async () => {
    await say(channel, '/watch hana/garden');
    await telegram().restrict(channel);
    await soon();
    expect(await pushed(channel, 'Unheard')).toEqual([]);
    expect(telegram().refusals).toEqual([]);
    await telegram().allow(channel);
    await soon();
    expect((await pushed(channel, 'Heard'))[0]?.text).toContain('Heard');
  });
});

describe('W-17: a group in which the bot may not write', () => {
  let group: number;
  beforeEach(async () => {
    group = groupChat(harness);
    await say(group, `/watch@${BOT} hana/garden`);
  });

  test('is left alone as soon as Telegram says so, and told again when it may', async () => {
    await telegram().restrict(group);
    await soon();
    expect(await pushed(group, 'Unheard')).toEqual([]);
    expect(telegram().refusals).toEqual([]);
    await telegram().allow(group);
    await soon();
    expect((await pushed(group, 'Heard'))[0]?.text).toContain('Heard');
  });

  test('is tried every two hours for a day, then not at all, and hears when it may again', async () => {
    await telegram().restrict(group, { isTold: false });
    for (const message of ['One', 'Two', 'Three']) await pushed(group, message);
    expect(telegram().refusals).toHaveLength(1);
    for (let slots = 0; slots < 60; slots++) await halfAnHour();
    const tried = telegram().refusals.length;
    expect(tried).toBeGreaterThanOrEqual(10);
    expect(tried).toBeLessThanOrEqual(14);
    await pushed(group, 'Nobody hears');
    expect(telegram().refusals).toHaveLength(tried);
    await telegram().allow(group);
    await soon();
    expect((await pushed(group, 'Heard'))[0]?.text).toContain('Heard');
  }, 120_000);

  test('of which there are many keeps nobody else waiting', async () => {
    const groups = [group, ...[1, 2, 3].map((n) => telegram().addGroup(`모임 ${n}`).id)];
    for (const id of groups) await say(id, `/watch@${BOT} hana/garden`);
    await say(hana, '구독 hana/garden');
    for (const id of groups) await telegram().restrict(id, { isTold: false });
    await pushed(hana, 'One');
    expect((await pushed(hana, 'Two')).map(({ text }) => text).join()).toContain('Two');
  });
});

test('W-14: topics of one forum that has to wait keep nobody else waiting', async () => {
  const forum = telegram().addForum('정원 포럼');
  for (const topic of [5, 6, 7, 8]) await say(forum.id, '/watch hana/garden', { topic });
  await say(hana, '구독 hana/garden');
  forum.slowUntil = harness.world.clock.now() + 3 * HOUR_MS;
  expect((await pushed(hana, 'One')).map(({ text }) => text).join()).toContain('One');
  harness.world.clock.advance(MINUTE_MS);
  expect((await pushed(hana, 'Two')).map(({ text }) => text).join()).toContain('Two');
  expect(botMessages(harness, forum.id)).toHaveLength(4);
});

test.each(['/report', '/ban spam', '/warn', '/stats', '/rules', '/mute bob', '/x@other_bot'])(
  'W-18: %s in a group is another bot’s',
  async (text) => {
    expect(await say(groupChat(harness), text)).toBe('(silence)');
  },
);

test('W-18: commands for others are passed over while the name of the bot is not known', async () => {
  const group = groupChat(harness);
  await harness.env.DB.prepare(`DELETE FROM settings WHERE key = 'telegram-bot'`).run();
  for (const text of ['/x@other_bot', '/list@other_bot', '/report', '@other_bot 목록']) {
    expect(await say(group, text), text).toBe('(silence)');
  }
});

test.each(['/start welcome', '/start ref_abc', `/start@${BOT} true`, '/start'])(
  'W-19: %s is welcomed, in the language of the app',
  async (text) => {
    expect(await say(hana, text)).toContain('안녕하세요, 소식이에요');
  },
);

test('W-20: an address that hides behind words is read', async () => {
  const hidden = { '이 저장소': 'https://github.com/hana/garden' };
  expect(await say(hana, '이 저장소 구독해 줘', { hidden })).toContain('[garden] 등록 완료!');
});

test('W-13: branches whose names are too long for a button can be chosen by one', async () => {
  const long = ['하나', '둘'].map((end) => `feature/${'아주-긴-가지-이름-'.repeat(4)}${end}`);
  harness.world.github.addRepository({ owner: 'hana', name: 'many', branches: ['main', ...long] });
  await say(hana, '관심 레포 추가');
  const asked = await write(harness, hana, 'hana/many');
  expect(new Set(buttonsOf(asked))).toEqual(new Set(['main', ...long]));
  await press(harness, hana, long[1] ?? '');
  expect(await say(hana, '건너뛰기')).toContain(long[1]);
});
