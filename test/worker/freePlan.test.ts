import { describe, expect, test } from 'vitest';
import { connectWebhook, createHarness, type Harness, SATURDAY } from './harness.ts';

/** Cloudflare's free plan allows an invocation 50 calls to other hosts and 50 D1 queries. */
const ALLOWED = 50;

interface Invocation {
  queries: number;
  calls: number;
}

/** The whole Worker, and what each of its invocations asked for. */
async function createCounted(vars: Readonly<Record<string, string>> = {}) {
  const invocations: Invocation[] = [];
  let current: Invocation = { queries: 0, calls: 0 };
  const harness = await createHarness(vars, ({ env, runtime }) => ({
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
  }));
  return { harness, invocations };
}

/** The most that one invocation asked for. */
function most(invocations: readonly Invocation[]): Invocation {
  return {
    queries: Math.max(...invocations.map(({ queries }) => queries)),
    calls: Math.max(...invocations.map(({ calls }) => calls)),
  };
}

async function letAllWrite(harness: Harness, text: string): Promise<void> {
  const { x } = harness.world;
  for (let turn = 0; turn < 6; turn++) {
    for (const person of x.people) await x.say(person.id, text);
  }
}

describe('no invocation asks for more than the free plan allows', () => {
  test.each(['고양이', 'cat 5', '넷플릭스'])('when many people say %s at once', async (text) => {
    const { harness, invocations } = await createCounted();
    await connectWebhook(harness);
    harness.world.x.limits.directMessages.per15Min = 500;
    await letAllWrite(harness, text);
    await harness.settle();
    expect(invocations.length).toBeGreaterThan(5);
    const { queries, calls } = most(invocations);
    expect(queries).toBeLessThanOrEqual(ALLOWED);
    expect(calls).toBeLessThanOrEqual(ALLOWED);
  });

  test.each(['each', 'thread'])('when Saturday comes, in style %s', async (style) => {
    const { harness, invocations } = await createCounted({ NETFLIX_POST_STYLE: style });
    await harness.cron(SATURDAY);
    await harness.settle();
    expect(harness.world.x.timeline().length).toBeGreaterThan(3);
    const { queries, calls } = most(invocations);
    expect(queries).toBeLessThanOrEqual(ALLOWED);
    expect(calls).toBeLessThanOrEqual(ALLOWED);
  });

  test('when X answers nothing for a while and everything is tried again', async () => {
    const { harness, invocations } = await createCounted({ NETFLIX_POST_STYLE: 'thread' });
    harness.world.faults.add({ host: 'api.x.com', kind: 'lost-answer', times: 60 });
    await harness.cron(SATURDAY);
    await harness.settle();
    const { queries, calls } = most(invocations);
    expect(queries).toBeLessThanOrEqual(ALLOWED);
    expect(calls).toBeLessThanOrEqual(ALLOWED);
  });

  test('and reading how everything is costs a few queries', async () => {
    const { harness, invocations } = await createCounted();
    await harness.cron(SATURDAY);
    await harness.settle();
    invocations.length = 0;
    await harness.fetch(new Request('https://soshik.example/healthz'));
    expect(most(invocations).queries).toBeLessThanOrEqual(20);
  });
});
