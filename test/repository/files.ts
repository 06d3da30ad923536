import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** Top of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Files below a folder of the repository, by their paths in it, in order. */
export function filesIn(folder: string): string[] {
  const below = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return below
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules/'))
    .toSorted();
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
