import { AsyncLocalStorage } from 'node:async_hooks';
import { createTokenKeeperClass, createWorker } from '../../../src/index.ts';
import { type Runtime, systemRuntime } from '../../../src/lib/runtime.ts';
import { bindings } from './bindings.ts';
import { Invocation, type Orders } from './invocation.ts';
import { breakOff, clock } from './time.ts';

/**
 * The Worker between the driver and its world: time, death and the queues are the driver's, all
 * else is the runtime's own.
 */
const current = new AsyncLocalStorage<Invocation>();
const carry = <Value>(name: string, carryOut: () => Promise<Value>): Promise<Value> =>
  current.getStore()?.carry(name, carryOut) ?? carryOut();

const runtime: Runtime = {
  ...systemRuntime,
  now: clock.now,
  fetch: (request) =>
    carry(`${request.method} ${new URL(request.url).host}`, async () => {
      const answer = await systemRuntime.fetch(request);
      clock.moveTo(clock.now() + (current.getStore()?.callMs ?? 0));
      const fate = answer.headers.get('x-soak-fate');
      if (fate === 'hang') return breakOff(request.signal);
      if (fate !== null) throw new TypeError(`fetch failed: ${fate}`);
      return answer;
    }),
};
const worker = createWorker(runtime);

export class TokenKeeper extends createTokenKeeperClass(runtime) {}

async function invoke(
  request: Request,
  run: (invocation: Invocation) => Promise<Response>,
): Promise<Response> {
  const orders: Orders = JSON.parse(request.headers.get('x-soak-orders') ?? '{}');
  if (orders.now !== undefined) clock.moveTo(orders.now);
  const invocation = new Invocation(orders);
  const response = await current.run(invocation, async () => {
    try {
      return await run(invocation);
    } catch (cause) {
      return new Response(String(cause), { status: 500 });
    }
  });
  const answer = invocation.isDead
    ? new Response('the isolate died', { status: 503 })
    : new Response(response.body, response);
  answer.headers.set('x-soak-record', JSON.stringify({ ...invocation.record(), now: clock.now() }));
  return answer;
}

export default {
  async fetch(request, env, context) {
    const bound = bindings(env, current, carry);
    const { hostname, pathname, searchParams } = new URL(request.url);
    if (hostname !== 'driver.example') {
      return invoke(request, () => {
        const headers = new Headers(request.headers);
        headers.delete('x-soak-orders');
        const incoming = new Request<unknown, IncomingRequestCfProperties>(request, { headers });
        return Promise.resolve(worker.fetch(incoming, bound, context));
      });
    }
    if (pathname === '/scheduled') {
      return invoke(request, async () => {
        await worker.scheduled(
          { scheduledTime: Number(searchParams.get('time')), cron: '', noRetry: () => {} },
          bound,
        );
        return new Response();
      });
    }
    return invoke(request, async (invocation) => {
      await worker.queue(invocation.batch(await request.json()), bound);
      return new Response();
    });
  },
} satisfies ExportedHandler<Env>;
