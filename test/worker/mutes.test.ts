import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../src/lib/time.ts';
import { noteIdle } from '../../src/store/runs.ts';
import { ALLOWED, createCounter, most } from './counted.ts';
import { createHarness, type Harness } from './harness.ts';
import { fleet } from './repoPollSteps.ts';
import { botMessages, connectTelegram, privateChat } from './telegramSteps.ts';

/*
 * It is noon in Seoul when each of these begins.
 */

const SLOT_MS = HOUR_MS / 2;

let harness: Harness;
let hana: number;
beforeEach(async () => {
  harness = await createHarness();
  await connectTelegram(harness);
  hana = privateChat(harness);
  harness.world.github.addRepository({ owner: 'hana', name: 'shed' });
  await say('구독 hana/garden as 정원');
  await say('구독 hana/shed as 창고');
});

/** All that the bot says to words: with the answer may come what it had kept. */
async function say(text: string): Promise<string> {
  const before = botMessages(harness, hana).length;
  await harness.world.telegram.say(hana, text);
  await harness.settle(harness.world.clock.now() + SECOND_MS);
  harness.world.clock.advance(SECOND_MS);
  return since(before).join('\n');
}

function since(count: number): string[] {
  return botMessages(harness, hana)
    .slice(count)
    .map(({ text }) => text);
}

/** Half an hour and no more passes, so often: what came meanwhile. */
async function pass(hours: number): Promise<string[]> {
  const before = botMessages(harness, hana).length;
  for (let slots = 0; slots < hours * 2; slots++) {
    const slot = (Math.floor(harness.world.clock.now() / SLOT_MS) + 1) * SLOT_MS;
    await harness.cron(slot);
    await harness.settle(slot + SLOT_MS - 1);
  }
  return since(before);
}

/** GitHub is asked within the half hour, the digests of which are out. */
async function look(): Promise<void> {
  const now = harness.world.clock.now();
  await noteIdle(harness.env.DB, [{ job: 'repo-digest', slot: now - (now % SLOT_MS) }], now);
  await harness.cron(now + SLOT_MS - 1 - (now % SLOT_MS));
  await harness.settle(harness.world.clock.now());
}

function push(name: string, message: string): void {
  harness.world.github.push(`hana/${name}`, 'main', [{ message }]);
}

describe('a watch that is to be quiet for a time', () => {
  test.each([
    ['정원 하루 조용히', '정원', '내일 12:'],
    ['1 하루 조용히', '정원', '내일 12:'],
    ['2번 3시간만 조용히 해 줘', '창고', '15:'],
    ['2 내일까지 조용히', '창고', '내일 09:00'],
    ['1번 내일 아침 8시까지 꺼줘', '정원', '내일 08:00'],
    ['mute 1 for a day', '정원', '내일 12:'],
    ['mute 창고 for 2 hours', '창고', '14:'],
    ['1 오늘 저녁 6시까지 조용히', '정원', '18:00'],
  ])('%s: %s, until %s', async (text, nickname, until) => {
    expect(await say(text)).toContain(`[${nickname}]`);
    const lines = (await say('목록')).split('\n').filter((line) => line.includes('조용히'));
    expect(lines).toEqual([expect.stringContaining(` ${nickname} (`)]);
    expect(lines[0]).toContain(until);
  });

  test('says nothing until it is over, and then all of it in one message', async () => {
    expect(await say('1 3시간 조용히')).toContain('모아서');
    push('garden', 'Roses');
    push('shed', 'Nails');
    const others = await pass(1);
    expect(others.join()).toContain('Nails');
    expect(others.join()).not.toContain('Roses');
    push('garden', 'Tulips');
    harness.world.github.release('hana/garden', { tag: 'v1.0.0' });
    expect(await pass(1)).toEqual([]);
    const told = await pass(2);
    expect(told.length, told.join('\n--\n')).toBe(1);
    expect(told[0]).toMatch(/Tulips.*Roses.*v1\.0\.0/s);
    expect(await say('목록')).not.toContain('조용히');
    push('garden', 'Lilies');
    expect((await pass(1)).join()).toContain('Lilies');
  });

  test('tells at once what it kept when it is woken before that', async () => {
    await say('정원 하루 조용히');
    push('garden', 'Roses');
    expect(await pass(1)).toEqual([]);
    expect(await say('다시 정원')).toMatch(/다시 보내.*Roses/s);
    expect(await pass(24)).toEqual([]);
  });

  test('loses nothing of what would have come together every hour either', async () => {
    await say('설정 1 매시간');
    await say('1 3시간 조용히');
    push('garden', 'Roses');
    expect(await pass(2)).toEqual([]);
    expect((await pass(2)).join()).toContain('Roses');
  });

  test('goes on being quiet while another one of them is woken, and loses nothing of either', async () => {
    await say('하루 조용히');
    push('garden', 'Roses');
    push('shed', 'Nails');
    expect(await pass(1)).toEqual([]);
    const woken = await say('다시 정원');
    expect(woken).toContain('Roses');
    expect(woken).not.toContain('Nails');
    push('garden', 'Tulips');
    push('shed', 'Screws');
    const told = (await pass(1)).join('\n');
    expect(told).toContain('Tulips');
    expect(told).not.toMatch(/Nails|Screws|Roses/);
    const last = await pass(24);
    expect(last).toHaveLength(1);
    expect(last[0]).toMatch(/Screws.*Nails/s);
    expect(last[0]).not.toMatch(/Roses|Tulips/);
  });

  test('that is made quiet again until the same instant tells what came after that, too', async () => {
    await say('1 내일 아침 8시까지 조용히');
    push('garden', 'Roses');
    await pass(1);
    expect(await say('다시 1')).toContain('Roses');
    await say('1 내일 아침 8시까지 조용히');
    push('garden', 'Tulips');
    expect(await pass(1)).toEqual([]);
    const told = await pass(20);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('Tulips');
    expect(told[0]).not.toContain('Roses');
  });

  test('keeps what it has for a week, though news that cannot be sent is given up sooner', async () => {
    await say('1 일주일 조용히');
    push('garden', 'Roses');
    expect(await pass(1)).toEqual([]);
    harness.world.clock.advance(6 * DAY_MS);
    push('garden', 'Tulips');
    expect(await pass(1)).toEqual([]);
    harness.world.clock.advance(DAY_MS);
    const told = await pass(1);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/Tulips.*Roses/s);
  });

  test('tells at once by another watch what both would tell, and not again later', async () => {
    await say('구독 hana/garden dev as 밭');
    await say('1 3시간 조용히');
    harness.world.github.release('hana/garden', { tag: 'v1.0.0' });
    const told = await pass(5);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/\[밭\].*v1\.0\.0/s);
  });

  test('is quiet as it was when waking it is taken back', async () => {
    await say('1 3시간 조용히');
    await say('다시 1');
    expect(await say('되돌리기')).toContain('15:01까지');
    push('garden', 'Roses');
    expect(await pass(2)).toEqual([]);
    expect((await pass(2)).join()).toContain('Roses');
    push('garden', 'Tulips');
    expect((await pass(1)).join()).toContain('Tulips');
  });

  test('is every one of them when none is named, until it is taken back', async () => {
    expect(await say('하루 조용히')).toMatch(/\[정원\].*\[창고\]/s);
    await say('되돌리기');
    push('shed', 'Nails');
    expect((await pass(1)).join()).toContain('Nails');
  });
});

