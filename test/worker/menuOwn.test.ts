import { beforeEach, describe, expect, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import {
  botMessages,
  buttonsOf,
  connectTelegram,
  press,
  privateChat,
  write,
} from './telegramSteps.ts';

const LUNCH = Date.UTC(2026, 10, 23, 2, 30);
const MONDAY = '2026-11-23';
const SATURDAY_LUNCH = Date.UTC(2026, 10, 28, 2, 30);
const MIDDLE_SCHOOL = '7010991';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectTelegram(harness);
  harness.world.neis.setMeals(MONDAY, { lunch: '비빔밥 (5.6)<br/>우유 (2)<br/>사과' });
  harness.world.neis.setMeals(MONDAY, { lunch: '카레 (2.5)<br/>김치 (9)' }, MIDDLE_SCHOOL);
});

const say = async (text: string, language: 'ko' | 'en' = 'ko') =>
  (await write(harness, privateChat(harness, language), text))?.text ?? '(silence)';
const last = (language: 'ko' | 'en' = 'ko') =>
  botMessages(harness, privateChat(harness, language)).at(-1)?.text;

/** The calls for meals since a number of requests. */
function mealCalls(from: number): string[] {
  return harness.world.requests
    .slice(from)
    .map(({ url }) => new URL(url))
    .filter(({ pathname }) => pathname.endsWith('/mealServiceDietInfo'))
    .map(({ searchParams }) => searchParams.get('SD_SCHUL_CODE') ?? '');
}

async function lunch(at = LUNCH): Promise<void> {
  await harness.cron(at);
  await harness.settle();
}

describe('a school of one’s own', () => {
  test('that cannot be read raises nothing for the owner: the bot’s own source is another', async () => {
    await say('급식 내일 점심');
    await say('학교 소식중', 'en');
    harness.world.faults.add({
      host: 'open.neis.go.kr',
      path: new RegExp(MIDDLE_SCHOOL),
      kind: 'status',
      status: 200,
      body: { RESULT: { CODE: 'INFO-300', MESSAGE: 'refused' } },
      times: 3,
    });
    const source = () =>
      harness.env.DB.prepare(`SELECT state, detail FROM sources WHERE id = 'menu-neis'`).first();
    const before = await source();
    expect(before).toMatchObject({ state: 'items' });
    expect(await say('menu tomorrow', 'en')).toContain('cannot be seen');
    expect(await source()).toEqual(before);
  });

  test('is found by its name, kept, and asked for menus from then on', async () => {
    expect(await say('학교 소식중')).toContain('소식중학교');
    expect(await say('급식 내일 점심')).toContain('카레');
    expect(await say('급식 내일 점심', 'en')).toContain('비빔밥');
  });

  test('is chosen among several by a button, its number, or more of the name', async () => {
    const chat = privateChat(harness);
    const question = await write(harness, chat, '학교 소식');
    expect(buttonsOf(question)).toEqual(['소식고등학교 (서울특별시)', '소식중학교 (서울특별시)']);
    expect((await press(harness, chat, '소식중학교 (서울특별시)'))?.text).toContain('소식중학교');
    await say('학교 소식');
    expect(await say('1번')).toContain('소식고등학교');
    await say('우리 학교 바꿔줘');
    expect(await say('바다소프트웨어고')).toContain('바다소프트웨어고등학교');
  });

  test('that nobody knows is asked for again, and one can go back', async () => {
    expect(await say('학교 없는학교이름')).toContain('찾지 못했어요');
    expect(await say('소식중')).toContain('소식중학교');
    expect(await say('되돌리기')).toContain('되돌렸어요');
    expect(await say('급식 내일 점심')).toContain('비빔밥');
    await say('학교 소식중');
    expect(await say('학교 취소')).toContain('지웠어요');
    expect(await say('급식 내일 점심')).toContain('비빔밥');
  });

  test('is told at mealtimes by one call, however many chose it', async () => {
    for (const language of ['ko', 'en'] as const) {
      await say('학교 소식중', language);
      await say('메뉴 알림 켜기', language);
    }
    const before = harness.world.requests.length;
    await lunch();
    expect(last('ko')).toContain('카레');
    expect(last('en')).toContain('카레');
    expect(mealCalls(before).toSorted()).toEqual(['7010113', MIDDLE_SCHOOL]);
  });

  test('that does not answer keeps nobody else waiting', async () => {
    await say('메뉴 알림 켜기');
    await say('학교 소식중', 'en');
    await say('메뉴 알림 켜기', 'en');
    harness.world.faults.add({
      host: 'open.neis.go.kr',
      path: new RegExp(MIDDLE_SCHOOL),
      kind: 'status',
      status: 503,
      times: 2,
    });
    const before = harness.world.requests.length;
    await harness.cron(LUNCH);
    await harness.settle(harness.world.clock.now());
    expect(last('ko')).toContain('비빔밥');
    await harness.settle();
    expect(last('en')).toContain('카레');
    // The bot's own school has told and is let be.
    expect(mealCalls(before)).toEqual(['7010113', MIDDLE_SCHOOL, MIDDLE_SCHOOL, MIDDLE_SCHOOL]);
    expect(
      botMessages(harness, privateChat(harness)).filter(({ text }) => text.includes('비빔밥')),
    ).toHaveLength(1);
  });
});

