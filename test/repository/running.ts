import { convertV4MiniflareOptions, Miniflare, Request as WorkerRequest } from 'miniflare';
import { bundleWorker, migratedDatabase } from '../cloudflare/worker.ts';

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
  const contents = await bundleWorker(copy, 'src/index.ts');
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: 'ESModule' as const, path: 'index.js', contents }],
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
  await migratedDatabase(runtime, copy);
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
