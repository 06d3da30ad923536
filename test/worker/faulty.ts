import type { Parts } from './harness.ts';

/** The isolate dies at its `at`-th operation (from 1), `before` or `after` it is carried out. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

export interface Faulty {
  /** For `createHarness`. */
  readonly change: (parts: Parts) => Parts;
  /**
   * Counts operations from now on, and dies once, as told.
   *
   * @param job the only one that a cron queues while armed, and beside `sweep` later: the others are
   *   stories of their own
   */
  arm(crash?: Crash, job?: string): void;
  /** No longer counts operations, or dies. */
  disarm(): void;
  /** What the Worker asked of the world while it was armed, in order. */
  readonly operations: readonly string[];
}

type Carry = <Value>(name: string, carryOut: () => Promise<Value>) => Promise<Value>;

/**
 * Puts a crash between the Worker and the world. An operation is one call to D1, KV, a queue or the
 * network. From the crash on everything that the same invocation tries fails, and it ends without
 * an answer, as that of a dead isolate; the next invocation lives.
 */
export function createFaulty(): Faulty {
  const operations: string[] = [];
  let isArmed = false;
  let crash: Crash | undefined;
  let story: string | undefined;
  let isDead = false;

  const carry: Carry = async (name, carryOut) => {
    if (isDead) throw new IsolateDied();
    if (!isArmed) return carryOut();
    operations.push(name);
    if (operations.length !== crash?.at) return carryOut();
    isDead = true;
    if (crash.when === 'after') await carryOut();
    throw new IsolateDied();
  };

  return {
    operations,
    arm(next, job) {
      isArmed = true;
      crash = next;
      story = job;
    },
    disarm() {
      isArmed = false;
    },
    change: ({ env, runtime }) => ({
      env: {
        ...env,
        DB: between(env.DB, 'D1', carry),
        MEDIA: between(env.MEDIA, 'KV', carry),
        EVENTS: between(env.EVENTS, 'events', carry),
        POLLS: between(
          keeping(env.POLLS, (body) => isOf(body, story) || (!isArmed && isOf(body, 'sweep'))),
          'polls',
          carry,
        ),
        DELIVERIES: between(env.DELIVERIES, 'deliveries', carry),
      },
      runtime: {
        ...runtime,
        fetch: (request) => {
          const { host, pathname } = new URL(request.url);
          return carry(`${request.method} ${host}${pathname}`, () => runtime.fetch(request));
        },
      },
      async invoke(run) {
        isDead = false;
        const value = await run();
        if (isDead) throw new IsolateDied();
        return value;
      },
    }),
  };
}

/** A queue that takes some messages only. */
function keeping(queue: Env['POLLS'], isKept: (body: unknown) => boolean): Env['POLLS'] {
  return {
    metrics: () => queue.metrics(),
    send: (body, options) => queue.send(body, options),
    sendBatch: (messages, options) =>
      queue.sendBatch(
        Array.from(messages).filter(({ body }) => isKept(body)),
        options,
      ),
  };
}

/** False for a message that starts another job. */
function isOf(body: unknown, story: string | undefined): boolean {
  if (story === undefined) return true;
  return typeof body !== 'object' || body === null || !('job' in body) || body.job === story;
}

class IsolateDied extends Error {
  override readonly name = 'IsolateDied';
}

/** Methods that ask something of the world; all others only build the question. */
const OPERATIONS = new Set<PropertyKey>([
  'run',
  'first',
  'all',
  'raw',
  'batch',
  'get',
  'getWithMetadata',
  'put',
  'delete',
  'list',
  'send',
  'sendBatch',
]);

const originals = new WeakMap<object, object>();

function between<Target extends object>(target: Target, name: string, carry: Carry): Target {
  const proxy = new Proxy(target, {
    get(_target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]): unknown => {
        const args = given.map(originalOf);
        if (OPERATIONS.has(key)) {
          return carry(`${name} ${String(key)}`, async () => Reflect.apply(value, target, args));
        }
        const built: unknown = Reflect.apply(value, target, args);
        const [sql] = args;
        const next = key === 'prepare' && typeof sql === 'string' ? `${name} ${brief(sql)}` : name;
        return typeof built === 'object' && built !== null ? between(built, next, carry) : built;
      };
    },
  });
  originals.set(proxy, target);
  return proxy;
}

/** What the runtime itself made: it takes no stand-in for a statement. */
function originalOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(originalOf);
  return typeof value === 'object' && value !== null ? (originals.get(value) ?? value) : value;
}

/** The verb of a statement and its table. */
function brief(sql: string): string {
  return /\b(?:INTO|UPDATE|FROM)\s+\w+/.exec(sql)?.[0].replace(/\s+/g, ' ') ?? sql.slice(0, 30);
}
