import { expect, test } from 'vitest';
import { createFaulty } from './faulty.ts';
import { createHarness, health } from './harness.ts';
import { botMessages, connectTelegram, privateChat } from './telegramSteps.ts';

/** Each turn changes something, or uses something up. */
const TURNS = [
  '구독 hana/garden dev as 정원',
  'hana/hello, hana/lab',
  '상태 1',
  '멈춤 1',
  '다시 1',
  '이름 1 꽃밭',
  '설정 꽃밭 릴리스만 매일 9시',
  '되돌리기',
  '메뉴 알림 켜기',
  '해제 3',
  '되돌리기',
  '탈퇴',
  '네',
  '목록',
];

/** Walks through all turns; `dies`: the isolate dies before it writes the answer of each, once. */
async function walk(dies: (operations: readonly string[]) => number | undefined) {
  const faulty = createFaulty();
  const harness = await createHarness({}, faulty.change);
  await connectTelegram(harness);
  for (const name of ['hello', 'lab']) harness.world.github.addRepository({ owner: 'hana', name });
  const chat = privateChat(harness);
  const operations: string[][] = [];
  for (const said of TURNS) {
    const before = faulty.operations.length;
    const at = dies(operations.at(-1) ?? []);
    faulty.arm(at === undefined ? undefined : { at: before + at, when: 'before' });
    await harness.world.telegram.say(chat, said).catch(() => undefined);
    await harness.settle();
    faulty.disarm();
    operations.push(faulty.operations.slice(before));
    harness.world.clock.advance(5000);
  }
  return { harness, operations, texts: botMessages(harness, chat).map(({ text }) => text) };
}

test('a turn whose answer could not be written is answered the same at the second try', async () => {
  const calm = await walk(() => undefined);
  expect(calm.texts).toHaveLength(TURNS.length);
  // The last transaction before something is sent is that of the answer.
  const fatal = calm.operations.map((all) => {
    const sent = all.findIndex((one) => one.endsWith('/sendMessage'));
    return all.slice(0, sent).lastIndexOf('D1 batch') + 1;
  });
  expect(fatal.every((at) => at > 0)).toBe(true);
  let turn = 0;
  const shaken = await walk(() => fatal[turn++]);
  expect(shaken.operations.filter((all) => all.includes('D1 batch')).length).toBe(TURNS.length);
  for (const [index, all] of shaken.operations.entries()) {
    expect(all.length, TURNS[index]).toBeGreaterThan(calm.operations[index]?.length ?? 0);
  }
  expect(shaken.texts).toEqual(calm.texts);
  expect((await health(shaken.harness)).events).toMatchObject({ waiting: 0, failed: 0 });
});
