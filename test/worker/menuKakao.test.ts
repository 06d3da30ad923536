import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/time.ts';
import {
  createKakaoDesk,
  type KakaoDesk,
  memos,
  ORIGIN,
  personOf,
  walkLogin,
} from '../platforms/kakao/kakaoDesk.ts';
import { sandboxSecrets } from '../sandbox/world.ts';

/** Monday 2026-11-23 11:30 in Seoul. */
const LUNCH = Date.UTC(2026, 10, 23, 2, 30);
const TEXT = '11월 23일 월요일 점심\n비빔밥\n김치';

async function cron({ harness }: KakaoDesk, lunch = '비빔밥 (5.6)<br/>김치 (9)'): Promise<void> {
  harness.world.neis.setMeals('2026-11-23', { lunch });
  await harness.cron(LUNCH);
  // What a quota or a refused friend puts off is not waited for.
  await harness.settle(LUNCH + HOUR_MS);
}

const chatting = (desk: KakaoDesk) =>
  desk.kakao.connectSkill(`${ORIGIN}/skill`, sandboxSecrets.KAKAO_SKILL_TOKEN);

describe('lunch in KakaoTalk', () => {
  test('reaches who logged in with Kakao and left the menu on, in the chat with themselves', async () => {
    const desk = await createKakaoDesk();
    await walkLogin(desk, personOf(desk));
    await cron(desk);
    expect(memos(desk, personOf(desk))).toEqual([TEXT]);
  });

  test('that is over-long is cut to what KakaoTalk takes, at a whole character', async () => {
    const desk = await createKakaoDesk();
    await walkLogin(desk, personOf(desk));
    await cron(desk, '함박스테이크&amp;소스👩‍🍳 (1.2.5)<br/>'.repeat(30));
    const [text] = memos(desk, personOf(desk));
    expect(text).toMatch(/^11월 23일 월요일 점심\n함박스테이크&소스👩‍🍳\n/);
    expect(text).toMatch(/…/);
    expect(String(text).length).toBeLessThanOrEqual(200);
    expect(String(text).isWellFormed()).toBe(true);
  });

  test('reaches eleven of twelve friends when one takes no messages any more', async () => {
    const desk = await createKakaoDesk({ KAKAO_SEND_TO_FRIENDS: 'true' });
    await walkLogin(desk, personOf(desk), { path: '/login/kakao?friends=1' });
    desk.kakao.refuseMessages(desk.kakao.friends[3]?.id ?? '', { isListed: true });
    await cron(desk);
    const heard = desk.kakao.friends.map(({ id }) => desk.kakao.delivered(id).length);
    expect(heard).toEqual([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

describe('somebody in the Kakao chat', () => {
  test('is answered a meal within the chat’s time', async () => {
    const desk = await createKakaoDesk();
    chatting(desk);
    desk.harness.world.neis.setMeals('2026-11-23', { lunch: '비빔밥<br/>김치' });
    const { problems, entry } = await desk.kakao.say(personOf(desk), '급식 내일 점심');
    expect(problems).toEqual([]);
    expect(entry?.text).toContain(TEXT);
  });

  test('who cannot be written to first is told so with the alerts, and how to change it', async () => {
    const desk = await createKakaoDesk();
    chatting(desk);
    const { entry } = await desk.kakao.say(personOf(desk), '메뉴 알림 켜기');
    expect(entry?.text).toContain('여기로는 제가 먼저 말을 걸 수 없어요');
    expect(entry?.quickReplies.map(({ label }) => label)).toContain('연결');
  });
});
