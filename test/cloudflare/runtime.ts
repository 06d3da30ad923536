import { resolve } from 'node:path';
import { convertV4MiniflareOptions, Miniflare, Request as WorkerRequest } from 'miniflare';
import { type Binding, liveVersion, type Worker } from './account.ts';
import { migratedDatabase } from './worker.ts';

const root = resolve(import.meta.dirname, '../..');

export interface RunningWorker {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

/**
 * Runs what was deployed: the uploaded modules with the bindings, vars and secrets of the upload, on
 * storage of its own.
 *
 * @param outside the internet as it meets it
 */
export async function runDeployed(
  worker: Worker,
  queues: readonly string[],
  outside: (request: Request) => Promise<Response>,
): Promise<RunningWorker> {
  const version = liveVersion(worker);
  if (!version) throw new Error('never deployed');
  const named = (type: string, key: string) =>
    Object.fromEntries(
      version.bindings.filter((its) => its.type === type).map((its) => [its.name, text(its, key)]),
    );
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: Array.from(version.modules, ([path, contents]) => ({
        type: 'ESModule' as const,
        path,
        contents,
      })),
      compatibilityDate: version.compatibilityDate,
      bindings: { ...named('plain_text', 'text'), ...named('secret_text', 'text') },
      kvNamespaces: named('kv_namespace', 'namespace_id'),
      d1Databases: named('d1', 'id'),
      queueProducers: named('queue', 'queue_name'),
      queueConsumers: Object.fromEntries(queues.map((queue) => [queue, { maxBatchTimeout: 0.05 }])),
      durableObjects: Object.fromEntries(
        version.bindings
          .filter(({ type }) => type === 'durable_object_namespace')
          .map((its) => [its.name, { className: text(its, 'class_name'), useSQLite: true }]),
      ),
      serviceBindings: { ASSETS: async () => new Response('', { status: 404 }) },
      outboundService: async (request: Request) => await outside(await copyOf(request)),
    }),
  );
  await migratedDatabase(runtime, root);
  return {
    fetch: async (request) => {
      const { url, ...init } = await partsOf(request);
      const answer = await runtime.dispatchFetch(new WorkerRequest(url, init));
      return new Response(await answer.arrayBuffer(), { status: answer.status });
    },
    stop: () => runtime.dispose(),
  };
}

/** The request as one of Node's own: the runtime has a class of its own for it. */
async function copyOf(request: Request): Promise<Request> {
  const { url, ...init } = await partsOf(request);
  return new Request(url, init);
}

async function partsOf(request: Request) {
  const { url, method, headers } = request;
  const body = ['GET', 'HEAD'].includes(method) ? null : await request.arrayBuffer();
  return { url, method, headers: Object.fromEntries(headers), ...(body && { body }) };
}

function text(binding: Binding, key: string): string {
  return String(binding[key]);
}
