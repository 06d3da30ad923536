import { beforeEach, describe, expect, test } from 'vitest';
import type { Harness } from './harness.ts';
import { createChat, say } from './skillSteps.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createChat();
  harness.world.github.addRepository({ owner: 'hana', name: 'hello' });
  harness.world.github.addRepository({
    owner: 'hana',
    name: 'multi',
    branches: ['main', 'release', 'release/1', 'beta', 'feat/login'],
  });
});

describe('the words of a branch or a nickname', () => {
  test.each([
    ['hana/multi release/* 구독해줘', 'multi (hana/multi · release/*)'],
    ['구독 hana/multi release', 'multi (hana/multi · release)'],
    ['hana/multi release 브랜치 구독해줘', 'multi (hana/multi · release)'],
    ['watch branch beta of hana/multi', 'multi (hana/multi · beta)'],
    ['구독 hana/hello as beta', 'beta (hana/hello · main)'],
    ['watch hana/hello nickname daily push', 'daily push (hana/hello · main)'],
    ['hana/hello 릴리스라는 이름으로 등록해줘', '릴리스 (hana/hello · main)'],
    ['hana/hello 를 "매일 릴리스"로 구독', '매일 릴리스 (hana/hello · main)'],
    [
      'hana/multi 저장소의 feat/login 브랜치를 로그인이라는 별명으로 등록',
      '로그인 (hana/multi · feat/login)',
    ],
  ])('wish for nothing: “%s”', async (said, line) => {
    await say(harness, said);
    expect(await say(harness, '목록')).toContain(`1. ${line}\n   커밋과 릴리스 · 바로`);
  });

  test('stand beside words that do', async () => {
    await say(harness, 'hana/multi release 브랜치 릴리스만 구독해줘');
    expect(await say(harness, '목록')).toContain('release)\n   릴리스만 · 바로');
  });
});

test('what is wished of a repository that is watched already is set', async () => {
  await say(harness, 'hana/hello');
  const answer = await say(harness, 'hana/hello 릴리스만 매일 9시 구독해줘');
  expect(answer).toContain('릴리스만 · 매일 9시');
  expect(await say(harness, '목록')).toContain('릴리스만 · 매일 9시');
});

describe('a nickname that is a command', () => {
  beforeEach(async () => {
    await say(harness, '구독 hana/hello as 메뉴');
    await say(harness, '구독 hana/multi as 목록');
  });
  test.each([
    ['상태 메뉴', '[메뉴]'],
    ['해제 메뉴', '[메뉴] 알림을 해제'],
    ['목록 멈춰줘', '[목록] 알림을 잠시'],
    ['메뉴 이름을 연구로', '[연구]'],
    ['설정 목록 릴리스만', '[목록] 설정이에요: 릴리스만'],
    // Said alone it is the command.
    ['메뉴', '아침'],
    ['목록', '1. 메뉴'],
    ['메뉴 알림 켜줘', '메뉴 알림을 켰어요'],
  ])('is the name where something with a name is asked for: “%s”', async (said, answer) => {
    expect(await say(harness, said)).toContain(answer);
  });
});

describe('quiet hours', () => {
  test.each([
    ['밤 11시 반부터 아침 8시까지는 조용히', 23, 8],
    ['자정부터 새벽 6시까지 방해금지', 0, 6],
    ['quiet hours 23:30-08:00', 23, 8],
    ['밤 12시부터 아침 7시 반까지 방해 금지', 0, 8],
    ['오후 10시 30분에서 오전 7시 30분까지 조용히', 22, 8],
    ['열한시부터 일곱시까지 알림 보내지 마', 11, 7],
    ['밤 2시부터 낮 1시까지 조용히', 2, 13],
    ['from midnight to 6:30 am do not disturb', 0, 7],
    ['between 10:30 pm and 7am keep quiet', 22, 7],
  ])('are whole hours around what is said: “%s”', async (said, from, to) => {
    await say(harness, said);
    expect(await say(harness, '언제 조용해?')).toContain(`${from}시부터 ${to}시까지`);
  });
});

test.each([
  ['hello 밤 12시까지 조용히', '내일 00:00까지'],
  ['hello 밤 11시까지 조용히', '23:00까지'],
  ['hello 오후 6시까지 조용히', '18:00까지'],
  ['hello 밤 11시 반까지 조용히', '23:30까지'],
  ['hello 오늘 하루만 조용', '내일 00:00까지'],
  ['오늘은 hello 알림 꺼줘', '내일 00:00까지'],
  ['mute hello just for today', '00:00'],
  ['hello 2주만 쉬자', '12월 6일'],
  ['suspend hello for 3 days', '25 Nov'],
])('“%s” ends when it says', async (said, until) => {
  await say(harness, 'hana/hello');
  expect(await say(harness, said)).toContain(until);
});

test.each([
  ['lab만 남겨', 'hello'],
  ['다 필요없고 lab만 남겨줘', 'hello'],
  ['only lab should stay', 'hello'],
  ['hello 지워버려', 'hello'],
])('“%s” lets go of the other only', async (said, gone) => {
  harness.world.github.addRepository({ owner: 'hana', name: 'lab' });
  for (const watched of ['hana/hello', 'hana/lab']) await say(harness, watched);
  expect(await say(harness, said)).toContain(`[${gone}]`);
  const list = await say(harness, '목록');
  expect(list).not.toContain(`hana/${gone} `);
  expect(list).toContain('hana/lab · main)');
});

test.each([
  '알림 받고 싶지 않아요 메뉴',
  '메뉴 알림을 원하지 않아요',
  '급식 소식은 더 이상 받고 싶지 않습니다',
])('“%s” switches nothing on', async (said) => {
  await say(harness, '메뉴 알림 켜기');
  await say(harness, said);
  expect(await say(harness, '메뉴 알림')).toContain('꺼져 있어요');
});

test.each([
  ['태그 v* 만 hana/hello 구독', 'hana/hello · main'],
  ['hana/hello 구독 태그 v*', 'hana/hello · main'],
  ['hana/multi release/* 구독', 'hana/multi · release/*'],
])('a pattern of tags is no branch: “%s”', async (said, watched) => {
  expect(await say(harness, said)).toContain(watched);
});
