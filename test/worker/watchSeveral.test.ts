import { beforeEach, describe, expect, test } from 'vitest';
import { ALLOWED, createCounter, type Invocation, most } from './counted.ts';
import { createHarness, type Harness } from './harness.ts';
import { botMessages, buttonsOf, connectTelegram, privateChat, write } from './telegramSteps.ts';

let harness: Harness;
let invocations: Invocation[];
const names = Array.from({ length: 10 }, (_, index) => `hana/app-${index}`);

beforeEach(async () => {
  const counter = createCounter();
  invocations = counter.invocations;
  harness = await createHarness({}, counter.change);
  await connectTelegram(harness);
  for (const name of names) {
    const [owner = '', repository = ''] = name.split('/');
    harness.world.github.addRepository({ owner, name: repository });
  }
});

const say = (text: string) => write(harness, privateChat(harness), text);

async function watchedNames(): Promise<string[]> {
  const { results } = await harness.env.DB.prepare(
    `SELECT owner || '/' || repositories.name AS name, releases, commits FROM watches
     JOIN branches ON branches.id = watches.branch
     JOIN repositories ON repositories.id = branches.repository ORDER BY watches.id`,
  ).all<{ name: string; releases: number; commits: number }>();
  return results.map(({ name, commits }) => (commits === 1 ? name : `${name} releases`));
}

describe('many addresses in one message', () => {
  test('are registered a few at a time, within what the free plan allows, until all are', async () => {
    let answer = await say(`구독 ${names.join(', ')} 릴리스만`);
    for (const left of [7, 4, 1]) {
      expect(answer?.text).toContain(`남은 저장소 ${left}개도 이어서 등록할까요?`);
      expect(buttonsOf(answer)).toEqual(expect.arrayContaining(['네', '아니요']));
      answer = await say('네');
    }
    expect(answer?.text).toContain('[app-9] 등록 완료!');
    expect(answer?.text).not.toContain('남은');
    expect(await watchedNames()).toEqual(names.map((name) => `${name} releases`));
    expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
  });

  test('are left at that when the person says no', async () => {
    await say(names.join('\n'));
    await say('아니요');
    expect(await watchedNames()).toHaveLength(3);
    expect(botMessages(harness, privateChat(harness))).toHaveLength(2);
  });
});
