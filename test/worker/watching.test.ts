import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import { answers, connectWebhook, createHarness, type Harness, reader } from './harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectWebhook(harness);
  harness.world.github.addRepository({
    owner: 'hana',
    name: 'garden',
    branches: ['main', 'dev', 'feat/roses'],
  });
});

/** What the bot answers to somebody on X. */
async function say(text: string, language: 'ko' | 'en' = 'ko'): Promise<string> {
  const person = reader(harness, language);
  // Nobody is hurried: the bot answers six messages a quarter of an hour on X.
  harness.world.clock.advance(3 * MINUTE_MS);
  await harness.world.x.say(person.id, text);
  await harness.settle();
  return answers(harness, person.id).at(-1) ?? '(silence)';
}

describe('watching a repository by chat', () => {
  test('takes repository, branch and nickname in one sentence', async () => {
    expect(await say('구독 hana/garden dev as 우리 정원')).toContain('[우리 정원] 등록 완료!');
    expect(await say('목록')).toContain('1. 우리 정원 (hana/garden · dev)');
  });

  test('takes the default branch and the name of the repository when nothing else is said', async () => {
    expect(await say('watch https://github.com/hana/garden', 'en')).toContain(
      '[garden] is registered!',
    );
    expect(await say('list', 'en')).toContain('1. garden (hana/garden · main)');
  });

  test('understands a pasted address without a verb', async () => {
    expect(await say('https://github.com/hana/garden.git')).toContain('[garden] 등록 완료!');
  });

  test('keeps a branch with slashes whole, in an address too', async () => {
    expect(await say('구독 https://github.com/hana/garden/tree/feat/roses')).toContain(
      'feat/roses',
    );
    expect(await say('목록')).toContain('(hana/garden · feat/roses)');
  });

  test('takes a repository that has releases and tags', async () => {
    harness.world.github.release('hana/garden', { tag: 'v1.0.0', title: 'First' });
    harness.world.github.tag('hana/garden', 'v1.1.0');
    expect(await say('구독 hana/garden')).toContain('[garden] 등록 완료!');
  });

  test('asks for what is missing: repository, branch, nickname', async () => {
    expect(await say('관심 레포 추가')).toContain('어떤 저장소');
    const branches = await say('github.com/hana/garden');
    expect(branches).toContain('어느 브랜치');
    expect(branches).toContain('main');
    expect(branches).toContain('feat/roses');
    expect(await say('feat/roses')).toContain('뭐라고 부를까요');
    expect(await say('장미')).toContain('[장미] 등록 완료!');
    expect(await say('목록')).toContain('1. 장미 (hana/garden · feat/roses)');
  });

  test('goes on in Korean when the answers are addresses and branches', async () => {
    await say('관심 레포 추가');
    await say('github.com/hana/garden');
    await say('main');
    expect(await say('skip')).toContain('등록 완료!');
  });

  test('can be given up in the middle', async () => {
    await say('관심 레포 추가');
    expect(await say('취소')).toContain('그만둘게요');
    expect(await say('목록')).toContain('아직 지켜보는 저장소가 없어요');
  });

  test('is left when something else is said in the middle', async () => {
    await say('관심 레포 추가');
    expect(await say('고양이')).toContain('냐옹~');
  });

  test('comes from the deep link of a QR code, by the number of the repository', async () => {
    const { id } = harness.world.github.repository('hana/garden');
    expect(await say(`/start ${id}`)).toContain('어느 브랜치');
    await say('dev');
    expect(await say('건너뛰기')).toContain('[garden] 등록 완료!');
  });

  test.each([
    ['구독 hana/nothing', '저장소를 찾지 못했어요'],
    ['구독 hana', 'GitHub 저장소 주소가 아니에요'],
    ['구독 https://gitlab.com/a/b', 'GitHub에 있는 저장소만'],
    ['구독 hana/garden nowhere', '그 브랜치를 찾지 못했어요'],
    ['구독 hana/garden feat/roses/red', '그 브랜치를 찾지 못했어요'],
    ['구독 hana/garden main as 123', '숫자만으로는 안 돼요'],
  ])('%s is refused in words that say what to do', async (text, words) => {
    expect(await say(text)).toContain(words);
    expect(await say('목록')).toContain('아직 지켜보는 저장소가 없어요');
  });

  test('a wrong branch is followed by the choice of the right ones', async () => {
    await say('구독 hana/garden nowhere');
    await say('dev');
    expect(await say('건너뛰기')).toContain('[garden] 등록 완료!');
    expect(await say('목록')).toContain('· dev');
  });

  test('a private repository is not watched, though the owner’s token sees it', async () => {
    harness.world.github.addRepository({ owner: 'hana', name: 'secret', isPrivate: true });
    expect(await say('구독 hana/secret')).toMatch(/비공개/);
  });

  test('an empty and an archived repository say so', async () => {
    harness.world.github.addRepository({ owner: 'hana', name: 'seed', isEmpty: true });
    expect(await say('구독 hana/seed')).toContain('아직 커밋이 없어요');
    harness.world.github.archive('hana/garden');
    expect(await say('구독 hana/garden')).toContain('보관된 저장소');
  });

  test('a renamed repository is found under its old name, and told', async () => {
    harness.world.github.rename('hana/garden', 'park');
    const reply = await say('구독 hana/garden');
    expect(reply).toContain('hana/park');
    expect(reply).toContain('이름이 바뀌었어요');
  });

  test('a nickname that is taken is asked about', async () => {
    await say('구독 hana/garden main as 정원');
    expect(await say('구독 hana/garden dev as 정원')).toContain('이미 다른 저장소에 쓰는 별명');
    expect(await say('정원 개발')).toContain('[정원 개발] 등록 완료!');
    expect(await say('목록')).toContain('2. 정원 개발');
  });

  test('the same branch again only gets its new nickname', async () => {
    await say('구독 hana/garden main as 정원');
    expect(await say('구독 hana/garden main as 뜰')).toContain('이미 지켜보고 있어요');
    expect(await say('목록')).toBe(await say('목록'));
    expect(await say('목록')).toContain('1. 뜰');
  });

  test('GitHub away is told, and nothing is registered', async () => {
    harness.world.faults.add({ host: 'api.github.com', kind: 'status', status: 503, times: 9 });
    expect(await say('구독 hana/garden')).toContain('잠시 뒤에 다시');
  });

  test('is off without a token, and says so', async () => {
    harness.redeploy({ GITHUB_TOKEN: undefined });
    expect(await say('구독 hana/garden')).toContain('지금은 저장소를 지켜볼 수 없어요');
  });
});

