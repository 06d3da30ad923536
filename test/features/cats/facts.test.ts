import { describe, expect, test } from 'vitest';
import facts from '../../../src/assets/catfacts.json' with { type: 'json' };
import { spareFacts } from '../../../src/features/cats/facts.ts';

const texts = facts.flatMap((fact) => [fact.ko, fact.en]);

/** The facts for which the statement does not hold: a failure then names them. */
function exceptions(holds: (fact: (typeof facts)[number]) => boolean): string[] {
  return facts.filter((fact) => !holds(fact)).map((fact) => fact.id);
}

describe('the bundled cat facts', () => {
  test('are enough for two months of daily questions', () => {
    expect(facts.length).toBeGreaterThanOrEqual(60);
  });

  test('have unique slugs as ids', () => {
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(facts.length);
    expect(exceptions((fact) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(fact.id))).toEqual([]);
  });

  test('never say the same twice in either language', () => {
    const folded = texts.map((text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
    expect(new Set(folded).size).toBe(texts.length);
  });

  test('are in polite Korean and in English without Korean', () => {
    expect(exceptions((fact) => /\p{sc=Hangul}/u.test(fact.ko))).toEqual([]);
    expect(exceptions((fact) => /(요|죠)\.$/.test(fact.ko))).toEqual([]);
    expect(exceptions((fact) => !/\p{sc=Hangul}/u.test(fact.en))).toEqual([]);
    expect(exceptions((fact) => /^\p{Lu}.*\.$/u.test(fact.en))).toEqual([]);
  });

  test('fit into a short message: 120 characters in Korean, 200 in English', () => {
    expect(exceptions((fact) => fact.ko.length <= 120)).toEqual([]);
    expect(exceptions((fact) => fact.en.length <= 200)).toEqual([]);
    expect(exceptions((fact) => fact.ko.length > 10 && fact.en.length > 20)).toEqual([]);
  });

  test('have a source each that vouches for them', () => {
    expect(exceptions(({ source }) => source.trim().length > 10)).toEqual([]);
    expect(
      exceptions(({ source }) => !source.includes('doi:') || /, doi:10\.\d{4}\/\S+$/.test(source)),
    ).toEqual([]);
  });

  test('hold no link, mention, hashtag, stray space or control character', () => {
    expect(texts.filter((text) => /[@#]|:\/\/|www\.|\p{L}\.\p{L}{2}/u.test(text))).toEqual([]);
    expect(texts.filter((text) => text !== text.trim() || / {2}|\p{C}/u.test(text))).toEqual([]);
    expect(texts.filter((text) => text !== text.normalize('NFC'))).toEqual([]);
  });

  test('lend the spare ones word for word, as many as one may ask for at once', () => {
    const lent = facts.map(({ id, ko, en }) => ({ id, ko, en }));
    expect(lent).toEqual(expect.arrayContaining([...spareFacts]));
    expect(spareFacts.length).toBeGreaterThanOrEqual(5);
  });
});
