import { beforeEach, describe, expect, test } from 'vitest';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { type Harness, health } from './harness.ts';
import { chatter, createChat, repliesOf, SKILL, say, turn } from './skillSteps.ts';

const TOKEN = sandboxSecrets.KAKAO_SKILL_TOKEN;
const BOT = '5f3c0ffee0ddba11c0ffee42';
const ROOM = 'fakeroom'.repeat(5);

let harness: Harness;
beforeEach(async () => {
  harness = await createChat();
});

async function peopleKnown(): Promise<number | null> {
  return harness.env.DB.prepare('SELECT count(*) AS count FROM people').first<number>('count');
}

function call(path: string, token: string | null, body = '{}'): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (token !== null) headers.set('x-skill-token', token);
  return harness.fetch(new Request(new URL(path, SKILL), { method: 'POST', headers, body }));
}

/** A call that somebody's bot makes under the right token. */
function callOf(botId?: string): Promise<Response> {
  const userRequest = { user: { id: 'someone' }, utterance: '도움말' };
  return call('/skill', TOKEN, JSON.stringify({ bot: { id: botId }, userRequest }));
}

describe('who is let in', () => {
  const paths = [
    '/skill',
    '/api/barcode/',
    '/api/barcode',
    '/api/repoList/',
    '/api/repoStatus/',
  ] as const;

  test.each(paths)('%s without the skill token, or with a wrong one, is refused', async (path) => {
    const payload = JSON.stringify({ userRequest: { user: { id: 'a' }, utterance: '고양이' } });
    for (const token of [
      null,
      '',
      ' ',
      'x',
      `${TOKEN}x`,
      TOKEN.slice(0, -1),
      TOKEN.toUpperCase(),
    ]) {
      const response = await call(path, token, payload);
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain(TOKEN);
    }
    expect(await peopleKnown()).toBe(0);
  });

  test.each(paths)('%s is closed to everybody while no skill token is set', async (path) => {
    for (const unset of [undefined, '', ' ']) {
      harness.redeploy({ KAKAO_SKILL_TOKEN: unset });
      for (const token of [null, '', ' ', 'undefined', TOKEN]) {
        expect((await call(path, token)).status).toBe(401);
      }
    }
  });

  test('the skill token is missed on /healthz, by its name only', async () => {
    harness.redeploy({ KAKAO_SKILL_TOKEN: undefined });
    const told = JSON.stringify(await health(harness));
    expect(told).toContain('KAKAO_SKILL_TOKEN');
    expect(told).not.toContain(TOKEN);
  });

  test('a call of another bot is refused where KAKAO_BOT_ID is set', async () => {
    expect((await callOf('another')).status).toBe(200);
    harness.redeploy({ KAKAO_BOT_ID: BOT });
    expect((await callOf('another')).status).toBe(403);
    expect((await callOf()).status).toBe(403);
    expect((await callOf(BOT)).status).toBe(200);
  });

  test('the bot of the development channel is the same bot', async () => {
    harness.redeploy({ KAKAO_BOT_ID: BOT });
    expect((await callOf(`${BOT}!`)).status).toBe(200);
  });

  test('other methods find nothing', async () => {
    const response = await harness.fetch(
      new Request(SKILL, { headers: { 'x-skill-token': TOKEN } }),
    );
    expect([404, 405]).toContain(response.status);
  });
});

