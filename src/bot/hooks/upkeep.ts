import { DAY_MS } from '../../lib/time.ts';
import { deleteHook, forgetHooks } from '../../store/hooks.ts';
import type { Platform } from '../platform.ts';

const KEPT_MS = 30 * DAY_MS;

/** How a channel of secret addresses is cleaned and forgets. */
export function hookUpkeep(channel: string): Pick<Platform, 'upkeep' | 'forgetting'> {
  return {
    upkeep: async ({ db, runtime }) => {
      await forgetHooks(db, channel, runtime.now() - KEPT_MS);
      return { counts: {}, failures: [] };
    },
    forgetting: {
      person: async ({ db }, person) => {
        if (person.channel === channel) await deleteHook(db, channel, person.address).run();
        return true;
      },
      people: (db) => [db.prepare(`DELETE FROM hooks WHERE channel = ?1`).bind(channel)],
    },
  };
}
