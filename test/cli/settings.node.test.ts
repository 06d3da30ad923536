import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadBook } from '../../src/cli/loadBook.ts';
import { LISTS, withLists } from '../../src/cli/settingsLists.ts';

// As the commands read it: the rooms' own code is the Worker's, not Node's.
const book = await loadBook(process.cwd());
const names = book.settings.map(({ name }) => name);

describe('the book of settings', () => {
  test.each(Object.entries(LISTS))('is what %s lists (npm run settings)', (file, parts) => {
    const text = readFileSync(file, 'utf8');
    expect(withLists(text, parts, book.settings)).toBe(text);
  });

  test('names each setting once', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  test('says of each setting in both languages what it is for', () => {
    const silent = book.settings.filter(
      ({ about: { what } }) => !what.ko.trim() || !what.en.trim(),
    );
    expect(silent).toEqual([]);
  });

  test('is all that the Worker reads: every binding with a text is in it', () => {
    const types = readFileSync('worker-configuration.d.ts', 'utf8');
    const texts = [...types.matchAll(/^\s+([A-Z_0-9]+): (?:string|"[^"]*")/gm)].map(
      ([, name]) => name,
    );
    expect(new Set(texts)).toEqual(new Set(names));
  });
});
