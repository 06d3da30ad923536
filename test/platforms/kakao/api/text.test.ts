import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphemes } from '../../../../src/lib/text.ts';
import {
  cleanText,
  fitKakaoText,
  splitKakaoText,
  webAddress,
} from '../../../../src/platforms/kakao/api/text.ts';

const family = '👨‍👩‍👧‍👦';
/** One Hangul syllable of three code points. */
const decomposed = '\u1100\u1161\u11a8';
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('가', 'a', ' ', '\n', family, '👍🏽', '🇰🇷', 'é', '\ud800', decomposed),
    maxLength: 80,
  }),
);

function bare(text: string): string {
  return text.replace(/\s/g, '');
}

describe('a text that is cut', () => {
  test('ends at a grapheme, with an ellipsis', () => {
    expect(fitKakaoText(`${'가'.repeat(190)}${family}끝`)).toBe(`${'가'.repeat(190)}…`);
    expect(fitKakaoText('가'.repeat(200))).toBe('가'.repeat(200));
    expect(fitKakaoText('가'.repeat(201))).toBe(`${'가'.repeat(199)}…`);
    expect(fitKakaoText(decomposed.repeat(3), 5)).toBe(`${decomposed}…`);
  });

  test('fits however its characters are counted, and starts like the whole', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const whole = cleanText(text);
        const cut = fitKakaoText(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
        if (whole.length <= limit) expect(cut).toBe(whole);
        else expect(whole.startsWith(cut.slice(0, -1))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('never parts a grapheme', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const whole = cleanText(text);
        const cut = graphemes(fitKakaoText(text, limit));
        const kept = whole.length > limit ? cut.slice(0, -1) : cut;
        expect(graphemes(whole).slice(0, kept.length)).toEqual(kept);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a text that is parted', () => {
  test('breaks after a line, else after a word, else at a grapheme', () => {
    expect(splitKakaoText('aaaaaa\nbb cccc', 10, 3)).toEqual(['aaaaaa', 'bb cccc']);
    expect(splitKakaoText('aaa bbb cc dddd', 10, 3)).toEqual(['aaa bbb', 'cc dddd']);
    expect(splitKakaoText(`aaaaaaaa${family}bb`, 12, 3)).toEqual(['aaaaaaaa', `${family}b`, 'b']);
    expect(splitKakaoText('a\nbbbbbbbbbbbb', 10, 3)).toEqual(['a\nbbbbbbbb', 'bbbb']);
    expect(splitKakaoText('aaaa bbbbbbbbbb', 10, 3)).toEqual(['aaaa bbbbb', 'bbbbb']);
    expect(splitKakaoText('aaaaaaaaaa bbbb', 10, 3)).toEqual(['aaaaaaaaaa', 'bbbb']);
  });

  test('loses only what is left over, and says so', () => {
    expect(splitKakaoText('a'.repeat(35), 10, 3)).toEqual([
      'a'.repeat(10),
      'a'.repeat(10),
      `${'a'.repeat(9)}…`,
    ]);
    expect(splitKakaoText('a'.repeat(30), 10, 3)).toEqual(Array(3).fill('a'.repeat(10)));
  });

  test('a grapheme longer than a piece is cut between code points', () => {
    const pieces = splitKakaoText(`${family}${'\u0301\u{1f3fd}'.repeat(9)}`, 4, 3);
    expect(pieces.every((piece) => piece.length <= 4 && piece.isWellFormed())).toBe(true);
  });

  test('every piece fits and shows something; nothing is lost where there is room', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 30, max: 40 }), (text, limit) => {
        const pieces = splitKakaoText(text, limit, 20);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(limit);
          expect(piece.trim()).not.toBe('');
          expect(piece.isWellFormed()).toBe(true);
        }
        expect(bare(pieces.join(''))).toBe(bare(cleanText(text)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['', ' \n ', '\u0000'])('%j has no pieces', (text) => {
    expect(splitKakaoText(text, 10, 3)).toEqual([]);
  });
});

test('what no message can show is left out', () => {
  expect(cleanText(' a\u0000b\tc\r\nd\u009b ')).toBe('ab\tc\nd');
});

test.each([
  ['https://my.example', 'https://my.example/'],
  ['x:https://my.example', null],
  ['HTTP://MY.example/A b', 'http://my.example/A%20b'],
  ['javascript:alert(1)', null],
  ['https:my.example', null],
  [`https://my.example/${'a'.repeat(981)}`, `https://my.example/${'a'.repeat(981)}`],
  [`https://my.example/${'a'.repeat(982)}`, null],
])('%s as an address', (text, address) => {
  expect(webAddress(text)).toBe(address);
});
