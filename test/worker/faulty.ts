import type { Parts } from './harness.ts';

/** The isolate dies at its `at`-th operation (from 1), `before` or `after` it is carried out. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

interface Operation {
  readonly name: string;
  /** It only asks: dying around it is dying before it. */
  readonly isRead: boolean;
  readonly invocation: number;
  /** Others were under way at the same time. */
  isBeside: boolean;
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
  /** Each death at one of these operations that leaves the world otherwise than the others do. */
  deaths(): readonly Death[];
}

interface Death extends Crash {
  readonly operation: string;
}

type Carry = <Value>(
  name: string,
  isRead: boolean,
  carryOut: () => Promise<Value>,
) => Promise<Value>;

/**
 * Puts a crash between the Worker and the world. An operation is one call to D1, KV, a queue or the
 * network. From the crash on everything that the same invocation tries fails, and it ends without
 * an answer, as that of a dead isolate; the next invocation lives.
 */
export function createFaulty(): Faulty {
  const operations: Operation[] = [];
  const underWay = new Set<Operation>();
  let invocation = 0;
  let isArmed = false;
  let crash: Crash | undefined;
  let story: string | undefined;
  let isDead = false;

  const carry: Carry = async (name, isRead, carryOut) => {
    if (isDead) throw new IsolateDied();
    if (!isArmed) return carryOut();
    const operation = { name, isRead, invocation, isBeside: underWay.size > 0 };
    for (const other of underWay) other.isBeside = true;
    operations.push(operation);
    if (operations.length === crash?.at) {
      isDead = true;
      if (crash.when === 'after') await carryOut();
      throw new IsolateDied();
    }
    underWay.add(operation);
    try {
      return await carryOut();
    } finally {
      underWay.delete(operation);
    }
  };

  return {
    get operations() {
      return operations.map(({ name }) => name);
    },
    deaths: () => operations.flatMap((_, index) => deathsAt(operations, index)),
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
          const name = `${request.method} ${host}${pathname}`;
          return carry(name, request.method === 'GET', () => runtime.fetch(request));
        },
      },
      async invoke(run) {
        isDead = false;
        invocation += 1;
        const value = await run();
        if (isDead) throw new IsolateDied();
        return value;
      },
    }),
  };
}

/**
 * Dying after an operation is dying before the next one of its invocation, when nothing else is under
 * way; and an operation that only reads leaves nothing to die after.
 */
function deathsAt(operations: readonly Operation[], index: number): Death[] {
  const operation = operations[index];
  if (!operation) return [];
  const { name, isRead, isBeside } = operation;
  const besides = [operations[index - 1], operations[index + 1]];
  const [last, next] = besides.map((one) =>
    one?.invocation === operation.invocation ? one : undefined,
  );
  const deaths: Death[] = [];
  const at = index + 1;
  if (isBeside || !last?.isRead) deaths.push({ at, when: 'before', operation: name });
  if (!isRead && (isBeside || !next)) deaths.push({ at, when: 'after', operation: name });
  return deaths;
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

const READS = new Set<PropertyKey>(['get', 'getWithMetadata', 'list']);

const originals = new WeakMap<object, object>();

/** @param isRead true for a statement that only asks */
function between<Target extends object>(
  target: Target,
  name: string,
  carry: Carry,
  isRead = false,
): Target {
  const proxy = new Proxy(target, {
    get(_target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]): unknown => {
        const args = given.map(originalOf);
        if (OPERATIONS.has(key)) {
          return carry(`${name} ${String(key)}`, isRead || READS.has(key), async () =>
            Reflect.apply(value, target, args),
          );
        }
        const built: unknown = Reflect.apply(value, target, args);
        if (typeof built !== 'object' || built === null) return built;
        const [sql] = args;
        if (key !== 'prepare' || typeof sql !== 'string')
          return between(built, name, carry, isRead);
        return between(built, `${name} ${brief(sql)}`, carry, /^\s*SELECT\b/.test(sql));
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
