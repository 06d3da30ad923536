import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import type { Harness } from './harness.ts';
import { createChat, repliesOf, say, turn } from './skillSteps.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createChat();
  harness.world.github.addRepository({ owner: 'hana', name: 'hello' });
  harness.world.github.addRepository({ owner: 'hana', name: 'lab' });
});

/** A conversation: what somebody says, and what the answer must hold. */
async function talk(...turns: readonly (readonly [said: string, answer: string | RegExp])[]) {
  for (const [said, answer] of turns) {
    expect(await say(harness, said), said).toMatch(
      typeof answer === 'string'
        ? new RegExp(answer.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        : answer,
    );
  }
}

describe('an open question', () => {
  test('is still open after a slip', () =>
    talk(
      ['구독', '어떤 저장소'],
      ['음', '어떤 저장소'],
      ['hana/hello', '뭐라고'],
      ['데모', '[데모] 등록'],
    ));

  test.each([
    [['구독'], 'I did not catch that. Which repository?', ['cancel']],
    [['구독', 'hana/garden'], 'I did not catch that. Which branch of', ['main', 'dev']],
    [['구독 hana/hello', '구독 hana/lab', '해제'], 'I did not catch that. Which', ['1', '2']],
    [['탈퇴'], 'I did not catch that. Shall I delete', ['yes', 'no', 'cancel']],
  ] as const)('%j is asked again in the language of the slip', async (before, text, buttons) => {
    for (const words of before) await say(harness, words);
    const reply = await turn(harness, 'the quick brown fox is over there');
    const told = reply.entry?.text ?? '';
    expect(told).toContain(text);
    expect(told).not.toMatch(/[가-힣]/u);
    expect(repliesOf(reply).slice(0, buttons.length)).toEqual(buttons);
    expect(await say(harness, '음 그게 뭐였더라')).toMatch(/^잘 못 알아들었어요\. .*[가-힣]/u);
  });

  test('is closed by the third slip', () =>
    talk(
      ['구독', '어떤 저장소'],
      ['글쎄다', '어떤 저장소'],
      ['모르겠다니까', /./],
      ['아무말', /어떤 저장소|그만둘게요/],
      ['블라블라', /그만둘게요|모르겠어요/],
    ));

  test('survives an aside', () =>
    talk(
      ['관심 레포 추가', '어떤 저장소'],
      ['고양이', '냐옹'],
      ['고마워', '기뻐요'],
      ['hana/garden', '어느 브랜치'],
      ['목록', '아직 지켜보는'],
      ['dev', '뭐라고'],
      ['건너뛰기', '[garden] 등록'],
    ));

  test('is over after ten minutes', async () => {
    await talk(['구독', '어떤 저장소']);
    harness.world.clock.advance(11 * MINUTE_MS);
    await talk(['음', '모르겠어요']);
  });

  test.each(['아니야 됐어', '취소할래', 'cancel please', '나중에 할게', 'forget it', '안 할래'])(
    'is given up by “%s”',
    (words) => talk(['구독', '어떤 저장소'], [words, '그만둘게요'], ['목록', '아직 지켜보는']),
  );

  test('for a branch takes its name, its place, and what people call it', async () => {
    for (const [words, branch] of [
      ['dev요', 'dev'],
      ['두번째 거', 'dev'],
      ['메인', 'main'],
      ['개발 말고 메인으로', 'main'],
      ['feat/roses 브랜치', 'feat/roses'],
    ] as const) {
      harness = await createChat();
      await talk(
        ['구독', '어떤 저장소'],
        ['hana/garden 요', '어느 브랜치'],
        [words, '뭐라고'],
        ['그냥 기본으로', `· ${branch})`],
      );
    }
  });

  test('for a nickname takes a name in a sentence, and “no nickname”', async () => {
    await talk(
      ['구독', '어떤 저장소'],
      ['https://github.com/hana/hello 이거요', '뭐라고'],
      ['별명은 첫째', '[첫째] 등록'],
      ['구독', '어떤 저장소'],
      ['hana/lab 이걸로', '뭐라고'],
      ['별명 필요 없어', '[lab] 등록'],
    );
  });
});

describe('somebody who watches', () => {
  beforeEach(() =>
    talk(['hana/hello', '[hello] 등록'], ['hana/lab 실험실로 구독해줘', '[실험실] 등록']),
  );

  test('is told what will be told, and sees it in the list', async () => {
    await talk(['구독 hana/garden', '새 커밋과 릴리스를 바로 알려 드려요']);
    await talk(['목록', '커밋과 릴리스']);
  });

  test('takes a removal back', () =>
    talk(
      ['실험실 이제 안 볼래 빼줘', '[실험실] 알림을 해제'],
      ['목록', /^(?!.*실험실)/s],
      ['되돌리기', '[실험실]'],
      ['목록', '2. 실험실'],
    ));

  test('cannot take it back after five minutes', async () => {
    await talk(['해제 1', '해제했어요']);
    harness.world.clock.advance(6 * MINUTE_MS);
    await talk(['되돌리기', '되돌릴 것이 없어요']);
  });

  test('is asked before all is removed', () =>
    talk(
      ['전부 해제', '모두 해제할까요'],
      ['아니요', '그만둘게요'],
      ['다 지워줘', '모두 해제할까요'],
      ['네', '모두 해제했어요'],
      ['되돌려줘', '되돌렸어요'],
      ['목록', '1. hello'],
    ));

  test.each([
    ['2번이요', '[실험실] 알림을 해제'],
    ['hello 요', '[hello] 알림을 해제'],
    ['첫 번째', '[hello] 알림을 해제'],
    ['the second one', '[실험실]'],
  ])('answers which one by “%s”', (words, answer) =>
    talk(['구독 취소하고 싶은데', '몇 번 저장소'], [words, answer]),
  );

  test('leaves all as it is when they say no', () =>
    talk(['구독 취소', '몇 번 저장소'], ['아니 그만둘래', '그만둘게요'], ['목록', '2. 실험실']));

  test('pauses and goes on', () =>
    talk(
      ['1번 잠깐 멈춰줘', '[hello] 알림을 잠시 멈췄어요'],
      ['목록', '멈춤'],
      ['1번 다시 켜줘', '[hello] 알림을 다시'],
    ));

  test('renames, and takes that back', () =>
    talk(
      ['실험실 이름을 연구로 바꿔 주세요', '[연구]'],
      ['되돌리기', '[실험실]'],
      ['hello를 메인앱이라고 불러줘', '[메인앱]'],
    ));

  test('sees what is set with buttons, changes it by one, and takes that back', async () => {
    const shown = await turn(harness, '설정 1');
    expect(shown.entry?.text).toContain('커밋과 릴리스');
    expect(repliesOf(shown)).toContain('설정 hello 릴리스만');
    await talk(
      ['설정 hello 릴리스만', '릴리스만'],
      ['되돌리기', '커밋과 릴리스'],
      ['2번 매일 9시에 모아서 알려줘', '매일 9시'],
    );
  });

  test('says what to set before which one', () =>
    talk(['릴리스만 알려줘', '몇 번 저장소'], ['2', '[실험실] 설정이에요: 릴리스만']));

  test('pages a long list', async () => {
    const branches = Array.from({ length: 12 }, (_, index) => `b${index}`);
    harness.world.github.addRepository({
      owner: 'hana',
      name: 'many',
      branches: ['main', ...branches],
    });
    for (const branch of branches) await say(harness, `구독 hana/many ${branch} as n${branch}`);
    await talk(['목록', '1. hello'], ['더 보기', '9. '], ['더', /이게 전부예요|13\./]);
  });

  test('stops alerts by a word alone: the one there is, or the one they choose', async () => {
    await talk(['알림 꺼줘', '어떤 알림을'], ['멈춤 hello', '[hello] 알림을 잠시']);
  });
});

describe('two addresses at once', () => {
  test('are both watched', () =>
    talk(['구독 hana/hello, hana/lab', /hello[\s\S]*lab/], ['목록', '2. lab']));
});

describe('a nickname', () => {
  test('keeps an end that could be a particle where no sentence is around it', () =>
    talk(
      ['watch hana/garden as 헬로', '[헬로]'],
      ['구독 hana/lab', '[lab]'],
      ['구독', '어떤 저장소'],
      ['hana/hello', '뭐라고'],
      ['메트로', '[메트로]'],
    ));
});

describe('the language', () => {
  test('is the platform’s, whatever single words are in', () =>
    talk(
      ['cat', '냐옹'],
      ['React Native Korea', '모르겠어요'],
      ['BTOB', '못 하는'],
      ['help', '이렇게'],
      ['netflix', '넷플릭스'],
    ));

  test('changes when it is asked for, and stays', () =>
    talk(
      ['영어로 말해줘', 'English from now on'],
      ['고양이', 'Nya'],
      ['한국어로 해줘', '한국어로'],
      ['cat', '냐옹'],
    ));

  test('of a sentence is that of its answer only', () =>
    talk(['can you tell me a cat fact please', 'Nya'], ['cat', '냐옹']));
});

describe('what goes on', () => {
  test('one more cat, and the menu of another day', () =>
    talk(
      ['고양이', '냐옹'],
      ['하나 더', '냐옹'],
      ['메뉴', /메뉴|점심|저녁|아침/],
      ['내일은?', /월요일|내일|23일/],
    ));

  test('more after nothing is asked about', () => talk(['더 보여줘', '무엇을 더']));

  test('a hint is not given twice in the same words', async () => {
    const first = await say(harness, '우주 여행 예약');
    const second = await say(harness, '우주 여행 예약');
    expect(second).not.toBe(first);
  });
});

describe('what nobody meant is not done', () => {
  beforeEach(() => talk(['hana/hello', '[hello] 등록'], ['hana/lab', '[lab] 등록']));

  test('a wish in the negative keeps all as it is', () =>
    talk(
      ['hello 해제하지 마', '알겠어요'],
      ["don't remove hello", '알겠어요'],
      ['알림 끄지 마', '알겠어요'],
      ['목록', /1\. hello[\s\S]*2\. lab/],
    ));

  test('an “instead of” means what stands behind it', () =>
    talk(
      ['메뉴 말고 고양이', '냐옹'],
      ['1번 말고 2번 해제', '[lab] 알림을 해제'],
      ['아니 그거 말고 첫번째', /\[lab\] 알림을 되돌렸어요[\s\S]*\[hello\] 알림을 해제/],
      ['목록', /1\. lab/],
      ['되돌리기', '[hello] 알림을 되돌렸어요'],
      ['이름 1 정원', '정원'],
      ['아니 그거 말고 두번째', /\[hello\][\s\S]*\[정원\]/],
      ['목록', /1\. hello[\s\S]*2\. 정원|1\. 정원[\s\S]*2\. hello/],
    ));

  test('one is let go and another watched in one sentence', () =>
    talk(
      ['hello 해제하고 hana/garden dev 구독해줘', /\[hello\] 알림을 해제[\s\S]*\[garden\] 등록/],
      ['garden 해제하고 kit 구독해줘', /\[garden\] 알림을 해제[\s\S]*GitHub 저장소 주소/],
      ['취소', '그만둘게요'],
      ['목록', /1\. lab/],
      ['되돌리기', '[garden] 알림을 되돌렸어요'],
    ));

  test('two names before one wish are both meant', () =>
    talk(['hello랑 lab 해제해줘', '모두 해제할까요']));

  test('two wishes in one sentence are both answered', () =>
    talk(['공연이랑 고양이 알려줘', /공연[\s\S]*냐옹/]));

  test('all but one means the others', () =>
    talk(
      ['1번 빼고 다 해제', '[lab] 알림을 해제'],
      ['되돌리기', '되돌렸어요'],
      ['2번만 남기고 해제', '[hello] 알림을 해제'],
    ));

  test('several numbers mean each of them', () => talk(['1번이랑 2번 멈춰줘', /hello[\s\S]*lab/]));

  test('a question about deleting is no yes to it', () =>
    talk(
      ['탈퇴', '모두 지울까요'],
      ['음 뭐가 지워지는데?', '모두 지울까요'],
      ['아니', '그만둘게요'],
    ));

  test.each(['네?', '응??', '그래?', 'ok?', 'yes?'])(
    'a yes with a question mark asks back: “%s”',
    async (back) => {
      await talk(['전부 해제', '모두 해제할까요'], [back, /모두 해제할까요|watching all/]);
      await talk(['취소', '그만둘게요'], ['탈퇴', '모두 지울까요']);
      await talk([back, /모두 지울까요|Shall I delete/], ['네', '모두 지웠어요']);
    },
  );

  test('what somebody breaks off for is answered, and the question stays open', () =>
    talk(
      ['구독', '어떤 저장소'],
      ['어 잠깐 오늘 점심 뭐야', '점심'],
      ['hana/garden', '어느 브랜치'],
    ));

  test('settings go on with the watch they were about, and may be put right', () =>
    talk(
      ['설정 2', '[lab] 설정이에요'],
      ['릴리스만', '[lab] 설정이에요: 릴리스만'],
      ['아니 커밋만', '[lab] 설정이에요: 커밋만'],
    ));

  test('two repositories of one owner are two without a comma', () =>
    talk(['hana/garden hana/lab', /\[garden\] 등록[\s\S]*이미 지켜보고/]));
});

describe('quiet hours', () => {
  test('are heard in a sentence, and asked about', () =>
    talk(
      ['밤에는 조용히 해줘', '조용한 시간이 없어요'],
      ['밤 11시부터 아침 7시까지는 알림 보내지 마', '23시부터 7시까지'],
      ['언제 조용해?', '23시부터 7시까지'],
      ['조용한 시간 끄기', '언제든'],
    ));
});

test('whoever asks what alerts there are can switch each', async () => {
  const none = await turn(harness, '무슨 알림 있어?');
  expect(none.entry?.text).toContain('받고 있는 알림이 없어요');
  expect(repliesOf(none)).toContain('메뉴 알림 켜기');
  await talk(['메뉴 알림 켜기', '켰어요']);
  const some = await turn(harness, '알림 켜줘');
  expect(some.entry?.text).toContain('1가지');
  expect(repliesOf(some)).toContain('메뉴 알림 끄기');
  expect(repliesOf(some)).not.toContain('메뉴 알림 켜기');
});

test('everything is deleted only after a yes', async () => {
  await talk(['hana/hello', '등록']);
  for (const no of ['ㄴㄴ', '아니', 'no thanks', '잠깐, 취소할게요']) {
    await talk(['탈퇴', '모두 지울까요'], [no, '그만둘게요']);
  }
  await talk(['내 정보 다 지워줘', '모두 지울까요'], ['네 지워주세요', '모두 지웠어요']);
});
