import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Guide } from '../config/guide.ts';
import type { Book } from '../config/reader.ts';

/** The book of settings for a command on Node, which cannot read the rooms' pages (TSX) by itself. */
export async function loadBook(root: string): Promise<Book> {
  const { book }: { readonly book: Book } = await bundled(
    root,
    `export { book } from './src/wire.ts';`,
  );
  return book;
}

/** Folders whose folders are rooms. */
const HOUSES = ['platforms', 'features'];

/** What every room says about getting its keys, in the order an owner should see it. */
export async function loadGuides(root: string): Promise<readonly Guide[]> {
  const files = ['./src/config/guide.ts'];
  for (const house of HOUSES) {
    for (const room of (await readdir(join(root, 'src', house))).toSorted()) {
      if (existsSync(join(root, 'src', house, room, 'guide.ts'))) {
        files.push(`./src/${house}/${room}/guide.ts`);
      }
    }
  }
  const lines = files.map(
    (file, index) => `export { guide as guide${index} } from ${JSON.stringify(file)};`,
  );
  const rooms: Readonly<Record<string, Guide>> = await bundled(root, lines.join('\n'));
  return Object.values(rooms).toSorted((one, other) => one.position - other.position);
}

/** A module of the Worker's code as one that Node takes. */
async function bundled(root: string, contents: string) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['worker', 'import'],
    external: ['cloudflare:*', 'node:*'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'silent',
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error('the code could not be put together');
  const url = `data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`;
  return await import(url);
}
