import type { CoreConfig } from '../config/core.ts';
import type { Book, FeatureState, Reader } from '../config/reader.ts';
import type { Runtime } from '../lib/runtime.ts';
import type { Person } from '../store/people.ts';
import type { Sealer, Signer } from '../store/sealed.ts';
import type { TokenKeeperCalls } from '../store/tokenKeeper.ts';
import type { TokenKeyProblem } from '../store/tokenKeys.ts';
import type { Feature } from './feature.ts';
import type { Channels } from './outbox/channel.ts';
import type { Platform } from './platform.ts';
import type { TalkBook } from './talk/types.ts';

/** Words on a queue; each is only a key, the row it names is the truth. */
export interface EventMessage {
  readonly key: string;
}
export interface JobMessage {
  readonly job: string;
  /** Epoch milliseconds at which the job was due. */
  readonly slot: number;
}
/** Jobs that are due together. */
export interface JobsMessage {
  readonly jobs: readonly JobMessage[];
}
/** What a feature has to do, in its own terms; which one takes it, its shape tells. */
export type PollMessage = Readonly<Record<string, number | string>>;
/** A lane of the outbox in which something may be due. */
export interface DeliveryMessage {
  readonly lane: string;
}

/** Sends mail by the binding `MAIL`, which only a Worker of an owner who wants mail has. */
export interface Mailer {
  readonly send: (mail: {
    readonly from: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }) => Promise<unknown>;
}

/** Everything the bot works with during one invocation. */
export interface Bot {
  /** The owner's settings that belong to no room. */
  readonly config: CoreConfig;
  /** The owner's settings of a room. */
  readonly read: Reader['read'];
  /** All settings there are, and the parts of the bot that they switch on. */
  readonly book: Book;
  /** What the settings alone tell of each part of the bot, by its name on `/healthz`. */
  readonly states: Readonly<Record<string, FeatureState>>;
  /** What people get: the lines of the table. */
  readonly features: readonly Feature[];
  readonly runtime: Runtime;
  /** All that people can say. */
  readonly talk: TalkBook;
  readonly db: D1Database;
  readonly media: KVNamespace;
  /** The files of src/assets. */
  readonly assets: Fetcher;
  readonly events: Queue<EventMessage>;
  readonly polls: Queue<JobMessage | JobsMessage | PollMessage>;
  readonly deliveries: Queue<DeliveryMessage>;
  readonly mailer: Mailer | null;
  /** Origin of `PUBLIC_URL`, else of the request at hand; `null` without either (cron, queue). */
  readonly publicUrl: string | null;
  /** @param account key of its entry in `TOKENS`, such as `twitter:<user id>` */
  readonly keeperOf: (account: string) => TokenKeeperCalls;
  /** `null` when `TOKEN_KEY` is missing or unusable; so is the signer then. */
  readonly sealer: () => Promise<Sealer | null>;
  readonly signer: () => Promise<Signer | null>;
  /** The person whose wish is being carried out; absent for what the bot does by itself. */
  readonly asker?: Pick<Person, 'channel' | 'address'>;
  /** The bot while it does what a person wants: what it asks elsewhere counts for them. */
  readonly askedBy: (person: Pick<Person, 'channel' | 'address'>) => Bot;
  /** What is wrong with `TOKEN_KEY`; `null` when it is fine. */
  readonly tokenKeyProblem: () => Promise<TokenKeyProblem | null>;
  /** Where people, programs and repositories are. */
  readonly platforms: readonly Platform[];
  /** The ways to speak that are configured, by their id. */
  readonly channels: Channels;
}
