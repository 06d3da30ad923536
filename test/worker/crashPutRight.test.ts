import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import { type Crash, createFaulty } from './faulty.ts';
import { createHarness, health } from './harness.ts';
import { botMessages, connectTelegram, privateChat } from './telegramSteps.ts';

/** What was done to the wrong one, each after what makes it possible. */
const MISTAKES: readonly (readonly string[])[] = [
  ['해제 1'],
  ['멈춤 1'],
  ['1번 하루 조용히'],
  ['멈춤 1', '멈춤 2', '다시 1'],
  ['이름 1 꽃밭'],
  ['설정 1 릴리스만 매일 9시'],
];

function sentAt(operations: readonly string[]): number {
  return operations.findIndex((name) => name.endsWith('/sendMessage'));
}

/** Does something to the first, and then says that the second was meant. */
async function walk(mistake: readonly string[], crash?: Crash, lateMs = 0) {
  const faulty = createFaulty();
  const harness = await createHarness({}, faulty.change);
  await connectTelegram(harness);
  const { github, telegram, clock } = harness.world;
  for (const name of ['hello', 'lab']) github.addRepository({ owner: 'hana', name });
  const chat = privateChat(harness);
  for (const said of ['hana/hello, hana/lab', ...mistake]) {
    await telegram.say(chat, said);
    await harness.settle();
    clock.advance(5000);
  }
  const before = botMessages(harness, chat).length;
  faulty.arm(crash);
  await telegram.say(chat, '아니 두번째').catch(() => undefined);
  await harness.settle(clock.now());
  clock.advance(lateMs);
  await harness.settle();
  faulty.disarm();
  await harness.cron(clock.now() + 30 * MINUTE_MS);
  await harness.settle();
  const { results } = await harness.env.DB.prepare(
    `SELECT nickname, paused_at IS NULL AS goes_on, paused_until IS NULL AS for_good, commits,
       releases, digest, digest_hour FROM watches ORDER BY id`,
  ).all();
  // The first transaction takes back, the second one is that of the answer.
  const answered = faulty.operations.slice(0, sentAt(faulty.operations)).lastIndexOf('D1 batch');
  const takenBack = faulty.operations.slice(0, answered).lastIndexOf('D1 batch');
  return {
    deaths: faulty.deaths().filter(({ at }) => at <= sentAt(faulty.operations)),
    takenBack: takenBack + 1,
    told: botMessages(harness, chat)
      .slice(before)
      .map(({ text }) => text),
    watches: results,
    events: (await health(harness)).events,
  };
}

test.each(MISTAKES.map((mistake) => [mistake.at(-1), mistake] as const))(
  'after “%s” the other one is done, wherever the isolate dies and however late it goes on',
  async (_last, mistake) => {
    const calm = await walk(mistake);
    expect(calm.told).toHaveLength(1);
    expect(calm.deaths.length).toBeGreaterThan(3);
    let late = 0;
    for (const death of calm.deaths) {
      // Once it is taken back, whoever goes on may come long after anything could be.
      const isBack =
        death.at > calm.takenBack || (death.at === calm.takenBack && death.when === 'after');
      const shaken = await walk(mistake, death, isBack ? 10 * MINUTE_MS : 0);
      late += Number(isBack);
      const at = `${death.when} ${death.operation}`;
      expect(shaken.told, at).toEqual(calm.told);
      expect(shaken.watches, at).toEqual(calm.watches);
      expect(shaken.events, at).toMatchObject({ waiting: 0, failed: 0 });
    }
    expect(late).toBeGreaterThan(1);
  },
  60_000,
);
