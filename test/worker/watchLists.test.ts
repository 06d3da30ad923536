import { beforeEach, describe, expect, test } from 'vitest';
import { ALLOWED, createCounter, type Invocation, most } from './counted.ts';
import { createHarness, type Harness, START } from './harness.ts';
import { botMessages, buttonsOf, connectTelegram, privateChat, write } from './telegramSteps.ts';

const MINUTE_MS = 60_000;

let harness: Harness;
let invocations: Invocation[];
const names = Array.from({ length: 40 }, (_, index) => `hana/app-${index}`);

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

const github = () => harness.world.github;
const say = async (text: string) => {
  const answer = await write(harness, privateChat(harness), text);
  return { text: answer?.text ?? '', buttons: buttonsOf(answer) };
};

/** `owner/name`, and which news of it, of what is watched. */
async function watched(): Promise<string[]> {
  const { results } = await harness.env.DB.prepare(
    `SELECT owner || '/' || repositories.name AS name, releases, commits FROM watches
     JOIN branches ON branches.id = watches.branch
     JOIN repositories ON repositories.id = branches.repository ORDER BY watches.id`,
  ).all<{ name: string; releases: number; commits: number }>();
  return results.map(
    ({ name, releases, commits }) => `${name}${commits ? ' c' : ''}${releases ? ' r' : ''}`,
  );
}

const released = (some: readonly string[]) => some.map((name) => `${name} r`);

