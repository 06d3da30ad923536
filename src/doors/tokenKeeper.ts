import { DurableObject } from 'cloudflare:workers';
import { type Config, configOf } from '../bot/config.ts';
import { unreachable } from '../lib/result.ts';
import type { Runtime } from '../lib/runtime.ts';
import { exchangeOAuth1Token, refreshToken } from '../platforms/twitter/oauth2.ts';
import type { OAuth2Result, OAuth2Tokens } from '../platforms/twitter/oauth2Answer.ts';
import type { Credential } from '../store/credentials.ts';
import { createSealer } from '../store/sealed.ts';
import { createTokenKeeper, type Profile, type TokenKeeperCalls } from '../store/tokenKeeper.ts';
import type { Refreshers, RefreshOutcome } from '../store/tokenRenewal.ts';

/** The class behind the binding `TOKEN_KEEPER`. */
export type TokenKeeperClass = new (
  state: DurableObjectState,
  env: Env,
) => DurableObject<Env> & TokenKeeperCalls;

/**
 * The Durable Object that keeps one account's tokens. It is found by the account's key in `TOKENS`,
 * such as `twitter:<user id>`; one found by anything else throws.
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
  const config = configOf(env);
  return createTokenKeeper({
    account,
    storage: state.storage,
    copies: env.TOKENS,
    runtime,
    sealer: await createSealer(runtime, config.tokenKey),
    refreshers: refreshersOf(config, runtime),
  });
}

/** How tokens are renewed with the owner's OAuth 2.0 client. */
function refreshersOf({ twitter }: Config, runtime: Runtime): Refreshers {
  const { apiUrl, clientId, clientSecret } = twitter;
  if (clientId === null) {
    const missing = { kind: 'misconfigured', reason: 'TWITTER_CLIENT_ID is not set' } as const;
    return { oauth2: async () => missing, exchange: async () => missing };
  }
  const options = {
    runtime,
    apiUrl,
    client: clientSecret === null ? { clientId } : { clientId, clientSecret },
  };
  return {
    oauth2: async (token) => outcomeOf(await refreshToken(options, token)),
    exchange: async (pair) => outcomeOf(await exchangeOAuth1Token(options, pair)),
  };
}

function outcomeOf(result: OAuth2Result<OAuth2Tokens>): RefreshOutcome {
  if (result.ok) {
    const { scopes, ...tokens } = result.value;
    // An answer that names no scopes leaves them as they were (RFC 6749 section 5.1).
    return { kind: 'refreshed', ...tokens, ...(scopes.length > 0 && { scopes }) };
  }
  const { reason, detail, retryAfterMs, mayHaveActed } = result;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  switch (reason) {
    case 'invalid-grant':
      return { kind: 'invalid-grant' };
    case 'unavailable':
      return { kind: mayHaveActed ? 'lost' : 'unavailable', ...wait };
    case 'rate-limited':
      return { kind: 'unavailable', ...wait };
    case 'invalid-client':
      return {
        kind: 'misconfigured',
        reason: `TWITTER_CLIENT_ID, TWITTER_CLIENT_SECRET: ${detail}`,
      };
    case 'invalid':
      return { kind: 'misconfigured', reason: detail };
    default:
      return unreachable(reason);
  }
}
