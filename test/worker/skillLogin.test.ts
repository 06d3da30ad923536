import { beforeEach, expect, test } from 'vitest';
import {
  createKakaoDesk,
  type KakaoDesk,
  memos,
  personOf,
  routeOf,
  walkLogin,
} from '../platforms/kakao/kakaoDesk.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { halfHour } from './repoPollSteps.ts';
import { SKILL, say } from './skillSteps.ts';

let desk: KakaoDesk;
let id: string;
beforeEach(async () => {
  desk = await createKakaoDesk();
  id = personOf(desk);
  desk.kakao.connectSkill(SKILL, sandboxSecrets.KAKAO_SKILL_TOKEN);
  desk.harness.world.github.addRepository({ owner: 'hana', name: 'garden' });
});

/** Where the news of the person in the chat goes. */
async function route(): Promise<string | null> {
  const person = await desk.env.DB.prepare(
    `SELECT id FROM people WHERE channel = 'kakao'`,
  ).first<number>('id');
  return routeOf(desk, person ?? 0);
}

test('a chat whose channel is joined to the app is tied to the Kakao login by its appUserId', async () => {
  desk.kakao.app.bot.isLinked = true;
  await walkLogin(desk, id);
  expect(await say(desk.harness, '구독 hana/garden')).not.toContain('‘연결’이라고');
  expect(await route()).toBe(`kakaotalk ${id}`);
  desk.harness.world.github.push('hana/garden', 'main', [{ message: 'Water them' }]);
  await halfHour(desk.harness);
  expect(memos(desk, id)).toEqual([expect.stringContaining('Water them')]);
});

test('without appUserId the login stays its own, until the person asks for a link', async () => {
  await walkLogin(desk, id);
  expect(await say(desk.harness, '구독 hana/garden')).toContain('‘연결’이라고');
  expect(await route()).toMatch(/^kakao /);
});

test('a login that is over is not tied', async () => {
  desk.kakao.app.bot.isLinked = true;
  await walkLogin(desk, id);
  await desk.env.DB.prepare(`UPDATE kakao_logins SET state = 'log-in-again'`).run();
  await say(desk.harness, '도움말');
  expect(await route()).toMatch(/^kakao /);
});

test('연결 해제 holds: the next word does not tie the chat again', async () => {
  desk.kakao.app.bot.isLinked = true;
  await walkLogin(desk, id);
  await say(desk.harness, '도움말');
  expect(await say(desk.harness, '연결 해제')).toContain('이제 카카오톡으로는 보내지 않을게요');
  await say(desk.harness, '도움말');
  expect(await route()).toMatch(/^kakao /);
});
