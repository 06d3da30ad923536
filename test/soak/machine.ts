import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { convertV4MiniflareOptions, Miniflare, Request as WorkerRequest } from 'miniflare';
import * as v from 'valibot';
import { bundleWorker, migratedDatabase } from '../cloudflare/worker.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createWorld, type World } from '../sandbox/world.ts';
import type { Chance } from './chance.ts';
import { createQueues, type Message, type Mishaps, NO_MISHAPS, type Queues } from './queues.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const ORIGIN = 'https://soshik.example';

/** More batches at one instant would never come to rest. */
const MOST_AT_ONCE = 3000;

export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

const recordSchema = v.object({
  queries: v.number(),
  rowsRead: v.number(),
  rowsWritten: v.number(),
  kvReads: v.number(),
  kvWrites: v.number(),
  calls: v.number(),
  operations: v.number(),
  isDead: v.boolean(),
  retries: v.array(v.tuple([v.string(), v.nullable(v.number())])),
  /** What D1 was asked, how often, rows read and written. */
  statements: v.array(v.tuple([v.string(), v.number(), v.number(), v.number()])),
  now: v.number(),
});

/** What one invocation asked of the world. */
export interface Invocation extends v.InferOutput<typeof recordSchema> {
  /** `cron`, a queue's name and what its messages are about, or method and path of a request. */
  readonly kind: string;
}

export interface MachineOptions {
  readonly startAt: number;
  readonly chance: Chance;
  /** What messages of the queues meet at an instant. */
  readonly mishaps?: (at: number) => Mishaps;
  readonly vars?: Readonly<Record<string, string>>;
  /** What becomes of a call to a platform; default: it is carried out. */
  readonly outside?: (request: Request, world: World) => Promise<Response>;
  /** Whether, and where, the isolate of the next invocation dies. */
  readonly crash?: () => Crash | undefined;
  /** Told of each invocation when it is over. */
  readonly onInvocation?: (invocation: Invocation) => void;
  /** Carries out an invocation, to look at it meanwhile. */
  readonly around?: <Value>(kind: string, run: () => Promise<Value>) => Promise<Value>;
  /** What the Worker logs, line by line; default: nobody reads it. */
  readonly onLog?: (line: string) => void;
  /** How long each call to a platform takes; default: no time. */
  readonly callMs?: number;
  readonly inspectorPort?: number;
}

export interface Machine {
  readonly world: World;
  readonly queues: Queues;
  /** What every invocation asked for since it was emptied last. */
  readonly invocations: Invocation[];
  /** A request from outside. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The cron that was due at an instant. */
  readonly cron: (atMs: number) => Promise<void>;
  /** Works off what the queues have until an instant; the clock is there afterwards. */
  readonly settle: (untilMs: number) => Promise<void>;
  readonly query: (sql: string, ...values: unknown[]) => Promise<Record<string, unknown>[]>;
  readonly stop: () => Promise<void>;
}

const sendSchema = v.object({
  queue: v.string(),
  messages: v.array(v.object({ body: v.unknown(), delaySeconds: v.optional(v.number()) })),
});

/**
 * The whole Worker in the real runtime beside the sandbox, both on one clock that the driver moves.
 * D1, KV and Durable Objects are the runtime's; queues, cron and the network are the driver's.
 */
