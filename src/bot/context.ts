import type { Config } from '../config/config.ts';
import type { MenuSources } from '../features/menu/sources.ts';
import type { Runtime } from '../lib/runtime.ts';
import type { GitHubSource } from '../platforms/github/source.ts';
import type { KakaoContext } from '../platforms/kakao/context.ts';
import type { TelegramContext } from '../platforms/telegram/context.ts';
import type { AccountsContext } from '../platforms/x/accountsContext.ts';
import type { Channel } from './outbox/channel.ts';
import type { Source } from './source/types.ts';

/** Words on a queue; each is only a key, the row it names is the truth. */
export interface EventMessage {
  readonly key: string;
}
export interface JobMessage {
  readonly job: string;
  /** Epoch milliseconds at which the job was due. */
  readonly slot: number;
}
/** A part of the branches to look at, or one branch that GitHub says has changed. */
export type PollMessage =
  | { readonly shard: number; readonly slot: number }
  | { readonly branch: number };
export interface DeliveryMessage {
  readonly ids: readonly number[];
}

/** Everything the bot works with during one invocation. */
export interface Bot {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly db: D1Database;
  readonly media: KVNamespace;
  /** The files of src/assets. */
  readonly assets: Fetcher;
  readonly events: Queue<EventMessage>;
  readonly polls: Queue<JobMessage | PollMessage>;
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
  readonly menu: MenuSources;
  /** `null` when there is neither a token nor an app. */
  readonly github: GitHubSource | null;
  /** People's Kakao logins. */
  readonly kakao: KakaoContext;
  /** Keeps the bot's webhook at Telegram alive. */
  readonly telegram: TelegramContext;
  /** The secret that signs what is sent to an address; `null` without `TOKEN_KEY`. */
  readonly webhookSecretOf: (url: string) => Promise<string | null>;
}