describe('what somebody must not eat', () => {
  test('is marked, in answers and in alerts', async () => {
    expect(await say('알레르기 우유 땅콩')).toBe('우유, 땅콩 들어간 음식에 ⚠ 표시를 할게요.');
    expect(await say('급식 내일 점심')).toMatch(/^⚠ 우유$/m);
    await say('메뉴 알림 켜기');
    await say('메뉴 알림 켜기', 'en');
    await lunch();
    expect(last('ko')).toMatch(/^⚠ 우유$/m);
    expect(last('en')).toMatch(/^우유$/m);
  });

  test('is left out when that is asked for, and shown again', async () => {
    expect(await say('알레르기 우유 빼줘')).toContain('빼고');
    expect(await say('급식 내일 점심')).not.toContain('우유');
    expect(await say('알레르기 꺼줘')).toContain('껐어요');
    expect(await say('급식 내일 점심')).toMatch(/^우유$/m);
    expect(await say('되돌리기')).toContain('되돌렸어요');
    expect(await say('급식 내일 점심')).not.toContain('우유');
  });

  test.each([
    ['leave out milk', 'Dishes with milk are left out.'],
    ['please leave the milk out', 'Dishes with milk are left out.'],
    ['allergy milk leave out', 'Dishes with milk are left out.'],
    ['hide peanuts', 'Dishes with peanuts are left out.'],
    ['without eggs', 'Dishes with eggs are left out.'],
    ['menu without pork', 'Dishes with pork are left out.'],
    ['remove soy from my menu', 'Dishes with soy are left out.'],
    ['skip dishes containing beef', 'Dishes with beef are left out.'],
    ['gluten-free please', 'Dishes with wheat are left out.'],
    ['stop showing chicken', 'Dishes with chicken are left out.'],
    ['I can’t have nuts', 'Dishes with peanuts, walnuts, pine nuts are marked with ⚠.'],
    ['I am lactose intolerant', 'Dishes with milk are marked with ⚠.'],
    ['I don’t eat shellfish', 'Dishes with crab, shrimp, shellfish are marked with ⚠.'],
    ['I’m allergic to crustaceans', 'Dishes with crab, shrimp are marked with ⚠.'],
  ])('is heard in English, marked or left out: %s', async (words, answer) => {
    expect(await say(words, 'en')).toBe(answer);
  });

  test('grows by what is said later, and loses only what is named', async () => {
    await say('leave out milk', 'en');
    expect(await say('새우도 못 먹어')).toBe('새우 들어간 음식에 ⚠ 표시를 할게요.');
    expect(await say('no shrimp either', 'en')).toBe('Dishes with milk, shrimp are left out.');
    expect(await say('mark milk and shrimp', 'en')).toBe(
      'Dishes with milk, shrimp are marked with ⚠.',
    );
    expect(await say('I can have milk', 'en')).toBe('Dishes with shrimp are marked with ⚠.');
    expect(await say('새우 알레르기 꺼줘')).toBe('알레르기 표시를 껐어요.');
  });
});

test('weekends are off for whoever wants that, until they want them again', async () => {
  harness.world.neis.setMeals('2026-11-28', { lunch: '라면' });
  for (const language of ['ko', 'en'] as const) await say('메뉴 알림 켜기', language);
  expect(await say('주말은 빼줘')).toContain('주말에는');
  await lunch(SATURDAY_LUNCH);
  expect(last('ko')).toContain('주말에는');
  expect(last('en')).toContain('라면');
  expect(await say('주말에도 알려줘')).toContain('주말에도');
});

test('what is one’s own outlives switching the alerts off and on', async () => {
  await say('학교 소식중');
  await say('메뉴 알림 켜기');
  await say('메뉴 알림 끄기');
  await say('메뉴 알림 켜기');
  await lunch();
  expect(last()).toContain('카레');
});
