import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { Miniflare } from 'miniflare';
import { splitSql } from './d1.ts';

/** A Worker as one module, made with the settings of the deployed one. */
export async function bundleWorker(
  root: string,
  entry: string,
  more: Pick<BuildOptions, 'minify' | 'charset'> = {},
): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    logLevel: 'error',
    ...more,
  });
  return outputFiles[0]?.text ?? '';
}

/** A runtime's new database, brought to where a repository's migrations lead. */
export async function migratedDatabase(
  runtime: Pick<Miniflare, 'getD1Database'>,
  root: string,
): Promise<Awaited<ReturnType<Miniflare['getD1Database']>>> {
  const database = await runtime.getD1Database('DB');
  const migrations = join(root, 'src/store/migrations');
  for (const name of readdirSync(migrations).toSorted()) {
    const statements = splitSql(readFileSync(join(migrations, name), 'utf8'));
    await database.batch(statements.map((sql) => database.prepare(sql)));
  }
  return database;
}