describe('lines of addresses', () => {
  test('are shown, and watched for releases after a yes, which can be taken back', async () => {
    const shown = await say(`이거 다 지켜봐줘\n- ${names.slice(0, 5).join('\n- ')}\n`);
    expect(shown.text).toBe(
      '5개를 찾았어요: hana/app-0, hana/app-1, hana/app-2, hana/app-3, hana/app-4\n새 릴리스만 알려 드릴까요?',
    );
    expect(shown.buttons).toEqual(['네', '취소']);
    expect(await watched()).toEqual([]);
    const done = await say('네');
    expect(done.text).toContain('5개의 새 릴리스를 알려 드릴게요: hana/app-0, hana/app-1');
    expect(done.buttons).toEqual(expect.arrayContaining(['되돌리기', '목록']));
    expect(await watched()).toEqual(released(names.slice(0, 5)));
    expect((await say('되돌리기')).text).toBe('방금 등록한 5개를 되돌렸어요.');
    expect(await watched()).toEqual([]);
  });

  test('are left at that when the person cancels', async () => {
    await say(names.join('\n'));
    await say('취소');
    expect(await watched()).toEqual([]);
    expect(botMessages(harness, privateChat(harness))).toHaveLength(2);
  });

  test('are gone through in parts, within what the free plan allows', async () => {
    expect((await say(`구독 ${names.join('\n')}`)).text).toContain('30개를 찾았어요');
    const first = await say('네');
    expect(first.text).toContain('아직 10개가 남았어요. 이어서 볼까요?');
    expect(first.buttons).toEqual(expect.arrayContaining(['더 보기', '취소']));
    expect((await say('더 보기')).text).toContain('10개를 찾았어요');
    await say('네');
    expect(await watched()).toEqual(released(names));
    expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
    expect(most(invocations).calls).toBeLessThanOrEqual(ALLOWED);
  });

  test('say of each line that is left out why', async () => {
    await say('구독 hana/app-1');
    github().makePrivate('hana/app-2');
    github().archive('hana/app-3');
    github().rename('hana/app-4', 'hana', 'new-4');
    const lines = [...names.slice(0, 6), 'hana/none', 'gitlab.com/x/y'];
    expect((await say(lines.join('\n'))).text).toBe(
      [
        '3개를 찾았어요: hana/app-0, hana/new-4, hana/app-5',
        '이미 지켜보고 있어요: hana/app-1',
        '찾지 못했어요(없거나 비공개예요): hana/app-2, hana/none',
        '보관돼서 새 소식이 없어 뺐어요: hana/app-3',
        'GitHub에 있지 않아요: gitlab.com/x/y',
        '새 릴리스만 알려 드릴까요?',
      ].join('\n'),
    );
  });

  test('what turned private between the look and the yes is watched by nobody', async () => {
    await say(names.slice(0, 4).join('\n'));
    github().makePrivate('hana/app-2');
    expect((await say('네')).text).toContain('찾지 못했어요(없거나 비공개예요): hana/app-2');
    expect(await watched()).toEqual(released(['hana/app-0', 'hana/app-1', 'hana/app-3']));
  });

  test('of which some are to be watched no more are no list to watch', async () => {
    for (const name of names.slice(0, 5)) await say(`구독 ${name}`);
    expect((await say(`${names.slice(0, 4).join('\n')}\n해제해줘`)).text).not.toContain('찾았어요');
    expect(await watched()).toHaveLength(5);
  });

  test('tell what was asked for where something was', async () => {
    const asked = await say(`구독 ${names.slice(0, 4).join(', ')} 커밋과 릴리스 매일 9시`);
    expect(asked.text).toContain('이렇게 알려 드릴까요? 커밋과 릴리스 · 매일 9시');
    await say('네');
    expect(await watched()).toEqual(names.slice(0, 4).map((name) => `${name} c r`));
  });

  test('tell releases where what was asked for cannot be kept', async () => {
    const tag = '가'.repeat(17);
    const asked = await say(`${names.slice(0, 4).join('\n')}\n태그 ${tag}`);
    expect(asked.text).toContain('새 릴리스만 알려 드릴까요?');
    expect((await say('네')).text).toContain('4개의 새 릴리스를 알려 드릴게요');
    expect(await watched()).toEqual(released(names.slice(0, 4)));
  });

  test('beyond what a message may hold are not read: the last name of it may be half of one', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => names[index % 40]).join('\n');
    github().addRepository({ owner: 'hana', name: 'app' });
    const text = Array.from({ length: 12 }, (_, pad) => `${'.'.repeat(pad)}\n${lines}`).find(
      (one) => one.slice(0, 1000).endsWith('hana/app'),
    );
    if (text === undefined) throw new Error('no message is cut within a name');
    const shown = (await say(text)).text;
    expect(shown).toContain('앞의 1,000자만 읽었어요');
    expect(shown).not.toContain('hana/app,');
  });

  test('of a hundred watches are the most, and what is left is said', async () => {
    for (let index = 0; index < 80; index++) {
      github().addRepository({ owner: 'mina', name: `lib-${index}` });
    }
    const all = Array.from({ length: 80 }, (_, index) => `mina/lib-${index}`);
    for (const start of [0, 30, 60]) {
      await say(all.slice(start, start + 30).join('\n'));
      await say('네');
      harness.world.clock.advance(MINUTE_MS);
    }
    const shown = await say(names.slice(0, 30).join('\n'));
    expect(shown.text).toContain('20개를 찾았어요');
    expect(shown.text).toContain('한 분이 100개까지 지켜볼 수 있어요. 나머지 10개는');
    await say('네');
    expect(await watched()).toEqual(released([...all, ...names.slice(0, 20)]));
    expect((await say('구독 hana/app-30')).text).toContain('100개까지');
    const pages: string[] = [(await say('목록')).text];
    while (pages.at(-1)?.includes('그 밖에')) {
      harness.world.clock.advance(MINUTE_MS);
      pages.push((await say('더 보기')).text);
    }
    expect(pages.length).toBeLessThanOrEqual(5);
    expect(pages.every((page) => page.length <= 1000)).toBe(true);
    const shownLines = pages.flatMap((page) => page.split('\n').filter((line) => /^\d/.test(line)));
    expect(shownLines).toHaveLength(100);
    expect(shownLines[99]).toBe('100. app-19 (hana/app-19) 릴리스만 · 바로');
    expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
    // The first look at so many learns what is there, and the second tells what is new.
    await harness.cron(START + 60 * MINUTE_MS);
    await harness.settle();
    github().release('mina/lib-7', { tag: 'v1.0.0' });
    await harness.cron(START + 90 * MINUTE_MS);
    await harness.settle();
    expect(botMessages(harness, privateChat(harness)).at(-1)?.text).toContain('v1.0.0');
    // All of them end at once, and come back at once.
    const before = await watched();
    await say('해제 전부');
    await say('네');
    expect(await watched()).toEqual([]);
    await say('되돌리기');
    expect(await watched()).toEqual(before);
    expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
    expect(most(invocations).calls).toBeLessThanOrEqual(ALLOWED);
  }, 30_000);
});