export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { chance, mishaps = () => NO_MISHAPS, crash = () => undefined } = options;
  const around = options.around ?? ((_kind, run) => run());
  const world = createWorld({ startAt: options.startAt });
  const { clock } = world;
  const queues = createQueues(() => clock.now(), chance, mishaps);
  const invocations: Invocation[] = [];
  const outside = options.outside ?? ((request, its) => its.fetch(request));

  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: [
        {
          type: 'ESModule' as const,
          path: 'worker.js',
          contents: await bundleWorker(ROOT, 'test/soak/worker/worker.ts', { minify: true }),
        },
      ],
      compatibilityDate: '2026-10-23',
      bindings: {
        ...configuredVars(),
        ...sandboxSecrets,
        ADMIN_PASSWORD: 'soak-password',
        TOKEN_KEY: Buffer.alloc(32).toString('base64'),
        PUBLIC_URL: ORIGIN,
        ...options.vars,
      },
      kvNamespaces: { TOKENS: 'tokens', MEDIA: 'media' },
      d1Databases: { DB: 'soshik' },
      durableObjects: { TOKEN_KEEPER: { className: 'TokenKeeper', useSQLite: true } },
      serviceBindings: {
        ASSETS: async (request: Request) =>
          readFile(join(ROOT, 'src/assets', new URL(request.url).pathname)).then(
            (bytes) => new Response(new Uint8Array(bytes)),
            () => new Response(null, { status: 404 }),
          ),
      },
      handleStructuredLogs: ({ message }: { readonly message: string }) => options.onLog?.(message),
      ...(options.inspectorPort !== undefined && { inspectorPort: options.inspectorPort }),
      outboundService: async (incoming: Request) => {
        const request = await copyOf(incoming);
        if (new URL(request.url).host !== 'driver.example') return outside(request, world);
        const { queue, messages } = v.parse(sendSchema, await request.json());
        for (const { body, delaySeconds } of messages) queues.send(queue, body, delaySeconds);
        return new Response();
      },
    }),
  );
  const database = await migratedDatabase(runtime, ROOT);

  async function invoke(kind: string, request: Request): Promise<[Response, Invocation]> {
    const { url, ...init } = await partsOf(request);
    const orders = { now: clock.now(), crash: crash(), callMs: options.callMs };
    const incoming = new WorkerRequest(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, 'x-soak-orders': JSON.stringify(orders) },
    });
    // Read at once: the runtime's answer drops its body when garbage is collected before.
    const [answer, bytes] = await around(kind, async () => {
      const response = await runtime.dispatchFetch(incoming);
      return [response, await response.arrayBuffer()] as const;
    });
    const headers = new Headers([...answer.headers]);
    const text = headers.get('x-soak-record');
    if (text === null) throw new Error(`no record of ${kind}: ${new TextDecoder().decode(bytes)}`);
    const record = v.parse(recordSchema, JSON.parse(text));
    headers.delete('x-soak-record');
    const invocation = { kind, ...record };
    invocations.push(invocation);
    options.onInvocation?.(invocation);
    clock.advance(Math.max(0, record.now - clock.now()));
    const hasBody = ![101, 204, 205, 304].includes(answer.status);
    const body = hasBody ? bytes : null;
    return [new Response(body, { status: answer.status, headers }), invocation];
  }

  async function consume(messages: readonly Message[]): Promise<void> {
    const queue = messages[0]?.queue ?? '';
    const batch = messages.map(({ id, body, attempts }) => ({
      id,
      body,
      attempts,
      timestamp: clock.now(),
    }));
    const order = new Request('https://driver.example/queue', {
      method: 'POST',
      body: JSON.stringify({ queue, messages: batch }),
    });
    const about = [...new Set(messages.map(({ body }) => subjectOf(body)))].join(' ');
    const [answer, { isDead, retries }] = await invoke(`${queue}: ${about}`, order);
    const asked = new Map(retries);
    for (const message of messages) {
      if (isDead || !answer.ok) queues.again(message, null);
      else if (asked.has(message.id)) queues.again(message, asked.get(message.id) ?? null);
    }
  }

  return {
    world,
    queues,
    invocations,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const [response] = await invoke(`${request.method} ${pathname}`, request);
      return response;
    },
    async cron(atMs) {
      clock.advance(Math.max(0, atMs - clock.now()));
      await invoke('cron', new Request(`https://driver.example/scheduled?time=${atMs}`));
    },
    async settle(untilMs) {
      let [standsSince, batches] = [clock.now(), 0];
      for (let dueAt = queues.nextDueAt(); dueAt <= untilMs; dueAt = queues.nextDueAt()) {
        clock.advance(Math.max(0, dueAt - clock.now()));
        batches = clock.now() > standsSince ? 0 : batches + 1;
        standsSince = clock.now();
        const messages = queues.take();
        if (batches > MOST_AT_ONCE) throw new Error(`no end of ${JSON.stringify(messages)}`);
        await consume(messages);
      }
      clock.advance(Math.max(0, untilMs - clock.now()));
    },
    async query(sql, ...values) {
      const { results } = await database
        .prepare(sql)
        .bind(...values)
        .all();
      return results;
    },
    stop: () => runtime.dispose(),
  };
}

const jobSchema = v.object({ job: v.string() });
const jobsSchema = v.object({ jobs: v.array(jobSchema) });

/** The jobs that a message names, or what else it tells. */
function subjectOf(body: unknown): string {
  const one = v.safeParse(jobSchema, body);
  if (one.success) return one.output.job;
  const several = v.safeParse(jobsSchema, body);
  if (several.success) return several.output.jobs.map(({ job }) => job).join('+');
  return Object.keys(v.parse(v.record(v.string(), v.unknown()), body)).join('+');
}

/** The vars of wrangler.toml: the hosts of the real platforms, which the driver stands for. */
function configuredVars(): Record<string, string> {
  const [, vars = ''] = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8').split('[vars]');
  return Object.fromEntries(
    Array.from(vars.matchAll(/^(\w+) = "(.*)"$/gm), ([, name = '', value = '']) => [name, value]),
  );
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