describe('a watched repository', () => {
  beforeEach(async () => {
    await say('구독 hana/garden main as 정원');
    await say('구독 hana/garden dev as 개발');
  });

  test('tells all commits since the last question, and then none', async () => {
    harness.world.github.push('hana/garden', 'main', [
      { message: 'Plant roses' },
      { message: 'Water them' },
    ]);
    const told = await say('상태 1');
    expect(told).toContain('[정원]');
    expect(told).toContain('Plant roses');
    expect(told).toContain('Water them');
    expect(await say('상태 1')).toContain('새 소식이 없어요');
  });

  test('tells the time of a commit in Korea, over midnight', async () => {
    // Committed in the sandbox at Monday 00:30 in Seoul, which is Sunday in UTC.
    harness.world.clock.advance(Date.UTC(2026, 10, 22, 15, 30) - harness.world.clock.now());
    harness.world.github.push('hana/garden', 'main', [{ message: 'Night shift' }]);
    expect(await say('상태 1')).toContain('2026-11-23 00:30');
  });

  test('is found by number and by nickname, whatever the case and spacing', async () => {
    await say('구독 hana/garden feat/roses as My Roses');
    expect(await say('상태 my  roses')).toContain('[My Roses]');
    expect(await say('상태 3')).toContain('[My Roses]');
  });

  test.each(['상태 9', '상태 없는것', '해제 0'])('%s is answered with what to do', async (text) => {
    expect(await say(text)).toContain('목록');
  });

  test('is asked about when several are watched and none is named', async () => {
    expect(await say('해제')).toContain('몇 번 저장소인가요');
    expect(await say('2')).toContain('[개발] 알림을 해제했어요');
    expect(await say('목록')).not.toContain('개발');
  });

  test('keeps its place in the list when another one goes', async () => {
    await say('구독 hana/garden feat/roses as 장미');
    await say('해제 개발');
    const list = await say('목록');
    expect(list).toContain('1. 정원');
    expect(list).toContain('2. 장미');
  });

  test('can be paused, resumed, renamed and set', async () => {
    await say('멈춤 1');
    expect(await say('목록')).toContain('1. 정원 (hana/garden · main · 멈춤)');
    await say('다시 정원');
    expect(await say('목록')).not.toContain('멈춤');
    await say('이름 1 앞뜰');
    expect(await say('목록')).toContain('1. 앞뜰');
    expect(await say('설정 앞뜰 릴리스만 태그 v2.* 매일 9시')).toContain(
      '[앞뜰] 설정이에요: 릴리스만 · 태그 v2.* · 매일 9시',
    );
    expect(await say('설정 1 아무렇게나')).toContain('지금 설정은 이래요');
  });
});

test('somebody who says 탈퇴 and yes is forgotten', async () => {
  await say('구독 hana/garden');
  expect(await say('탈퇴')).toContain('모두 지울까요');
  expect(await say('네')).toContain('모두 지웠어요');
  const { results } = await harness.env.DB.prepare(
    `SELECT (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM watches) AS watches,
            (SELECT count(*) FROM deliveries WHERE address <> '') AS deliveries`,
  ).all();
  expect(results).toEqual([{ people: 0, watches: 0, deliveries: 0 }]);
});

test('somebody who says 탈퇴 and then something else is not forgotten', async () => {
  await say('구독 hana/garden');
  await say('탈퇴');
  await say('고양이');
  expect(await say('목록')).toContain('1. garden');
});

describe('of two branches of a repository', () => {
  beforeEach(async () => {
    await say('구독 hana/garden main as 하나');
    await say('구독 hana/garden dev as 둘');
  });

  test.each([
    '해제 hana/garden dev',
    'unwatch hana/garden#dev',
    'github.com/hana/garden/tree/dev 해제',
  ])('%s ends the one it names, and begins none', async (words) => {
    expect(await say(words)).toContain('[둘]');
    const list = await say('목록');
    expect([list.includes('하나'), list.includes('둘')]).toEqual([true, false]);
  });

  test('both are meant by its name, and asked for before anything ends', async () => {
    expect(await say('해제 hana/garden')).toContain('2개를 모두 해제할까요?');
    expect(await say('아니요')).not.toContain('해제했어요');
    expect(await say('이름 hana/garden 정원')).toContain('몇 번 저장소인가요?');
  });
});