test('fifty watches are made quiet, and woken, within what the free plan allows', async () => {
  const { change, invocations } = createCounter();
  harness = await createHarness({}, change);
  await connectTelegram(harness);
  hana = privateChat(harness);
  await fleet(harness, 50);
  for (const text of ['하루 조용히', '되돌리기', '전부 멈춤', '전부 다시']) {
    expect(await say(text), text).toContain('[r50]');
  }
  expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
});

test.each(['밤 11시부터 아침 8시까지 조용히', '조용히 23시~8시', 'quiet from 11pm to 8am'])(
  '%s: commits and releases wait for the morning',
  async (text) => {
    expect(await say(text)).toMatch(/23시부터 8시까지|From 23:00 to 8:00/);
    await pass(12);
    push('garden', 'At midnight');
    expect(await pass(4)).toEqual([]);
    harness.world.github.release('hana/garden', { tag: 'v1.0.0' });
    const told = await pass(5);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('At midnight');
    expect(told[0]).toContain('v1.0.0');
  },
);

describe('a watch whose news comes together, stopped for good', () => {
  test.each([
    ['매시간', ['1 멈춤']],
    ['매일 9시', ['1 멈춤']],
    ['매시간', ['1 하루 조용히', '1 멈춤']],
  ])(
    '%s, %j: what had come before is told when it goes on, what comes meanwhile is not',
    async (often, stops) => {
      await say(`설정 1 ${often}`);
      push('garden', 'Roses');
      await look();
      for (const stop of stops) await say(stop);
      push('garden', 'Weeds');
      expect(await pass(26)).toEqual([]);
      const woken = await say('1 다시');
      expect(woken).toContain('Roses');
      expect(woken).not.toContain('Weeds');
      push('garden', 'Tulips');
      const later = (await pass(26)).join();
      expect(later).toContain('Tulips');
      expect(later).not.toMatch(/Roses|Weeds/);
    },
  );

  test('and quiet for a time after that, tells nothing of while it was stopped', async () => {
    await say('설정 1 매시간');
    await say('1 멈춤');
    push('garden', 'Weeds');
    await look();
    await say('1 2시간 조용히');
    push('garden', 'Roses');
    const later = (await pass(4)).join();
    expect(later).toContain('Roses');
    expect(later).not.toContain('Weeds');
  });
});
