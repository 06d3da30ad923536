import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { samePost } from '../../../../src/platforms/x/api/posts.ts';
import { wireText } from '../../../sandbox/x/wire-text.ts';

const POST_ID = '1800000000000000001';

describe('a post read back from X', () => {
  test.each([
    ['as it was written', '마녀 사냥\n공개 예정일: 2026-11-27'],
    ['with its picture behind a link', 'Wednesday', 'Wednesday https://t.co/0123456789'],
    ['with its signs escaped', 'Love & <Death>', 'Love &amp; &lt;Death&gt;'],
    ['with its signs as they were', 'Love & <Death>', 'Love & <Death>'],
    ['when it held an entity itself', 'a &lt; b &amp; c', 'a &amp;lt; b &amp;amp; c'],
    ['with its link wrapped', 'new: https://netflix.com/ko', 'new: https://t.co/0123456789'],
    ['in composed letters', 'e\u0301te\u0301', 'été'],
    ['with other white space', 'one\ntwo  three ', 'one two three'],
    ['without invisible characters', 'net\u200bflix\ufeff', 'netflix'],
  ])('is recognised %s', (_name, text, published = text) => {
    expect(samePost(published, text)).toBe(true);
  });

  test.each([
    ['another day', '마녀 사냥 2026-11-27', '마녀 사냥 2026-11-28'],
    ['another title', 'Wednesday', 'Wednesdays'],
    ['other letters', 'WEDNESDAY', 'Wednesday'],
    ['only the start of it', 'one two', 'one'],
    ['words run together', 'one two', 'onetwo'],
  ])('is not taken for one with %s', (_name, text, published) => {
    expect(samePost(published, text)).toBe(false);
  });

  test('is recognised whatever its words are, with and without pictures', () => {
    const words = fc.array(
      fc.constantFrom('넷플릭스', '&', '<', '>', '&lt;', '&amp;', '&amp;amp;', 'a', '\n', '🐈'),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(words, fc.boolean(), (parts, hasMedia) => {
        const text = parts.join(' ');
        expect(samePost(wireText(POST_ID, text, hasMedia), text)).toBe(true);
      }),
    );
  });
});
