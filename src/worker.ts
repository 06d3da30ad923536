import { configOf } from './config/config.ts';
import { handleCron } from './doors/cron.ts';
import { handleQueue } from './doors/queue.ts';
import { accountsOf, wire } from './doors/wire.ts';
import type { Runtime } from './lib/runtime.ts';
import { createHttp } from './pages/app.ts';

/** The Worker's three doors, standing on the given clock, randomness and network. */
export function createWorker(runtime: Runtime) {
  const botOf = (env: Env) => wire(env, runtime);
  const http = createHttp({
    configOf,
    botOf,
    botAt: (env, requestUrl) => wire(env, runtime, requestUrl),
    accountsOf: (env, requestUrl) => accountsOf(env, runtime, requestUrl),
  });
  return {
    fetch: (request, env, context) => http.fetch(request, env, context),
    scheduled: (controller, env) => handleCron(botOf(env), controller.scheduledTime),
    queue: (batch, env) => handleQueue(botOf(env), batch),
  } satisfies ExportedHandler<Env>;
}
