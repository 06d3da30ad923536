import { type Runtime, systemRuntime } from './lib/runtime.ts';
import { createHttp } from './pages/app.ts';
import { handleCron, handleQueue } from './queue.ts';
import { createTokenKeeperClass } from './tokenKeeper.ts';
import { rooms, wire } from './wire.ts';

export class TokenKeeper extends createTokenKeeperClass(systemRuntime) {}

export default createWorker(systemRuntime);

/** The Worker's three doors, standing on the given clock, randomness and network. */
export function createWorker(runtime: Runtime) {
  const http = createHttp((env, requestUrl) => wire(env, runtime, requestUrl), rooms);
  return {
    fetch: (request, env, context) => http.fetch(request, env, context),
    scheduled: (controller, env) => handleCron(wire(env, runtime), controller.scheduledTime),
    queue: (batch, env) => handleQueue(wire(env, runtime), batch),
  } satisfies ExportedHandler<Env>;
}
