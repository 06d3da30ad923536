import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newsText, plainNews } from '../../../src/bot/notice/newsTexts.ts';
import { commit, commits, digest, menu, release, repository } from './news.ts';

const SEOUL = 'Asia/Seoul';
const tell = (notice: Parameters<typeof plainNews>[0]) => plainNews(notice, SEOUL);

describe('news of commits', () => {
  test('tells date in Korea, author, message and page of the one there is', () => {
    expect(tell(commits())).toBe(
      [
        '[인사] 새 커밋 1개',
        'octo/hello · main',
        '',
        '2026-11-22 13:05 하나',
        '0번째 변경',
        'https://github.com/octo/hello/commit/0',
      ].join('\n'),
    );
  });

  test('rolls the date over at midnight in Korea', () => {
    const late = commit(0, { at: Date.UTC(2026, 11, 31, 15, 30) });
    expect(tell(commits({ commits: [late] }))).toContain('2027-01-01 00:30 하나');
  });

  test('writes the instants of any other time zone', () => {
    expect(plainNews(commits(), 'Europe/Berlin')).toContain('2026-11-22 05:05 하나');
  });

  test('tells every commit, and leads to all changes', () => {
    const said = tell(commits({ commits: [commit(1), commit(0)] }));
    expect(said).toContain('[인사] 새 커밋 2개\n');
    expect(said).toContain('1번째 변경');
    expect(said).toContain('0번째 변경');
    expect(said).toMatch(
      /\n\n변경 내역 보기:\nhttps:\/\/github\.com\/octo\/hello\/compare\/1\.\.\.2$/,
    );
  });

  test('counts those it does not show', () => {
    const five = [4, 3, 2, 1, 0].map((number) => commit(number));
    const said = tell(commits({ commits: five, total: 1017 }));
    expect(said).toContain('새 커밋 1,017개');
    expect(said).toContain('\n\n그 밖에 1,012개 더\n');
  });

  test('says that history was rewritten, and with what', () => {
    const said = tell(commits({ change: 'rewritten', commits: [commit(1), commit(0)] }));
    expect(said).toMatch(/^\[인사\] 기록이 다시 쓰였어요\nocto\/hello · main\n\n새 커밋 2개\n/);
  });

  test('says that a branch was set back', () => {
    const said = tell(commits({ change: 'rolled-back', commits: [] }));
    expect(said).toMatch(/^\[인사\] 이전 커밋으로 되돌아갔어요\nocto\/hello · main\n\n변경 내역/);
  });

  test('exists in English', () => {
    const notice = commits({ language: 'en', commits: [commit(0)], total: 13 });
    expect(tell(notice)).toBe(
      [
        '[인사] 13 new commits',
        'octo/hello · main',
        '',
        '2026-11-22 13:05 하나',
        '0번째 변경',
        'https://github.com/octo/hello/commit/0',
        '',
        'and 12 more',
        '',
        'See changes:',
        'https://github.com/octo/hello/compare/1...2',
      ].join('\n'),
    );
  });

  test('keeps the name of a branch with slashes whole', () => {
    expect(tell(commits({ branch: 'feature/login/새 화면' }))).toContain(
      'octo/hello · feature/login/새 화면',
    );
  });

  test('finds words for an empty message', () => {
    expect(tell(commits({ commits: [commit(0, { message: ' ' })] }))).toContain('(메시지 없음)');
  });

  test('survives dates beyond any calendar', () => {
    const strange = [8.64e15, -8.64e15].map((at) => commit(0, { at }));
    expect(tell(commits({ commits: strange }))).toMatch(/9999-12-30.*1970-01-01/s);
  });

  test('leaves pages of single commits out where a channel has no room for them', () => {
    const { lines, link } = newsText(commits(), SEOUL);
    expect(lines.join()).not.toContain('https://');
    expect(link).toEqual({ label: '커밋 보기', url: 'https://github.com/octo/hello/commit/0' });
  });
});

describe('news of a release', () => {
  test.each([
    [release(), '[인사] 새 릴리스 v1.2.0', '가을 판\n2026-11-22 13:05', '릴리스 보기'],
    [release({ isPrerelease: true }), '[인사] 새 시험판 릴리스 v1.2.0', '가을 판', '릴리스 보기'],
    [release({ what: 'tag', title: 'v1.2.0' }), '[인사] 새 태그 v1.2.0', '\n\n2026', '태그 보기'],
    [
      release({ language: 'en', title: '' }),
      '[인사] New release v1.2.0',
      '\n\n2026',
      'See release',
    ],
  ])('says %#: which, when and where', (notice, head, part, label) => {
    const said = tell(notice);
    expect(said.split('\n')[0]).toBe(head);
    expect(said).toContain(part);
    expect(said).toContain(`${label}:\nhttps://github.com/octo/hello/releases/tag/v1.2.0`);
  });
});

