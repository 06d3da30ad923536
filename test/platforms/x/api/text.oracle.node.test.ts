import * as fc from 'fast-check';
import twitter from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { ASCII_TLDS, INTERNATIONAL_TLDS } from '../../../../src/lib/links/domains.ts';
import { findLinks } from '../../../../src/lib/links/links.ts';
import { neutralize } from '../../../../src/lib/links/neutralize.ts';
import { weightedLength } from '../../../../src/platforms/x/api/weight.ts';

/** Pieces listed with a space between, each one as likely as it is often named. */
function oneOf(pieces: string): fc.Arbitrary<string> {
  return fc.constantFrom(...pieces.split(' '));
}

const letters = oneOf('a B z 0 1 9 é ǰ ſ \u212A ι и Я 가 한 국 漢 中 \u1100 \u1161 \u11A8');
const signs = oneOf('. . . - _ / : ? # ＃ @ ＠ $ ( ) & = + * , ! \' " ` ~ | % [ ] { ^ … – 。 ．');
const marks = oneOf('\u0301 \u0345 \u061C \u200B \u200D \u200F \u202E \uFE0E \uFE0F \uFEFF \uFFFF');
const spaces = fc.constantFrom(' ', '\n', '\t', '\u0085', '\u00A0', '\u180E', '\u3000');
const halves = fc.constantFrom('\uD800', '\uDC00');

const topLevelDomains = fc
  .tuple(
    fc.constantFrom('', '.', 'a.', '가.', 'é.', 'x_y.', '-', 'xn--a.'),
    fc.oneof(
      fc.constantFrom('com', 'co', 'kr', 'jp', 'io', '한국', '닷컴', 'рф', 'ελ', 'xn--3e0b707e'),
      fc.constantFrom(...ASCII_TLDS),
      fc.constantFrom(...INTERNATIONAL_TLDS),
    ),
    fc.boolean(),
  )
  .map(([before, name, isLoud]) => before + (isLoud ? name.toUpperCase() : name));

const webWords = oneOf(
  'http:// https:// HTTPS:// :// www. google.com netflix foo_bar _a a_ http://t.co/ t.co/abc ' +
    'https://t.co/AbCdefGhij :8080 /path /@user/ /и /a_(b) /(a(b)c) (x) /a.html ?q=1 ?a=b&c ' +
    '#fragment xn-- XN--',
);
const tagWords = oneOf('@user ＠user @user/list rt RT: #tag ＃소식 #1 $TSLA $a.b $5');

const longLabels = fc
  .tuple(fc.constantFrom('a', 'é', '가', '漢字', '가a', '😀'), fc.integer({ min: 8, max: 64 }))
  .map(([unit, count]) => unit.repeat(count));

const characters = Array.from({ length: 0x20000 }, (_, point) => String.fromCodePoint(point));
const emojiCharacters = characters.filter((char) => /\p{Emoji}/u.test(char));
const simpleEmoji = fc.constantFrom(...emojiCharacters);
const emojiSequences = oneOf(
  '👨‍👩‍👧‍👦 👩🏽‍⚕️ 👩‍⚕ 🏳️‍🌈 🏴‍☠️ 👁‍🗨 👁️‍🗨️ ♾️ 🕴🏽‍♂️ 🕴️‍♀️ ⛷🏽 ⛹️🏿 ⛹🏿‍♀️ #️⃣ 1⃣ ©️ ⚡️ ☝️🏽 ☝🏽 👍️🏽 🇰🇷 🇰 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ' +
    '\u200D♀️ \u{1F3FD} \u20E3',
);

