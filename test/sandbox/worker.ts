import * as v from 'valibot';
import { createTokenKeeperClass, createWorker } from '../../src/index.ts';
import { type Runtime, systemRuntime } from '../../src/lib/runtime.ts';

/** The Worker as `npm start` runs it; wrangler.toml names src/index.ts, so this is never deployed. */
interface SandboxEnv extends Env {
  /** Origin of the sandbox server. */
  readonly SANDBOX_URL: string;
}

const clockSchema = v.object({ offsetMs: v.number() });

let offsetMs = 0;
const runtime: Runtime = { ...systemRuntime, now: () => systemRuntime.now() + offsetMs };
const worker = createWorker(runtime);

export class TokenKeeper extends createTokenKeeperClass(runtime) {}

/** The real Worker on the sandbox's clock, which is asked anew for each call. */
async function workerOnSandboxTime(env: SandboxEnv) {
  const response = await fetch(new URL('/clock', env.SANDBOX_URL));
  ({ offsetMs } = v.parse(clockSchema, await response.json()));
  return worker;
}

export default {
  async fetch(request, env, context) {
    const { pathname, search } = new URL(request.url);
    if (pathname === '/sandbox' || pathname.startsWith('/sandbox/')) {
      return await fetch(new Request(new URL(pathname + search, env.SANDBOX_URL), request));
    }
    return await (await workerOnSandboxTime(env)).fetch(request, env, context);
  },
  async scheduled(controller, env) {
    await (await workerOnSandboxTime(env)).scheduled(controller, env);
  },
  async queue(batch, env) {
    await (await workerOnSandboxTime(env)).queue(batch, env);
  },
} satisfies ExportedHandler<SandboxEnv>;
