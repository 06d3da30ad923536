import {
  createExecutionContext,
  createScheduledController,
  waitOnExecutionContext,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
// The package exports no path to its schema.
import githubSchema from '../../node_modules/@octokit/graphql-schema/schema.graphql?raw';
import { createWorker } from '../../src/index.ts';
import type { Runtime } from '../../src/lib/runtime.ts';
import type { Health } from '../../src/pages/health.ts';
import { emptyStorage } from '../emptyStorage.ts';
import { holdToDescription } from '../platforms/x/described.ts';
import { createDrawnPosters } from '../sandbox/pictures.ts';
import { createWorld, sandboxSecrets, type World } from '../sandbox/world.ts';
import { fakeKey } from '../store/keys.ts';
import { createKeepers } from './keepers.ts';
import { createQueues, type Queues } from './queues.ts';

export const WEBHOOK = 'https://soshik.example/webhook/twitter';

/** Sunday 2026-11-22 12:00 in Seoul. */
export const START = Date.UTC(2026, 10, 22, 3);
export const SATURDAY = Date.UTC(2026, 10, 28);

/** Each drawn once for all tests of a file. */
const poster = createDrawnPosters();

/** What the Worker stands on in a test. */
export interface Parts {
  readonly env: Env;
  readonly runtime: Runtime;
  /** Carries out one invocation (a request, a cron, a batch of one queue). */
  readonly invoke: <Value>(run: () => Promise<Value>) => Promise<Value>;
}

/** With the binding that `npm run deploy` adds for who wants mail. */
type Bindings = Env & { readonly MAIL: unknown };

export interface Harness {
  readonly world: World;
  readonly queues: Queues;
  /** The bindings, secrets and vars as deployed now. */
  readonly env: Env;
  readonly runtime: Runtime;
  /** The owner changes secrets, vars or a binding; `undefined` takes one away. */
  redeploy(changes: Readonly<Record<string, string | undefined>> | Partial<Bindings>): void;
  /** A request from outside. */
  fetch(request: Request): Promise<Response>;
  /** A cron trigger that was due at `atMs`; moves the clock there when it lies ahead. */
  cron(atMs: number, expression?: string): Promise<void>;
  /**
   * Works off the queues until they are empty, or what is due until an instant, moving the clock
   * over every delay.
   */
  settle(untilMs?: number): Promise<void>;
}

/**
 * The whole Worker, from its three doors to the network, on the sandbox's platforms and clock. KV
 * is the runtime's own, and so are D1's client and its SQLite (`../database.ts`); the queues hand
 * over when the test says so.
 *
 * @param vars secrets and vars over the sandbox's; `undefined` takes one away
 * @param change puts something of the test's own between the Worker and what it stands on
 */
export async function createHarness(
  vars: Readonly<Record<string, string | undefined>> = {},
  change: (parts: Parts) => Partial<Parts> = () => ({}),
): Promise<Harness> {
  await emptyStorage();
  const world = createWorld({ startAt: START, poster, githubSchema: () => githubSchema });
  const queues = createQueues(() => world.clock.now());
  const parts: Parts = {
    env: {
      ...env,
      ...sandboxSecrets,
      TOKEN_KEY: fakeKey(1),
      MENU_SCHOOL: 'B10:7010113',
      ...vars,
      EVENTS: queues.binding('soshik-events'),
      POLLS: queues.binding('soshik-polls'),
      DELIVERIES: queues.binding('soshik-deliveries'),
    },
    runtime: {
      now: () => world.clock.now(),
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      fetch: async (request) => {
        await holdX(request);
        return world.fetch(request);
      },
    },
    invoke: (run) => run(),
  };
  const { env: changedEnv, runtime, invoke } = { ...parts, ...change(parts) };
  const keepers = createKeepers(env.TOKEN_KEEPER, runtime, () => deployed);
  let deployed: Env = { ...changedEnv, TOKEN_KEEPER: keepers };
  const worker = createWorker(runtime);
  const consume = (batch: MessageBatch) => invoke(() => worker.queue(batch, deployed));

  return {
    world,
    queues,
    get env() {
      return deployed;
    },
    runtime,
    redeploy(changes) {
      deployed = { ...deployed, ...changes };
    },
    fetch: (request) =>
      invoke(async () => {
        const context = createExecutionContext();
        // What Cloudflare adds to an incoming request (`cf`) is nothing the Worker reads.
        const incoming = new Request<unknown, IncomingRequestCfProperties>(request);
        const response = await worker.fetch(incoming, deployed, context);
        await waitOnExecutionContext(context);
        return response;
      }),
    async cron(atMs, expression = '*/30 * * * *') {
      world.clock.advance(Math.max(0, atMs - world.clock.now()));
      const controller = createScheduledController({
        cron: expression,
        scheduledTime: new Date(atMs),
      });
      await invoke(() => worker.scheduled(controller, deployed));
    },
    async settle(untilMs = Number.POSITIVE_INFINITY) {
      for (let step = 0; step < 5000; step++) {
        const dueAt = queues.nextDueAt();
        if (dueAt === undefined || dueAt > untilMs) return;
        world.clock.advance(Math.max(0, dueAt - world.clock.now()));
        await queues.deliverOne(consume);
      }
      throw new Error('the queues do not come to rest');
    },
  };
}

/** Lets X deliver to the Worker's webhook, CRC first. */
export async function connectWebhook(harness: Harness): Promise<void> {
  await harness.world.x.connect((request) => harness.fetch(request), WEBHOOK);
}

/** One of the sandbox's people by the language they read. */
export function reader(harness: Harness, language: 'ko' | 'en'): { readonly id: string } {
  const person = harness.world.x.people.find((candidate) => candidate.language === language);
  if (!person) throw new Error(`nobody reads ${language}`);
  return person;
}

/** What the bot answered to a person, oldest first. */
export function answers(harness: Harness, personId: string): string[] {
  return harness.world.x
    .conversation(personId)
    .filter((message) => message.from === harness.world.x.bot.id)
    .map((message) => message.text);
}

/** The texts on the bot's timeline, oldest first. */
export function posts(harness: Harness): string[] {
  return harness.world.x
    .timeline()
    .filter((post) => !post.deleted)
    .map((post) => post.text)
    .toReversed();
}

/** What `/healthz` tells. */
export async function health(harness: Harness): Promise<Health> {
  const response = await harness.fetch(new Request('https://soshik.example/healthz'));
  return await response.json<Health>();
}

/** Holds what the Worker asks of X to X's description; the bytes of pictures are not looked at. */
async function holdX(request: Request): Promise<void> {
  if (new URL(request.url).hostname !== 'api.x.com') return;
  const type = request.headers.get('content-type');
  const isText = type !== null && /json|urlencoded/.test(type);
  const bytes = isText ? await request.clone().arrayBuffer() : null;
  holdToDescription({
    method: request.method,
    url: request.url,
    type,
    ...(bytes && { text: new TextDecoder().decode(bytes) }),
  });
}