const texts = fc
  .array(
    fc.oneof(
      letters,
      signs,
      marks,
      spaces,
      halves,
      webWords,
      tagWords,
      topLevelDomains,
      longLabels,
      simpleEmoji,
      emojiSequences,
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

/** The two sequences of Unicode 11 that twitter-text, in its own way, counts as several emoji. */
const SPLIT_BY_TWITTER_TEXT = new Set(['♾️', '👁️‍🗨️']);

/**
 * Whether a text has an emoji younger than twitter-text 3.1.0, which counts its parts. X's
 * live parser is newer than the library, so a difference here would prove nothing.
 */
function hasNewerEmoji(text: string): boolean {
  const sequences = text.normalize('NFC').match(/\p{RGI_Emoji}/gv) ?? [];
  return sequences.some(
    (sequence) =>
      !SPLIT_BY_TWITTER_TEXT.has(sequence) &&
      /../u.test(sequence) &&
      twitter.parseTweet(sequence).weightedLength > 2,
  );
}

function isWeighedDifferently(text: string): boolean {
  return weightedLength(text) !== twitter.parseTweet(text).weightedLength;
}

describe('weightedLength', () => {
  test('counts as twitter-text does', () => {
    fc.assert(
      fc.property(
        texts.filter((text) => !hasNewerEmoji(text)),
        (text) => {
          expect(weightedLength(text)).toBe(twitter.parseTweet(text).weightedLength);
        },
      ),
      { numRuns: 8000 },
    );
  });

  test('weighs every character of the first two planes as twitter-text does', () => {
    expect(characters.filter(isWeighedDifferently)).toEqual([]);
  });

  test.each([
    ['', '\uFE0F'],
    ['', '\uFE0E'],
    ['', '\u20E3'],
    ['', '\uFE0F\u20E3'],
    ['', '\u{1F3FD}'],
    ['', '\uFE0F\u{1F3FD}'],
    ['', '\u200D♀️'],
    ['', '\uFE0F\u200D♂️'],
    ['', '\u{1F3FF}\u200D♀️'],
    ['', '\uFE0F\u{1F3FF}\u200D♀️'],
    ['👨\u200D', ''],
    ['👩🏽\u200D', ''],
    ['👩\u200D', '\uFE0F'],
    ['🏴\u200D', '\uFE0F'],
    ['👨\u200D👩\u200D', '\u200D👦'],
    ['👩\u200D❤️\u200D💋\u200D', ''],
    ['🇰', ''],
    ['🇺', ''],
  ])('weighs every emoji between %j and %j as twitter-text does', (before, after) => {
    const sequences = emojiCharacters
      .map((char) => before + char + after)
      .filter((sequence) => !hasNewerEmoji(sequence));
    expect(sequences.filter(isWeighedDifferently)).toEqual([]);
  });

  test.each([
    ['a word', (tld: string) => `tv.${tld}`],
    ['a URL', (tld: string) => `http://소식.${tld}/x`],
    ['a longer word', (tld: string) => `tv.${tld}x`],
    ['Korean', (tld: string) => `tv.${tld}입니다`],
  ])('knows every top-level domain in %s as twitter-text does', (_, textWith) => {
    const names = [...ASCII_TLDS, ...INTERNATIONAL_TLDS, 'example', 'local', 'c', '소식'];
    expect(names.map(textWith).filter(isWeighedDifferently)).toEqual([]);
  });
});

test('findLinks finds the URLs twitter-text finds', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const found = findLinks(text).map((link) => link.start);
      expect(found).toEqual(twitter.extractUrlsWithIndices(text).map((url) => url.indices[0]));
    }),
    { numRuns: 5000 },
  );
});

describe('neutralize', () => {
  test('leaves nothing that twitter-text takes for a mention, hashtag, cashtag or link', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const safe = neutralize(text);
        expect(twitter.extractMentions(safe)).toEqual([]);
        expect(twitter.extractMentionsOrListsWithIndices(safe)).toEqual([]);
        expect(twitter.extractHashtags(safe)).toEqual([]);
        expect(twitter.extractCashtags(safe)).toEqual([]);
        expect(twitter.extractUrls(safe)).toEqual([]);
        expect(twitter.extractEntitiesWithIndices(safe)).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  test('adds nothing but U+200B, and nothing at all where twitter-text finds no entity', () => {
    fc.assert(
      fc.property(texts, (text) => {
        // Georgian capitals are younger than twitter-text's list of letters.
        const visible = text.replaceAll(/[\u200B\u1C90-\u1CBF]/g, '');
        const safe = neutralize(visible);
        expect(safe.replaceAll('\u200B', '')).toBe(visible);
        expect(safe !== visible).toBe(twitter.extractEntitiesWithIndices(visible).length > 0);
      }),
      { numRuns: 5_000 },
    );
  });
});
