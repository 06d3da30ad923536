import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { core } from '../mutation/modules.ts';
import { filesIn, ROOT, read } from './files.ts';

const written = [...filesIn('src'), ...filesIn('test')].filter((path) =>
  /\.(tsx?|sql)$/.test(path),
);
const documents = filesIn('docs').filter((path) => path.endsWith('.md'));

/** Text of a file with comments as running text: no stars and slashes where their lines break. */
function runningText(path: string): string {
  return read(path).replace(/\s*\n\s*(?:\*(?!\/)|\/\/|--)?\s*/g, ' ');
}

function isHere(cited: string, by: string): boolean {
  return existsSync(join(ROOT, cited)) || existsSync(join(ROOT, dirname(by), cited));
}

test('a document that code cites is in the repository', () => {
  const missing = written.flatMap((path) =>
    Array.from(read(path).matchAll(/(?<![/\w:.])[\w./-]*\w\.md\b/g), ([cited]) => cited)
      .filter((cited) => !isHere(cited, path))
      .map((cited) => `${path}: ${cited}`),
  );
  expect(missing).toEqual([]);
});

test('what the mutation run breaks, and the tests that hold it, are in the repository', () => {
  const named = core.flatMap(({ modules, tests }) => [...modules, ...tests]);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('a section that code cites is in its document', () => {
  const missing = written.flatMap((path) =>
    Array.from(runningText(path).matchAll(/(docs\/platforms\/\w+\.md), ([A-Z].{0,40})/g))
      .filter(([, document, cited]) => !headings(document).some((it) => cited?.startsWith(it)))
      .map(([cited]) => `${path}: ${cited}`),
  );
  expect(missing).toEqual([]);
});

test('no comment names a design or a folder that is not in the repository', () => {
  const elsewhere = /\bdesign(?:\.md)? (?:part )?[A-F]\d?\b|\.\.\/shared\b|\/work\//;
  const citing = written
    .filter((path) => !path.includes('citations'))
    .filter((path) => elsewhere.test(runningText(path)));
  expect(citing).toEqual([]);
});

test('a file that a document links or names is in the repository', () => {
  const missing = [...documents, 'README.md', 'README.ko.md'].flatMap((path) =>
    Array.from(
      read(path).matchAll(
        /\]\(((?!https?:|#|mailto:)[^)#\s]+)|`((?:src|test|docs)\/[\w./-]+\.\w+)`/g,
      ),
      ([, linked, named]) => linked ?? named ?? '',
    )
      .filter((cited) => !isHere(cited, path))
      .map((cited) => `${path}: ${cited}`),
  );
  expect(missing).toEqual([]);
});

test('every test that the table of security names is there', () => {
  const tests = filesIn('test');
  const named = Array.from(
    read('docs/security.md').matchAll(/`([^`]*\.test\.ts)`/g),
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter((path) => {
    const parts = path.split('*').map((part) => part.replaceAll('.', '\\.'));
    const form = new RegExp(`^${parts.join('[^/]*')}$`);
    return !tests.some((it) => form.test(it));
  });
  expect(missing).toEqual([]);
});

function headings(document = ''): string[] {
  return Array.from(read(document).matchAll(/^## (.+)$/gm), ([, heading = '']) => heading);
}
