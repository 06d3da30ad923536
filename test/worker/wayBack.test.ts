import { beforeEach, describe, expect, test } from 'vitest';
import type { Harness } from './harness.ts';
import { createChat, say } from './skillSteps.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createChat();
  for (const fullName of ['hana/hello', 'hana/lab', 'vuejs/core']) {
    const [owner = '', name = ''] = fullName.split('/');
    harness.world.github.addRepository({ owner, name });
  }
});

/** All that is set of a person, as the bot tells it. */
async function everything(): Promise<string> {
  const told: string[] = [];
  for (const question of ['목록', '무슨 알림 있어?', '언제 조용해?']) {
    told.push(await say(harness, question));
  }
  return told.join('\n');
}

describe('“되돌리기” makes all as it was', () => {
  test.each([
    ['구독 hana/hello'],
    ['구독 hana/hello, hana/lab'],
    ['hana/hello 구독하고 메뉴 알림 켜줘'],
    ['메뉴 알림 켜기'],
    ['넷플릭스 알림 켜기'],
    ['공연 알림 켜기'],
    ['조용히 22시~8시'],
  ])('for somebody new after “%s”', async (said) => {
    const before = await everything();
    await say(harness, said);
    expect(await everything()).not.toBe(before);
    await say(harness, '되돌리기');
    expect(await everything()).toBe(before);
  });

  test.each([
    ['hello 말고 vuejs/core'],
    ['hello out, vuejs/core in'],
    ['hello 해제하고 vuejs/core 구독해줘'],
    ['hello 해제하고 메뉴 알림도 꺼줘'],
    ['hello 이름을 앱으로 바꾸고 릴리스만 알려줘'],
    ['전부 매일 9시에 알려줘'],
    ['hello랑 lab 릴리스만'],
    ['구독 hana/hello as 우리 앱'],
    ['hana/hello 릴리스만 구독해줘'],
    ['이름 1 앱'],
    ['멈춤 1'],
    ['hello 3일만 조용히'],
    ['조용한 시간 끄기'],
    ['밤 11시 반부터 아침 7시까지 조용히'],
    ['메뉴 알림 끄기'],
  ])('for somebody who has a lot after “%s”', async (said) => {
    for (const set of ['hana/hello', 'hana/lab', '메뉴 알림 켜기', '조용히 22시~8시']) {
      await say(harness, set);
    }
    const before = await everything();
    await say(harness, said);
    expect(await everything()).not.toBe(before);
    await say(harness, '되돌리기');
    expect(await everything()).toBe(before);
  });
});