describe('a file of dependencies', () => {
  test('package.json: what names a repository is found, what names a package only is told', async () => {
    const file = {
      name: 'shop',
      version: '1.0.0',
      main: 'dist/index.js',
      repository: { type: 'git', url: 'git+https://github.com/hana/app-0.git' },
      scripts: { test: 'vitest run' },
      dependencies: { one: 'github:hana/app-1#v4', two: 'hana/app-2', react: '^18.2.0' },
      devDependencies: { three: 'git+ssh://git@github.com/hana/app-3.git', vite: '~5.0.0' },
    };
    const shown = await say(JSON.stringify(file, null, 2));
    expect(shown.text).toBe(
      [
        '4개를 찾았어요: hana/app-0, hana/app-1, hana/app-2, hana/app-3',
        '패키지 이름만으로는 저장소를 알 수 없어요(owner/name으로 보내 주세요): react, vite',
        '새 릴리스만 알려 드릴까요?',
      ].join('\n'),
    );
    await say('네');
    expect(await watched()).toEqual(released(names.slice(0, 4)));
  });

  test('requirements.txt', async () => {
    const shown = await say(
      [
        '# tools',
        '-r base.txt',
        '--index-url https://pypi.org/simple',
        'requests==2.31.0',
        'flask[async]>=2.0,<3  # web',
        'app @ git+https://github.com/hana/app-5@v1.0',
        '-e git+https://github.com/hana/app-6.git@main#egg=six',
      ].join('\n'),
    );
    expect(shown.text).toContain('2개를 찾았어요: hana/app-5, hana/app-6');
    expect(shown.text).toContain('보내 주세요): requests, flask');
    expect(shown.text).not.toContain('pypi.org');
  });

  test('that names no repository at all is answered with the reason', async () => {
    const shown = await say('{"dependencies": {"react": "^18.2.0", "vite": "^5.0.0"}}');
    expect(shown.text).toContain('새로 지켜볼 수 있는 저장소가 없어요.');
    expect(shown.text).toContain('react, vite');
    expect(shown.buttons).not.toContain('네');
  });
});

describe('the stars of an account', () => {
  beforeEach(() => {
    for (const name of names.slice(0, 35).toReversed()) github().star('mina', name);
  });

  test('are shown newest first in parts, and watched for releases after a yes', async () => {
    const shown = await say('내 스타 mina');
    expect(shown.text).toMatch(/^30개를 찾았어요: hana\/app-0, hana\/app-1,/);
    expect(shown.buttons).toEqual(['네', '취소']);
    expect((await say('네')).text).toContain('아직 5개가 남았어요. 이어서 볼까요?');
    expect((await say('더 보기')).text).toContain('5개를 찾았어요');
    await say('네');
    expect(await watched()).toEqual(released(names.slice(0, 35)));
    expect((await say('되돌리기')).text).toBe('방금 등록한 5개를 되돌렸어요.');
    expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
  });

  test('are asked for by the name of the account where none is said', async () => {
    expect((await say('내 스타')).text).toContain('GitHub 아이디를 보내 주세요');
    expect((await say('mina')).text).toContain('30개를 찾았어요');
  });

  test('go on over GitHub’s pages', async () => {
    github().fill(120);
    for (const { owner, name } of github().repositories()) {
      if (owner === 'fleet') github().star('jun', `${owner}/${name}`);
    }
    let shown = (await say('stars jun')).text;
    expect(shown.match(/fleet\/r\d+/g)).toHaveLength(30);
    for (const next of [90, 60, 30]) {
      harness.world.clock.advance(MINUTE_MS);
      const done = await say('네');
      expect(await watched()).toHaveLength(120 - next);
      expect(done.text).toContain(next === 30 ? '별표가 더 있어요' : '이어서 볼까요?');
      shown = (await say('더 보기')).text;
    }
    expect(shown).toContain('10개를 찾았어요');
    await say('네');
    expect((await say('더 보기')).text).toContain('한 분이 100개까지');
    expect(await watched()).toHaveLength(100);
    expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
  });

  test.each([
    ['nobody', 'GitHub에 ‘nobody’ 계정이 없어요'],
    ['hana', '‘hana’ 계정은 별표를 준 공개 저장소가 없거나'],
  ])('of %s are answered in words', async (login, words) => {
    expect((await say(`별표 ${login}`)).text).toContain(words);
  });

  test('that are shown to nobody are none', async () => {
    github().hideStars('mina');
    expect((await say('별표 mina')).text).toContain('프로필이 비공개예요');
  });
});

test('whoever has too much looked up is told so, and no more is asked', async () => {
  for (let times = 0; times < 25; times++) {
    await say(names.slice(times, times + 4).join('\n'));
    harness.world.clock.advance(MINUTE_MS);
  }
  const asked = github().calls.graphql;
  expect((await say(names.slice(0, 4).join('\n'))).text).toContain('한 시간에 찾아볼 수 있는 만큼');
  expect(github().calls.graphql).toBe(asked);
  expect(most(invocations).queries).toBeLessThanOrEqual(ALLOWED);
});
