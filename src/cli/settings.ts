import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadBook } from './loadBook.ts';
import { LISTS, withLists } from './settingsLists.ts';

/** `npm run settings`: writes every list of settings anew from the book. */
const root = resolve(import.meta.dirname, '../..');
const { settings } = await loadBook(root);
for (const [file, parts] of Object.entries(LISTS)) {
  const path = resolve(root, file);
  await writeFile(path, withLists(await readFile(path, 'utf8'), parts, settings));
}
