import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NoticeTitle } from '../../../src/bot/notice/notice.ts';
import { findLinks } from '../../../src/lib/links/links.ts';
import { findTags } from '../../../src/lib/links/neutralize.ts';
import { weightedLength } from '../../../src/platforms/x/api/weight.ts';
import { directMessageText, upcomingText } from '../../../src/platforms/x/news.ts';
import { commit, commits, digest, reply } from '../../bot/notice/news.ts';

const SEOUL = 'Asia/Seoul';

function title(text: string, more: Partial<NoticeTitle> = {}): NoticeTitle {
  return { title: text, subtitle: null, day: '2026-11-27', poster: null, link: null, ...more };
}

const one = (...titles: NoticeTitle[]) =>
  upcomingText({ kind: 'upcoming', language: 'ko', titles, part: null });

describe('a post about a title to come', () => {
  test("has the seed's two lines", () => {
    expect(one(title('낙원의 밤'))).toBe('[낙원의 밤]\n공개 예정일: 2026-11-27');
  });

  test('names the season', () => {
    expect(one(title('위쳐', { subtitle: '시즌 2' }))).toBe(
      '[위쳐 시즌 2]\n공개 예정일: 2026-11-27',
    );
  });

  test('exists in English', () => {
    const notice = {
      kind: 'upcoming',
      language: 'en',
      titles: [title('Thunder Force')],
      part: null,
    } as const;
    expect(upcomingText(notice)).toBe('[Thunder Force]\nComing on: 2026-11-27');
  });

  test('cuts a long title and keeps the date and the link', () => {
    const link = 'https://www.netflix.com/title/81234567';
    const text = one(title('가'.repeat(400), { link }));
    expect(weightedLength(text)).toBeLessThanOrEqual(280);
    expect(text).toMatch(/^\[가+…\]\n공개 예정일: 2026-11-27\nhttps:\/\/www\.netflix\.com/);
  });

  test('mentions and links nobody by accident', () => {
    const text = one(title('@hana #태그 $ABC love.is'));
    expect(text.replaceAll('\u200b', '')).toBe(
      '[@hana #태그 $ABC love.is]\n공개 예정일: 2026-11-27',
    );
    expect(text).toContain('@\u200bhana');
  });
});

describe('a post of a thread', () => {
  test('lists four titles under its number and fits, however long they are', () => {
    const titles = [
      title('가'.repeat(200)),
      title('a'.repeat(300)),
      title('🎬'.repeat(99)),
      title('b'),
    ];
    const text = upcomingText({
      kind: 'upcoming',
      language: 'ko',
      titles,
      part: { number: 2, of: 5 },
    });
    expect(weightedLength(text)).toBeLessThanOrEqual(280);
    const lines = text.split('\n');
    expect(lines[0]).toBe('넷플릭스 공개 예정 (2/5)');
    expect(lines).toHaveLength(5);
    expect(lines[4]).toBe('[b] 2026-11-27');
  });
});

test('a post fits and keeps its dates, whatever the titles are', () => {
  const anyTitle = fc.record({
    text: fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('가', '힣', '漢', '🎬', '@', '#', '.com', ' '),
        maxLength: 300,
      }),
    ),
    link: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anyTitle, { minLength: 1, maxLength: 4 }), (list) => {
      const titles = list.map(({ text, link }) =>
        title(text, { link: link ? 'https://www.netflix.com/title/81234567' : null }),
      );
      const part = titles.length === 1 ? null : { number: 1, of: 9 };
      const text = upcomingText({ kind: 'upcoming', language: 'ko', titles, part });
      expect(weightedLength(text)).toBeLessThanOrEqual(280);
      expect(text.match(/2026-11-27/g)?.length).toBeGreaterThanOrEqual(titles.length);
    }),
    { numRuns: 300 },
  );
});

describe('a direct message', () => {
  test('names what can be said next in one line', () => {
    expect(directMessageText(reply({ suggestions: ['고양이', '도움말'] }), SEOUL)).toBe(
      '안녕하세요\n\n이렇게 말해 보세요: 고양이 · 도움말',
    );
  });

  test('names the pages there are to open', () => {
    const links = [{ label: '로그인하기', url: 'https://soshik.example/login' }];
    expect(directMessageText(reply({ links }), SEOUL)).toBe(
      '안녕하세요\n\n로그인하기: https://soshik.example/login',
    );
  });

  test('about a commit mentions nobody and links its page only', () => {
    const said = directMessageText(
      commits({ commits: [commit(0, { message: 'Thank @hana, see evil.com', author: '#1 dev' })] }),
      SEOUL,
    );
    const links = findLinks(said).map(({ start, end }) => said.slice(start, end));
    expect(links).toEqual(['https://github.com/octo/hello/commit/0']);
    expect(findTags(said)).toEqual([]);
    expect(said.replaceAll('\u200b', '')).toContain('Thank @hana, see evil.com');
  });

  test('about much news ends at a whole line', () => {
    const many = Array.from({ length: 99 }, (_, index) =>
      commits({ nickname: `${index}`, commits: [0, 1, 2, 3, 4].map((number) => commit(number)) }),
    );
    const said = directMessageText({ ...digest(...many), whole: many.length }, SEOUL);
    expect(said.length).toBeLessThanOrEqual(10_000);
    expect(said.split('\n').at(-1)).toBe('…');
    expect(said.split('\n').filter((line) => /^https.*[^0-4]$/.test(line))).toEqual([]);
  });

  test('writes instants in the time zone given', () => {
    expect(directMessageText(commits(), 'UTC')).toContain('2026-11-22 04:05');
  });
});
