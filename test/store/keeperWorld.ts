import { createSealer } from '../../src/store/sealed.ts';
import type { KeeperCopies, KeeperStorage } from '../../src/store/tokenEntries.ts';
import {
  createTokenKeeper,
  type TokenKeeperCalls,
  type Usable,
} from '../../src/store/tokenKeeper.ts';
import type { OAuth1Pair, OAuth2Credential } from '../../src/store/tokenKeys.ts';
import type { Refreshers, RefreshOutcome } from '../../src/store/tokenRenewal.ts';
import { fakeKey, systemRandom } from './keys.ts';

export const START = Date.UTC(2026, 10, 22, 3);
export const TWO_HOURS_MS = 7200 * 1000;
export const ACCOUNT = 'twitter:42';
export const PROFILE = { username: 'soshik' };
export const PAIR: OAuth1Pair = { token: '42-fake-token', tokenSecret: 'fake-token-secret' };

export interface Clock {
  now: number;
}

/** What becomes of one call: its request or its answer is lost, or the platform says this. */
export type Fault = 'request-lost' | 'answer-lost' | RefreshOutcome;

/** A platform whose refresh tokens work once, as X's do. */
export function createPlatform(clock: Clock) {
  let issued = 0;
  let refreshToken = '';
  let isRevoked = false;
  const accessTokens = new Set<string>();
  const issue = () => {
    issued += 1;
    refreshToken = `fake-refresh-${issued}`;
    accessTokens.add(`fake-access-${issued}`);
    return {
      accessToken: `fake-access-${issued}`,
      refreshToken,
      expiresAt: clock.now + TWO_HOURS_MS,
      scopes: ['dm.read', 'offline.access'],
    };
  };
  const platform = {
    refreshes: 0,
    exchanges: 0,
    faults: [] as Fault[],
    login: (): OAuth2Credential => ({ kind: 'oauth2', ...issue() }),
    /** The person takes the app's permission away. */
    revoke() {
      isRevoked = true;
      accessTokens.clear();
    },
    isGood: (accessToken: string) => accessTokens.has(accessToken),
    refreshers: {
      async oauth2(token) {
        platform.refreshes += 1;
        return answer(() => token === refreshToken);
      },
      async exchange(pair) {
        platform.exchanges += 1;
        return answer(() => pair.token === PAIR.token && pair.tokenSecret === PAIR.tokenSecret);
      },
    } satisfies Refreshers,
  };
  async function answer(isGranted: () => boolean): Promise<RefreshOutcome> {
    await Promise.resolve();
    const fault = platform.faults.shift();
    if (fault === 'request-lost') return { kind: 'lost' };
    if (typeof fault === 'object') return fault;
    if (isRevoked || !isGranted()) return { kind: 'invalid-grant' };
    const tokens = issue();
    return fault === 'answer-lost' ? { kind: 'lost' } : { kind: 'refreshed', ...tokens };
  }
  return platform;
}

/** Storage that hands out copies, late, as the real one does. */
export function createStorage(): KeeperStorage & { readonly content: Map<string, unknown> } {
  const content = new Map<string, unknown>();
  return {
    content,
    async get(key) {
      await Promise.resolve();
      return structuredClone(content.get(key));
    },
    async put(key, value) {
      await Promise.resolve();
      content.set(key, structuredClone(value));
    },
    async delete(key) {
      await Promise.resolve();
      return content.delete(key);
    },
  };
}

/** KV; `isDown` makes every call fail. */
export function createCopies() {
  const content = new Map<string, string>();
  const call = async <Value>(work: () => Value): Promise<Value> => {
    await Promise.resolve();
    if (copies.isDown) throw new Error('KV PUT failed: 429 Too Many Requests');
    return work();
  };
  const copies = {
    content,
    isDown: false,
    get: (key: string) => call(() => content.get(key) ?? null),
    put: (key: string, value: string) => call(() => void content.set(key, value)),
    delete: (key: string) => call(() => void content.delete(key)),
  } satisfies KeeperCopies & Record<string, unknown>;
  return copies;
}

export interface KeeperChanges {
  readonly tokenKey?: string;
  readonly account?: string;
  readonly storage?: KeeperStorage;
  readonly copies?: KeeperCopies;
  readonly refreshers?: Refreshers;
}

/** A platform, a clock and what one account's keeper stands on. */
export function createWorld() {
  const clock: Clock = { now: START };
  const platform = createPlatform(clock);
  const storage = createStorage();
  const copies = createCopies();
  return {
    clock,
    platform,
    storage,
    copies,
    /** A keeper that knows only what is stored, as after a restart. */
    newKeeper: async (changes: KeeperChanges = {}): Promise<TokenKeeperCalls> =>
      createTokenKeeper({
        account: changes.account ?? ACCOUNT,
        storage: changes.storage ?? storage,
        copies: changes.copies ?? copies,
        runtime: { now: () => clock.now },
        sealer: await createSealer(systemRandom, changes.tokenKey ?? fakeKey(1)),
        refreshers: changes.refreshers ?? platform.refreshers,
      }),
  };
}

export type KeeperWorld = ReturnType<typeof createWorld>;

/** A world whose account is logged in by OAuth 2.0. */
export async function createLoggedIn(extra: Partial<OAuth2Credential> = {}) {
  const world = createWorld();
  const keeper = await world.newKeeper();
  await keeper.store({ ...world.platform.login(), ...extra }, PROFILE);
  return { ...world, keeper };
}

/** The access token in an answer that must hold one. */
export function tokenIn(usable: Usable): string {
  if (usable.kind !== 'ready' || usable.credential.kind !== 'oauth2') {
    throw new Error(`no access token: ${JSON.stringify(usable)}`);
  }
  return usable.credential.accessToken;
}
