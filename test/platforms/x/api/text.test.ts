import { describe, expect, test } from 'vitest';
import { neutralize, plainLine } from '../../../../src/lib/links/neutralize.ts';
import { weightedLength } from '../../../../src/platforms/x/api/weight.ts';

const ZWSP = '\u200B';

describe('weightedLength', () => {
  // The first rows are twitter-text's own, conformance/validate.yml.
  test.each([
    ['Hi http://test.co', 26],
    ['http://test.co', 23],
    ['故'.repeat(160), 320],
    ['故'.repeat(140), 280],
    ['H🐱☺👨‍👩‍👧‍👦', 7],
    ['😷👾😡🔥💩', 10],
    ['🙋🏽👨‍🎤', 4],
    ['1⃣', 2],
    ['👨‍👩‍👧‍👦'.repeat(140), 280],
    ['Unicode 9.0 emoji: 🤠; 💃; 💃🏾', 29],
    ['Unicode 10.0 emoji: 🤪; 🧕; 🧕🏾; 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 34],
    ['', 0],
    ['소식', 4],
    ['소식'.normalize('NFD'), 4],
    ['e\u0301', 1],
    ['[도깨비]\n공개 예정일: 2026-11-27', 32],
    ['netflix.com', 23],
    ['netflix.comm', 12],
    ['넷플릭스netflix.com에서', 35],
    ['소식.한국', 9],
    ['https://소식.한국/새/글', 28],
    ['a@netflix.com', 13],
    ['-netflix.com', 12],
    ['https://t.co/abcdefghij', 23],
    ['https://t.co/abcdefghij/more', 28],
    [`https://t.co/${'a'.repeat(41)}`, 54],
    [`http://netflix.com/${'a'.repeat(1000)}`, 23],
    [`http://netflix.com/${'a'.repeat(4080)}`, 4099],
    ['netflix.com?q=1', 27],
    ['netflix.com/?q=1', 23],
    ['(netflix.com/a_(b)).', 26],
    ['👨‍⚕', 5],
    ['\uD800', 2],
  ])('%j weighs %i', (text, weight) => {
    expect(weightedLength(text)).toBe(weight);
  });
});

describe('neutralize', () => {
  test.each([
    ['@netflix', `@${ZWSP}netflix`],
    ['＠netflix', `＠${ZWSP}netflix`],
    ['RT@netflix/list', `RT@${ZWSP}netflix/list`],
    ['#넷플릭스 ＃소식', `#${ZWSP}넷플릭스 ＃${ZWSP}소식`],
    ['Big $NFLX', `Big $${ZWSP}NFLX`],
    ['넷플릭스netflix.com', `넷플릭스netflix.${ZWSP}com`],
    ['https://www.netflix.com/kr', `https://www.${ZWSP}netflix.${ZWSP}com/kr`],
    ['netflix.com?next=b.co', `netflix.${ZWSP}com?next=b.${ZWSP}co`],
    ['-a.co?@x,b.co', `-a.co?@${ZWSP}x,b.${ZWSP}co`],
  ])('%j becomes %j', (text, safe) => {
    expect(neutralize(text)).toBe(safe);
  });

  test.each([
    '오징어 게임',
    'a@b',
    '#1',
    '$5',
    'C# 2.0',
    'St. Elsewhere',
    '1.5',
    '@',
    'e.g. this',
    '',
  ])('%j holds nothing to neutralize', (text) => {
    expect(neutralize(text)).toBe(text);
  });
});

describe('plainLine', () => {
  test.each([
    ['line breaks and tabs become one space', ' a\r\n\tb\u2028c ', 'a b c'],
    ['other control characters become a space', 'a\0b\u0085c\u007Fd', 'a b c d'],
    ['characters that turn the direction go', 'a\u202Eb\u2066c\u2069', 'abc'],
    ['characters that X refuses go', 'a\uFEFFb\uFFFEc\uFFFF', 'abc'],
    ['letters are composed', '소식'.normalize('NFD'), '소식'],
    ['letters are composed over what goes', 'e\u202A\u0301', 'é'],
    ['nothing is left of white space', ' \n\u3000', ''],
  ])('%s', (_, text, line) => {
    expect(plainLine(text)).toBe(line);
  });
});

describe('a hostile text of 20,000 characters is worked off', () => {
  test.each([
    'a',
    '가',
    'a.',
    '가.',
    'a.a_.',
    'a.co가',
    'a.co/(',
    'a.co/((b',
    'a.co/&',
    'a.co?b',
    '-a.co?@x,',
    'http://a.',
    'http://xn--가.',
    '@a/l-',
    '#1',
    '👨\u200D',
    '\u0301',
  ])('of %j', (unit) => {
    const text = unit.repeat(Math.ceil(20_000 / unit.length));
    for (const hostile of [text, `${text}.com`, `http://${text}`, `#${text}#`]) {
      expect(weightedLength(hostile)).toBeGreaterThan(0);
      expect(neutralize(hostile).replaceAll(ZWSP, '')).toBe(hostile);
    }
  });
});
