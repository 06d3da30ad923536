import { DurableObject } from 'cloudflare:workers';
import { coreSettings } from './config/core.ts';
import { type Reader, readerOf } from './config/reader.ts';
import { type Runtime, systemRuntime } from './lib/runtime.ts';
import { createHttp } from './pages/app.ts';
import { handleCron, handleQueue } from './queue.ts';
import { createSealer } from './store/sealed.ts';
import { createTokenKeeper, type Profile, type TokenKeeperCalls } from './store/tokenKeeper.ts';
import type { Credential } from './store/tokenKeys.ts';
import type { Refreshers } from './store/tokenRenewal.ts';
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

/** The class behind the binding `TOKEN_KEEPER`. */
export type TokenKeeperClass = new (
  state: DurableObjectState,
  env: Env,
) => DurableObject<Env> & TokenKeeperCalls;

/**
 * The Durable Object that keeps one account's tokens. It is found by the account's key in `TOKENS`,
 * `twitter:<user id>` or `kakao:<app user id>`; one found by anything else throws.
 */
export function createTokenKeeperClass(runtime: Runtime): TokenKeeperClass {
  return class extends DurableObject<Env> implements TokenKeeperCalls {
    readonly #keeper: Promise<TokenKeeperCalls>;

    constructor(state: DurableObjectState, env: Env) {
      super(state, env);
      this.#keeper = keeperOf(state, env, runtime);
    }

    async usable() {
      return (await this.#keeper).usable();
    }

    async reportRefused(accessToken: string) {
      return (await this.#keeper).reportRefused(accessToken);
    }

    async store(credential: Credential, profile: Profile) {
      return (await this.#keeper).store(credential, profile);
    }

    async forget() {
      return (await this.#keeper).forget();
    }

    async status() {
      return (await this.#keeper).status();
    }
  };
}

async function keeperOf(
  state: DurableObjectState,
  env: Env,
  runtime: Runtime,
): Promise<TokenKeeperCalls> {
  const account = state.id.name;
  if (account === undefined) throw new Error('a token keeper is found by its name');
  const reader = readerOf(env);
  return createTokenKeeper({
    account,
    storage: state.storage,
    copies: env.TOKENS,
    runtime,
    sealer: await createSealer(runtime, reader.read(coreSettings).tokenKey),
    refreshers: refreshersOf(account, reader, runtime),
  });
}

/** How the tokens of an account are renewed: its key begins with its platform's prefix. */
function refreshersOf(account: string, reader: Reader, runtime: Runtime): Refreshers {
  const logins = rooms.platforms
    .flatMap(({ logins: its = [] }) => its)
    .find(({ prefix }) => account.startsWith(`${prefix}:`));
  if (!logins) throw new Error('a token keeper is found by the name of a login');
  return logins.refreshers(reader, runtime);
}
