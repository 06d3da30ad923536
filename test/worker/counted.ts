import type { Parts } from './harness.ts';

/** Cloudflare's free plan allows an invocation 50 calls to other hosts and 50 D1 queries. */
export const ALLOWED = 50;

/** What one invocation asked for. */
export interface Invocation {
  queries: number;
  calls: number;
}

/** Counts what every invocation of a harness asks for; `change` goes to `createHarness`. */
export function createCounter() {
  const invocations: Invocation[] = [];
  let current: Invocation = { queries: 0, calls: 0 };
  const change = ({ env, runtime }: Parts): Partial<Parts> => ({
    env: {
      ...env,
      DB: new Proxy(env.DB, {
        get(db, key) {
          // Every statement is prepared once and carried out once, alone or in a batch.
          if (key === 'prepare') current.queries += 1;
          const value: unknown = Reflect.get(db, key, db);
          return typeof value === 'function' ? value.bind(db) : value;
        },
      }),
    },
    runtime: {
      ...runtime,
      fetch: (request) => {
        current.calls += 1;
        return runtime.fetch(request);
      },
    },
    invoke: async (run) => {
      current = { queries: 0, calls: 0 };
      invocations.push(current);
      return run();
    },
  });
  return { change, invocations };
}

/** The most that one invocation asked for. */
export function most(invocations: readonly Invocation[]): Invocation {
  return {
    queries: Math.max(...invocations.map(({ queries }) => queries)),
    calls: Math.max(...invocations.map(({ calls }) => calls)),
  };
}
