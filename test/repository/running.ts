import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare, Request as WorkerRequest } from 'miniflare';
import { splitSql } from '../cloudflare/d1.ts';

const QUEUES = { EVENTS: 'soshik-events', POLLS: 'soshik-polls', DELIVERIES: 'soshik-deliveries' };

export interface RunningCopy {
  readonly get: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly post: (
    path: string,
    body: string,
    headers: Readonly<Record<string, string>>,
  ) => Promise<number>;
  readonly stop: () => Promise<void>;
}

const at = (path: string) => `https://soshik.example${path}`;

/**
 * The Worker of a copy of the repository, in the real runtime on storage of its own.
 *
 * @param outside what it sends anywhere, by address and body; it is answered 200
 */
export async function runCopy(
  copy: string,
  settings: Readonly<Record<string, string>>,
  outside: (url: string, body: string) => void,
): Promise<RunningCopy> {
  const { outputFiles } = await build({
    absWorkingDir: copy,
    entryPoints: ['src/index.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    logLevel: 'error',
  });
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: [
        { type: 'ESModule' as const, path: 'index.js', contents: outputFiles[0]?.text ?? '' },
      ],
      compatibilityDate: '2026-10-23',
      bindings: { ...settings },
      kvNamespaces: { TOKENS: 'tokens', MEDIA: 'media' },
      d1Databases: { DB: 'soshik' },
      queueProducers: QUEUES,
      queueConsumers: Object.fromEntries(
        Object.values(QUEUES).map((queue) => [queue, { maxBatchTimeout: 0 }]),
      ),
      durableObjects: { TOKEN_KEEPER: { className: 'TokenKeeper', useSQLite: true } },
      serviceBindings: { ASSETS: async () => new Response('', { status: 404 }) },
      outboundService: async (request: Request) => {
        outside(request.url, await request.text());
        return new Response('{}');
      },
    }),
  );
  const database = await runtime.getD1Database('DB');
  const migrations = join(copy, 'src/store/migrations');
  for (const name of readdirSync(migrations).toSorted()) {
    const statements = splitSql(readFileSync(join(migrations, name), 'utf8'));
    await database.batch(statements.map((sql) => database.prepare(sql)));
  }
  return {
    get: async (path) => {
      const headers = { accept: 'text/html', 'accept-language': 'en' };
      const answer = await runtime.dispatchFetch(new WorkerRequest(at(path), { headers }));
      return { status: answer.status, text: await answer.text() };
    },
    post: async (path, body, headers) => {
      const request = new WorkerRequest(at(path), { method: 'POST', body, headers });
      return (await runtime.dispatchFetch(request)).status;
    },
    stop: () => runtime.dispose(),
  };
}