describe('news of a repository', () => {
  test.each([
    [repository({ what: 'gone' }), '저장소를 더 볼 수 없어요', '비공개로 바뀌었어요'],
    [repository({ what: 'branch-deleted' }), '브랜치가 삭제됐어요', '새로 구독해 주세요'],
    [repository({ what: 'renamed', was: 'octo/hi' }), '이름이 바뀌었어요', '이전 이름: octo/hi'],
    [repository({ what: 'back' }), '다시 볼 수 있어요', '계속 알려 드릴게요'],
    [repository({ what: 'gone', language: 'en' }), 'not there any more', 'when it is back'],
  ])('says %#: what happened and what to do', (notice, happened, advice) => {
    const { head, lines } = newsText(notice, SEOUL);
    expect(head).toContain(happened);
    expect(lines.join('\n')).toContain(advice);
  });

  test('leads to no page that is not there', () => {
    expect(newsText(repository({ what: 'gone' }), SEOUL).link).toBeNull();
    expect(newsText(repository({ what: 'back' }), SEOUL).link).not.toBeNull();
  });
});

describe('a meal', () => {
  test("is told in the seed's words, one dish per line", () => {
    expect(tell(menu())).toBe('11월 22일 일요일 점심\n쌀밥\n미역국\n제육볶음');
  });

  test.each([
    ['breakfast', '11월 23일 월요일 아침'],
    ['dinner', '11월 23일 월요일 저녁'],
  ] as const)('has a head for %s', (meal, head) => {
    expect(newsText(menu({ meal, day: '2026-11-23' }), SEOUL).head).toBe(head);
  });

  test('exists in English, with the page of the whole menu', () => {
    const link = 'https://canteen.example/menu';
    expect(tell(menu({ language: 'en', link }))).toBe(
      `Sun 22 Nov, lunch\n쌀밥\n미역국\n제육볶음\n\nWhole menu:\n${link}`,
    );
  });
});

const range = (ends: string) => `https://github.com/octo/hello/compare/${ends}`;

test('a digest groups its news by watch, and pushes in a row are one', () => {
  const other = { nickname: '도구', repository: 'octo/tools', branch: 'dev' };
  const notice = digest(
    commits({ commits: [commit(0)], compareUrl: range('1...2') }),
    release({ ...other }),
    commits({ commits: [commit(9)], total: 3, compareUrl: range('2...3') }),
  );
  expect(tell(notice)).toBe(
    [
      '모아 보는 소식 2개',
      '',
      '[인사] octo/hello · main',
      '새 커밋 4개',
      'https://github.com/octo/hello/compare/1...3',
      '2026-11-22 13:14 하나',
      '9번째 변경',
      'https://github.com/octo/hello/commit/9',
      '2026-11-22 13:05 하나',
      '0번째 변경',
      'https://github.com/octo/hello/commit/0',
      '그 밖에 2개 더',
      '',
      '[도구] octo/tools · dev',
      '새 릴리스 v1.2.0',
      'https://github.com/octo/hello/releases/tag/v1.2.0',
      '가을 판',
      '2026-11-22 13:05',
    ].join('\n'),
  );
});

test.each([
  ['새 커밋 3개, 새 릴리스 1개', [commits({ total: 3 }), release({})]],
  ['새 릴리스 2개', [release({}), release({ tag: 'v1.3.0' })]],
  ['새 커밋 5개', [commits({ total: 2 }), commits({ total: 3 })]],
  ['새 소식 2개', [commits({ total: 3 }), commits({ change: 'rewritten' })]],
  ['3 new commits, 1 new release', [commits({ total: 3, language: 'en' }), release({})]],
])('%s is the head of what one watch has', (head, entries) => {
  const language = entries[0]?.language ?? 'ko';
  expect(newsText({ ...digest(...entries), language }, SEOUL).head).toBe(`[인사] ${head}`);
});

function releases(count: number) {
  return Array.from({ length: count }, (_, number) => release({ tag: `v${number}`, title: '' }));
}

describe('much news', () => {
  test('is told whole up to twenty pieces', () => {
    const said = tell(digest(...releases(20)));
    expect(said.split('2026-11-22 13:05')).toHaveLength(21);
  });

  test('beyond that each piece is named in a line, those of the same title in one', () => {
    const pushes = Array.from({ length: 3 }, () => commits());
    const said = tell(digest(...releases(22), ...pushes));
    expect(said).toMatch(/^\[인사\] 새 커밋 3개, 새 릴리스 22개\n/);
    expect(said.split('2026-11-22 13:05')).toHaveLength(21);
    expect(said).toMatch(/13:05\n\n새 릴리스 v20\n새 릴리스 v21\n새 커밋 3개$/);
  });

  test('is named under its watch', () => {
    const other = { nickname: '도구', repository: 'octo/tools', branch: 'dev' };
    const notice = digest(commits(), release(other), commits(), release(other));
    expect(tell({ ...notice, whole: 0 })).toBe(
      [
        '모아 보는 소식 3개',
        '',
        '[인사] octo/hello · main',
        '새 커밋 2개',
        '',
        '[도구] octo/tools · dev',
        '새 릴리스 v1.2.0 ×2',
      ].join('\n'),
    );
  });
});

test('no text from elsewhere breaks a line, turns the reading direction or goes on for ever', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 400 });
  fc.assert(
    fc.property(anyText, anyText, anyText, (nickname, author, message) => {
      const long = message.repeat(10);
      const notice = commits({ nickname, commits: [commit(0, { author, message: long })] });
      const { head, lines } = newsText(notice, SEOUL);
      const said = [head, ...lines].join('\n');
      expect(lines).toHaveLength(4);
      expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u);
      expect(said.isWellFormed()).toBe(true);
      expect(said.length).toBeLessThan(400);
    }),
  );
});
