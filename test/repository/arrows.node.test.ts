import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAllowed, isOfContract, placeOf } from './arrows.ts';
import { filesIn, ROOT, read } from './files.ts';
import { arrows, circles } from './graph.ts';

const LONGEST = 300;

const edges = arrows();
const code = filesIn('src').filter((path) => /\.tsx?$/.test(path));

test('every import of ours leads to a file of ours', () => {
  expect(edges.length).toBeGreaterThan(500);
  expect(edges.filter(({ to }) => !existsSync(join(ROOT, to)))).toEqual([]);
});

test('every file of src belongs to a part', () => {
  expect(code.filter((path) => placeOf(path) === null)).toEqual([]);
});

test('an import goes only where the parts allow it, types and re-exports included', () => {
  const wrong = edges
    .filter(({ from, to }) => to.startsWith('src/') && !isAllowed(from, to))
    .map(({ from, to }) => `${from} -> ${to}`);
  expect(wrong).toEqual([]);
});

test('no import leads back to where it began', () => {
  expect(circles(edges.filter((edge) => !isOfContract(edge)))).toEqual([]);
});

test(`no file of src is longer than ${LONGEST} lines`, () => {
  const long = code
    .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
    .filter(({ path, lines }) => path !== TOP_LEVEL_DOMAINS && lines > LONGEST);
  expect(long).toEqual([]);
});

/** A list of data that twitter-text publishes. */
const TOP_LEVEL_DOMAINS = 'src/lib/links/tlds.ts';
