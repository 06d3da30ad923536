import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Harness } from './harness.ts';
import { answerEarly, chatter, createChat, repliesOf, say, turn } from './skillSteps.ts';

/** So long the Worker itself waits; Kakao waits for 5 s. */
const BUDGET_MS = 3500;
const SLOW_MS = 3800;
/** For a machine that has much else to do. */
const PATIENCE_MS = 30_000;

let harness: Harness;
let finish: () => Promise<void>;
beforeEach(async () => {
  harness = await createChat();
  finish = answerEarly(harness);
});

afterEach(() => {
  vi.useRealTimers();
});

/** Says something that GitHub is asked about, which thinks longer than the Worker may. */
async function turnWhileGitHubIsSlow(...said: Parameters<typeof turn>) {
  const { faults, requests } = harness.world;
  faults.add({ host: 'api.github.com', kind: 'slow', ms: SLOW_MS });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const answered = turn(...said);
  const isAsked = () => requests.some(({ url }) => new URL(url).host === 'api.github.com');
  await vi.waitUntil(isAsked, { interval: 1, timeout: PATIENCE_MS });
  vi.advanceTimersByTime(BUDGET_MS);
  return await answered;
}

/** GitHub has answered, and all that came of it is done. */
async function afterwards(): Promise<void> {
  vi.advanceTimersByTime(SLOW_MS);
  vi.useRealTimers();
  await finish();
}

test('a slow GitHub is answered with “one moment” in time, and the answer can be fetched', async () => {
  const answered = await turnWhileGitHubIsSlow(harness, '구독 hana/garden');
  expect(answered.entry?.text).toContain('찾아보고 있어요');
  expect(repliesOf(answered)).toEqual(['결과 보기']);
  const { kakao } = harness.world;
  const early = await kakao.press(chatter(harness).id, '결과 보기');
  expect(early.entry?.text).toContain('아직 준비하고 있어요');
  await afterwards();
  const fetched = await kakao.press(chatter(harness).id, '결과 보기');
  expect(fetched.entry?.text).toContain('[garden] 등록 완료!');
  expect(await say(harness, '결과 보기')).toContain('아직 준비하고 있어요');
  expect(await say(harness, '목록')).toContain('1. garden');
});

test('a question that came too late can still be answered after it was fetched', async () => {
  await turn(harness, '관심 레포 추가');
  await turnWhileGitHubIsSlow(harness, 'hana/garden');
  await afterwards();
  const fetched = await turn(harness, '결과 보기');
  expect(fetched.entry?.text).toContain('어느 브랜치');
  expect(repliesOf(fetched)).toEqual(['main', 'dev', 'feat/roses']);
  expect(await say(harness, 'dev')).toContain('뭐라고 부를까요');
  expect(await say(harness, '늦은 정원')).toContain('[늦은 정원] 등록 완료!');
});

test('a block with a callback gets the late answer by it, once, and nothing waits', async () => {
  const answered = await turnWhileGitHubIsSlow(harness, '구독 hana/garden', { callback: true });
  expect(answered.entry).toMatchObject({ via: 'waiting' });
  await afterwards();
  const chat = harness.world.kakao.chat(chatter(harness).id);
  expect(chat.at(-1)).toMatchObject({ via: 'callback' });
  expect(chat.at(-1)?.text).toContain('[garden] 등록 완료!');
  expect(harness.world.kakao.refusals).toEqual([]);
  expect(await say(harness, '결과 보기')).toContain('아직 준비하고 있어요');
});

test('a late answer that the callback does not take is kept to be fetched', async () => {
  harness.world.faults.add({ host: 'bot-api.kakao.com', kind: 'status', status: 500, times: 9 });
  await turnWhileGitHubIsSlow(harness, '구독 hana/garden', { callback: true });
  await afterwards();
  expect(await say(harness, '결과 보기')).toContain('[garden] 등록 완료!');
});

test('in a group room “one moment” comes without the button that no room shows', async () => {
  const inRoom = { groupKey: 'fakeroom'.repeat(5) };
  const answered = await turnWhileGitHubIsSlow(harness, '구독 hana/garden', inRoom);
  expect(answered.entry?.text).toContain('찾아보고 있어요');
  await afterwards();
  expect(await say(harness, '결과 보기', inRoom)).toContain('[garden] 등록 완료!');
});

test('a late answer that fails is told when it is fetched', async () => {
  harness.redeploy({
    DB: new Proxy(harness.env.DB, {
      get(db, key) {
        const value: unknown = Reflect.get(db, key, db);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          if (String(given[0]).includes('INTO watches')) throw new Error('D1_ERROR: fake');
          return Reflect.apply(value, db, given);
        };
      },
    }),
  });
  const answered = await turnWhileGitHubIsSlow(harness, '구독 hana/garden');
  expect(answered.entry?.text).toContain('찾아보고 있어요');
  await afterwards();
  expect(await say(harness, '결과 보기')).toContain('잠깐 문제가 생겼어요');
});
