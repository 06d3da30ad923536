import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NoticeTitle } from '../../src/channels/notice.ts';
import { directMessageText, upcomingText } from '../../src/channels/twitterTexts.ts';
import { weightedLength } from '../../src/platforms/twitter/text/weight.ts';

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

test('a direct message names what can be said next in one line', () => {
  const text = directMessageText({
    kind: 'text',
    language: 'ko',
    text: '안녕하세요',
    suggestions: ['고양이', '도움말'],
  });
  expect(text).toBe('안녕하세요\n\n이렇게 말해 보세요: 고양이 · 도움말');
});
