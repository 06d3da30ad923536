import type { AsyncLocalStorage } from 'node:async_hooks';
import * as v from 'valibot';
import type { Invocation } from './invocation.ts';

type Carry = <Value>(name: string, carryOut: () => Promise<Value>) => Promise<Value>;

const metaSchema = v.object({
  meta: v.object({ rows_read: v.number(), rows_written: v.number() }),
});
const known = new WeakMap<Env, Env>();

/**
 * The Worker's bindings with the driver between: each operation is counted and can be the last, and
 * what is sent to a queue goes to the driver.
 */
export function bindings(env: Env, current: AsyncLocalStorage<Invocation>, carry: Carry): Env {
  const made = known.get(env) ?? {
    ...env,
    DB: databaseOf(env.DB, current, carry),
    TOKENS: namespaceOf(env.TOKENS, 'TOKENS', current, carry),
    MEDIA: namespaceOf(env.MEDIA, 'MEDIA', current, carry),
    EVENTS: queueOf('soshik-events', carry),
    POLLS: queueOf('soshik-polls', carry),
    DELIVERIES: queueOf('soshik-deliveries', carry),
  };
  known.set(env, made);
  return made;
}

const ASKS_ROWS = new Set<PropertyKey>(['run', 'all', 'batch', 'first']);
const originals = new WeakMap<object, object>();
/** What statements say. */
const texts = new WeakMap<object, string>();

function databaseOf<Target extends object>(
  target: Target,
  current: AsyncLocalStorage<Invocation>,
  carry: Carry,
): Target {
  const count = (answer: unknown, asked: unknown): void => {
    const invocation = current.getStore();
    if (!invocation) return;
    const statements = Array.isArray(asked) ? asked : [asked];
    for (const [index, one] of (Array.isArray(answer) ? answer : [answer]).entries()) {
      const parsed = v.safeParse(metaSchema, one);
      if (!parsed.success) continue;
      const { rows_read: read, rows_written: written } = parsed.output.meta;
      invocation.count(texts.get(statements[index]) ?? '', read, written);
    }
  };
  const proxy = new Proxy(target, {
    get(_target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]): unknown => {
        const args = given.map(originalOf);
        if (!ASKS_ROWS.has(key)) {
          const built: unknown = Reflect.apply(value, target, args);
          const text = key === 'prepare' ? String(args[0]) : texts.get(target);
          if (typeof built === 'object' && built !== null) texts.set(built, text ?? '');
          return typeof built === 'object' && built !== null
            ? databaseOf(built, current, carry)
            : built;
        }
        return carry(`D1 ${String(key)}`, async () => {
          // What `first` gives has no count of rows beside it.
          const method: unknown = key === 'first' ? Reflect.get(target, 'all', target) : value;
          if (typeof method !== 'function') throw new TypeError(String(key));
          const answer: unknown = await Reflect.apply(method, target, key === 'first' ? [] : args);
          count(answer, key === 'batch' ? args[0] : target);
          return key === 'first' ? firstOf(answer, args[0]) : answer;
        });
      };
    },
  });
  originals.set(proxy, target);
  return proxy;
}

const rowsSchema = v.object({ results: v.array(v.record(v.string(), v.unknown())) });

function firstOf(answer: unknown, column: unknown): unknown {
  const [row] = v.parse(rowsSchema, answer).results;
  if (row === undefined) return null;
  return typeof column === 'string' ? row[column] : row;
}

/** What the runtime itself made: it takes no stand-in for a statement. */
function originalOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(originalOf);
  return typeof value === 'object' && value !== null ? (originals.get(value) ?? value) : value;
}

const READS = new Set<PropertyKey>(['get', 'getWithMetadata', 'list']);
const WRITES = new Set<PropertyKey>(['put', 'delete']);

function namespaceOf(
  target: KVNamespace,
  name: string,
  current: AsyncLocalStorage<Invocation>,
  carry: Carry,
): KVNamespace {
  return new Proxy(target, {
    get(_target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]) =>
        carry(`${name} ${String(key)}`, async () => {
          const counts = current.getStore()?.counts;
          if (counts && READS.has(key)) counts.kvReads += 1;
          if (counts && WRITES.has(key)) counts.kvWrites += 1;
          return await Reflect.apply(value, target, args);
        });
    },
  });
}

const answer = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };

function queueOf(queue: string, carry: Carry): Queue {
  const send = (messages: readonly { body: unknown; delaySeconds: number | undefined }[]) =>
    carry(`${queue} send`, async () => {
      const taken = await fetch('https://driver.example/send', {
        method: 'POST',
        body: JSON.stringify({ queue, messages }),
      });
      if (!taken.ok) throw new Error('the queue does not take it');
      return answer;
    });
  return {
    send: (body, options) => send([{ body, delaySeconds: options?.delaySeconds }]),
    sendBatch: (messages, options) =>
      send(
        Array.from(messages, ({ body, delaySeconds }) => ({
          body,
          delaySeconds: delaySeconds ?? options?.delaySeconds,
        })),
      ),
    metrics: async () => answer.metadata.metrics,
  };
}