describe('in the chat', () => {
  test.each([
    ['도움말', '안녕하세요, 소식이에요'],
    ['홈', '안녕하세요, 소식이에요'],
    ['사용법 안내', '안녕하세요, 소식이에요'],
    ['고양이', '냐옹~'],
    ['고양이 3', '냐옹~'],
    ['넷플릭스', '넷플릭스 작품'],
    ['관심 레포 추가', '어떤 저장소'],
    ['구독 hana/garden', '[garden] 등록 완료!'],
    ['구독 hana/garden feat/roses as 장미', '[장미] 등록 완료!'],
    ['목록', '아직 지켜보는 저장소가 없어요'],
    ['레포 상태 확인', '아직 지켜보는 저장소가 없어요'],
    ['상태 1', '아직 지켜보는 저장소가 없어요'],
    ['해제 1', '아직 지켜보는 저장소가 없어요'],
    ['멈춤', '아직 지켜보는 저장소가 없어요'],
    ['메뉴', '11월 23일 월요일 아침'],
    ['급식 내일', '11월 23일 월요일 점심'],
    ['메뉴 알림 켜기', '메뉴 알림을 켰어요'],
    ['메뉴 알림 끄기', '메뉴 알림을 껐어요'],
    ['연결', '카카오로 로그인하면'],
    ['연결 해제', '이제 카카오톡으로는 보내지 않을게요'],
    ['탈퇴', '모두 지울까요'],
    ['결과 보기', '아직 준비하고 있어요'],
    ['ㅁㄴㅇㄹ', '잘 모르겠어요'],
  ])('%s is answered', async (text, words) => {
    expect(await say(harness, text)).toContain(words);
  });

  test.each([
    ['help', 'this is soshik'],
    ['cat', 'Nya~'],
    ['netflix', 'Netflix'],
    ['watch hana/garden', '[garden] is registered!'],
    ['list', 'You watch no repository yet'],
    ['menu alerts on', 'Menu alerts are on'],
    ['login', 'Log in with Kakao below'],
    ['forget me', 'There is no way back'],
    ['asdf', 'I did not get that'],
  ])('%s is answered in English', async (text, words) => {
    expect(await say(harness, text, { language: 'en' })).toContain(words);
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['a mark', '?'],
    ['a face', '😀'],
    ['a NUL', '\u0000'],
    ['half a surrogate pair', '\ud800'],
    ['five thousand syllables', '가'.repeat(5000)],
  ])('words that mean nothing (%s) get a hint and what can be said', async (_name, text) => {
    const answered = await turn(harness, text);
    expect(answered.entry?.text).toMatch(/잘 모르겠어요|글로 말해 주세요/);
    expect(repliesOf(answered)).toEqual(
      expect.arrayContaining(['고양이', '넷플릭스', '메뉴', '관심 레포 추가', '도움말']),
    );
  });

  test('what is offered can be pressed', async () => {
    await turn(harness, '도움말');
    const { entry } = await harness.world.kakao.press(chatter(harness).id, '관심 레포 추가');
    expect(entry?.text).toContain('어떤 저장소');
  });

  test('연결 shows a button that leads to a login good once', async () => {
    const { entry } = await turn(harness, '연결');
    const [button] = entry?.buttons ?? [];
    expect(button).toMatchObject({ label: '카카오톡 연결', action: 'webLink' });
    expect(button?.url).toMatch(/^https:\/\/soshik\.example\/login\/kakao\?link=/);
  });

  test('who watches without a Kakao login is told how to get news', async () => {
    expect(await say(harness, '구독 hana/garden')).toContain('‘연결’이라고 말해 주세요');
  });

  test('a person is met once, whatever they say', async () => {
    for (const text of ['도움말', '고양이', '구독 hana/garden']) await turn(harness, text);
    expect(await peopleKnown()).toBe(1);
  });

  test('탈퇴 and a yes leave nothing of a person', async () => {
    await turn(harness, '구독 hana/garden');
    await turn(harness, '탈퇴');
    const { entry } = await harness.world.kakao.press(chatter(harness).id, '네');
    expect(entry?.text).toContain('모두 지웠어요');
    const left = await harness.env.DB.prepare(
      `SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM watches)
            + (SELECT count(*) FROM topics) + (SELECT count(*) FROM deliveries) AS rows`,
    ).first('rows');
    expect(left).toBe(0);
  });

  test('storage away is told, in a valid answer', async () => {
    const failing = new Proxy(harness.env.DB, {
      get: () => () => {
        throw new Error('D1_ERROR: storage is away');
      },
    });
    harness.redeploy({ DB: failing });
    expect(await say(harness, '고양이')).toContain('잠깐 문제가 생겼어요');
    expect(await say(harness, '고양이', { groupKey: ROOM })).toContain('잠깐 문제가 생겼어요');
  });
});

describe('a repository is asked for piece by piece:', () => {
  test('address, branch by a button, nickname', async () => {
    const { kakao } = harness.world;
    const { id } = chatter(harness);
    expect(await say(harness, '관심 레포 추가')).toContain('어떤 저장소');
    const asked = await turn(harness, 'https://github.com/hana/garden');
    expect(asked.entry?.text).toContain('어느 브랜치');
    expect(repliesOf(asked)).toEqual(['main', 'dev', 'feat/roses']);
    const named = await kakao.press(id, 'feat/roses');
    expect(named.entry?.text).toContain('뭐라고 부를까요');
    expect(repliesOf(named)).toEqual(['건너뛰기']);
    expect(await say(harness, '장미')).toContain('[장미] 등록 완료!');
    expect(await say(harness, '목록')).toContain('1. 장미 (hana/garden · feat/roses)');
  });

  test('a branch whose name is longer than a button is pressed whole', async () => {
    const branch = 'feature/a-rather-long-name-for-a-branch';
    harness.world.github.createBranch('hana/garden', branch);
    await turn(harness, '관심 레포 추가');
    const asked = await turn(harness, 'hana/garden');
    const label = repliesOf(asked).find((reply) => reply.startsWith('feature')) ?? '';
    expect(label.length).toBeLessThanOrEqual(14);
    await harness.world.kakao.press(chatter(harness).id, label);
    await turn(harness, '긴 가지');
    expect(await say(harness, '목록')).toContain(branch);
  });

  test('two people at once are not mixed up', async () => {
    await turn(harness, '관심 레포 추가');
    await turn(harness, 'watch', { language: 'en' });
    await turn(harness, 'hana/garden');
    await turn(harness, 'hana/garden', { language: 'en' });
    await turn(harness, 'dev');
    await turn(harness, 'main', { language: 'en' });
    expect(await say(harness, '하나의 정원')).toContain('[하나의 정원]');
    expect(await say(harness, 'skip', { language: 'en' })).toContain('[garden]');
    expect(await say(harness, '목록')).toContain('1. 하나의 정원 (hana/garden · dev)');
    expect(await say(harness, 'list', { language: 'en' })).toContain(
      '1. garden (hana/garden · main)',
    );
  });
});

describe('in a group room', () => {
  const inRoom = { groupKey: ROOM };

  test.each(['도움말', '고양이', '관심 레포 추가', '구독 hana/garden', '목록', '연결', '뭐라고'])(
    '%s is answered without quick replies, which Kakao shows in no room',
    async (text) => {
      const answered = await turn(harness, text, inRoom);
      expect(answered.entry?.text).not.toBe('');
      expect(repliesOf(answered)).toEqual([]);
    },
  );

  test('nobody can turn the news of the room to their own KakaoTalk', async () => {
    const { entry } = await turn(harness, '연결', inRoom);
    expect(entry?.text).toContain('저와 둘이 하는 채팅에서만');
    expect(entry?.buttons).toEqual([]);
  });

  test('the room watches as one, apart from those in it', async () => {
    await turn(harness, '구독 hana/garden', inRoom);
    expect(await say(harness, '목록', { ...inRoom, language: 'en' })).toContain('1. garden');
    expect(await say(harness, '목록')).toContain('아직 지켜보는 저장소가 없어요');
  });
});
