import type { AccountsContext } from '../accounts/context.ts';
import type { Channel } from '../channels/types.ts';
import type { Runtime } from '../lib/runtime.ts';
import type { Source } from '../sources/types.ts';
import type { Config } from './config.ts';

/** Words on a queue; each is only a key, the row it names is the truth. */
export interface EventMessage {
  readonly key: string;
}
export interface JobMessage {
  readonly job: string;
  /** Epoch milliseconds at which the job was due. */
  readonly slot: number;
}
export interface DeliveryMessage {
  readonly id: number;
}

/** Everything the bot works with during one invocation. */
export interface Bot {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly db: D1Database;
  readonly media: KVNamespace;
  readonly events: Queue<EventMessage>;
  readonly polls: Queue<JobMessage>;
  readonly deliveries: Queue<DeliveryMessage>;
  /** Keeps the bot's own accounts alive. */
  readonly accounts: AccountsContext;
  /** The ways to speak that are configured, by their id. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly sources: {
    readonly netflix: Source;
    /** What stands in when Netflix's page fails; `null` when it is not configured. */
    readonly tmdb: Source | null;
  };
}
