import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Book } from '../config/reader.ts';

/** The book of settings for a command on Node, which cannot read the rooms' pages (TSX) by itself. */
export async function loadBook(root: string): Promise<Book> {
  const { outputFiles } = await build({
    entryPoints: [resolve(root, 'src/book.ts')],
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
  if (!bundle) throw new Error('the book of settings could not be put together');
  const url = `data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`;
  const { book }: { readonly book: Book } = await import(url);
  return book;
}
