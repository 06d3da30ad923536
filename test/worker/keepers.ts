import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test';
import { createTokenKeeperClass } from '../../src/index.ts';
import type { Runtime } from '../../src/lib/runtime.ts';
import type { TokenKeeperCalls } from '../../src/store/tokenKeeper.ts';
import { holdsDatabase } from '../database.ts';

const CALLS = new Set<PropertyKey>(['usable', 'reportRefused', 'store', 'forget', 'status']);

/** Objects that exist since everything was made anew. */
const touched = new Set<string>();

/** Empties the objects that tests asked; false when there are others. */
export async function emptyKeepers(namespace: Env['TOKEN_KEEPER']): Promise<boolean> {
  const ids = await listDurableObjectIds(namespace);
  if (ids.filter((id) => !holdsDatabase(id)).length > touched.size) return false;
  await Promise.all(
    Array.from(touched, (name) =>
      runInDurableObject(namespace.getByName(name), async (_instance, { storage }) => {
        await storage.deleteAlarm();
        await storage.deleteAll();
      }),
    ),
  );
  return true;
}

/** Says that no object exists. */
export function forgetKeepers(): void {
  touched.clear();
}

/**
 * The token keepers on the world's clock and network: real objects with real storage, whose calls
 * are carried out by an instance that stands on the test's runtime instead of the system's.
 *
 * @param envOf secrets and vars as deployed now
 */
export function createKeepers(
  namespace: Env['TOKEN_KEEPER'],
  runtime: Runtime,
  envOf: () => Env,
): Env['TOKEN_KEEPER'] {
  const Keeper = createTokenKeeperClass(runtime);
  const instances = new Map<string, { readonly env: Env; readonly keeper: TokenKeeperCalls }>();

  function stubOf(name: string) {
    touched.add(name);
    return new Proxy(namespace.getByName(name), {
      get(stub, key) {
        if (!CALLS.has(key)) return Reflect.get(stub, key, stub);
        return (...args: readonly unknown[]) =>
          runInDurableObject(stub, (_instance, state) => {
            const env = envOf();
            const known = instances.get(name);
            // A new deployment starts every object anew.
            const keeper = known?.env === env ? known.keeper : new Keeper(state, env);
            instances.set(name, { env, keeper });
            const call: unknown = Reflect.get(keeper, key, keeper);
            if (typeof call !== 'function') throw new Error(`no call ${String(key)}`);
            return Reflect.apply(call, keeper, args);
          });
      },
    });
  }

  return new Proxy(namespace, {
    get: (target, key) => (key === 'getByName' ? stubOf : Reflect.get(target, key, target)),
  });
}
