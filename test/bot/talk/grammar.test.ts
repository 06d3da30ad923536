import { describe, expect, test } from 'vitest';
import { countOf, languageOf, normalize } from '../../../src/bot/talk/grammar.ts';
import { intentsOf } from '../../../src/bot/talk/intents.ts';
import { rooms } from '../../../src/wire.ts';

const intents = intentsOf(rooms);

/** The intent that would answer a text, and the count it would read. */
function understood(text: string): string | null {
  const words = normalize(text);
  return (
    intents.find(({ patterns }) => patterns.some((pattern) => pattern.test(words)))?.id ?? null
  );
}

describe('the grammar', () => {
  test.each([
    ['도움말', 'help'],
    ['홈', 'help'],
    ['사용법 안내', 'help'],
    ['사용법안내', 'help'],
    ['HELP!', 'help'],
    ['/start', 'help'],
    ['고양이', 'cat-fact'],
    ['  고양이~  ', 'cat-fact'],
    ['고양이 3', 'cat-fact'],
    ['고양이 세 개', 'cat-fact'],
    ['고양이 이야기 들려줘', 'cat-fact'],
    ['고양이 하나만 줘요', 'cat-fact'],
    ['cat', 'cat-fact'],
    ['Cat 3', 'cat-fact'],
    ['two cats', 'cat-fact'],
    ['cat facts', 'cat-fact'],
    ['ｃａｔ　３', 'cat-fact'],
    ['SEND ME CAT FACTS', 'cat-fact'],
    ['send  me\ncat facts', 'cat-fact'],
    ['send me a cat fact', 'cat-fact'],
    ['hey bot, please send me cat facts now', 'cat-fact'],
    ['넷플릭스', 'netflix'],
    ['넷플릭스 신작', 'netflix'],
    ['Netflix', 'netflix'],
    ['🎬 netflix 🎬', 'netflix'],
    ['안녕', null],
    ['category', null],
    ['고양이를 키우고 싶은데 어떻게 하면 좋을까요', null],
    ['', null],
    ['😺', null],
  ])('understands %j as %s', (text, intent) => {
    expect(understood(text)).toBe(intent);
  });

  test.each([
    ['고양이', 'ko'],
    ['cat 주세요', 'ko'],
    ['cat', 'en'],
    ['3', null],
    ['😺!', null],
  ])('reads the language of %j as %s', (text, language) => {
    expect(languageOf(text)).toBe(language);
  });

  test.each([
    [undefined, 1],
    ['3', 3],
    ['three', 3],
    ['세', 3],
    ['0', 0],
  ])('reads the count %j as %d', (word, count) => {
    expect(countOf(word)).toBe(count);
  });

  test('a very long text is understood or not in no time', () => {
    const hostile = `send me ${'cat '.repeat(50_000)}`;
    expect(understood(hostile)).toBe(null);
    expect(understood(`${' '.repeat(100_000)}cat${'!'.repeat(100_000)}`)).toBe('cat-fact');
  });
});
