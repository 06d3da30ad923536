import { expect, test } from 'vitest';
import { filesIn, read } from './files.ts';

const schema = filesIn('src/store/migrations').map(read).join('\n');
const documented = read('docs/storage.md');

test('every table is described', () => {
  const tables = Array.from(schema.matchAll(/^CREATE TABLE (\w+)/gm), ([, name]) => name);
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter((name) => !documented.includes(`\n| \`${name}\` |`))).toEqual([]);
});

test('the shape of every JSON column is described', () => {
  const columns = schema
    .split(/^CREATE TABLE /m)
    .flatMap((table) =>
      Array.from(
        table.matchAll(/-- JSON:[^\n]*(?:\n\s*--[^\n]*)*\n\s*(\w+) TEXT/g),
        ([, column]) => `${table.split(/\W/)[0]}.${column}`,
      ),
    );
  expect(columns.length).toBeGreaterThan(10);
  expect(columns.filter((name) => !documented.includes(`\n| \`${name}\` |`))).toEqual([]);
});
