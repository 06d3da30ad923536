import type { Deliver } from '../x/crc.ts';
import type { App, Installation } from './app.ts';
import type { BranchVerbs } from './branches.ts';
import type { Catalogue } from './catalogue.ts';
import type { Delivery } from './hooks.ts';
import type { Buckets, PerMinute, SlowDown } from './limits.ts';
import type { Repository } from './types.ts';

/** What was asked of GitHub so far; set to 0 at will. */
export interface Calls {
  graphql: number;
  rest: number;
  /** GraphQL points spent. */
  points: number;
}

/** GitHub: the API behind `api.github.com`, what people do there, and the webhooks' other side. */
export interface GitHubSandbox extends BranchVerbs, Omit<Catalogue, 'rename'> {
  readonly calls: Calls;
  /** What is left to the user's token this hour, and what anybody may ask in a minute. */
  readonly limits: Buckets & { readonly perMinute: PerMinute };
  /** The app whose keys its owner copied into the settings; it is installed at once. */
  readonly app: App;
  /** All apps, those that were made by a manifest behind that one. */
  readonly apps: readonly App[];
  /** Somebody installs an app, or adds repositories to where it is installed. */
  install(app: App, account: string, repositories: readonly string[]): Installation;
  /** The owner of an app deletes it. */
  removeApp(app: App): void;
  /** By its name, now or before; throws in words when there is none. */
  repository(fullName: string): Repository;
  /** Every repository, in the order they were made. */
  repositories(): readonly Repository[];
  /** A new name, or with three texts a transfer to another owner. */
  rename(fullName: string, name: string): void;
  rename(fullName: string, owner: string, name: string): void;
  /** The next calls meet the secondary limit: default one, with 403 and 60 seconds. */
  slowDown(options?: Partial<SlowDown> & { readonly times?: number }): void;

  /** From now on GitHub carries its requests to webhooks this way. */
  reachBy(deliver: Deliver): void;
  /**
   * Adds a webhook to a repository, by default for push, release and repository, and pings it.
   * Gives the answer to the ping, null for none.
   */
  connectWebhook(
    fullName: string,
    url: string,
    secret: string,
    events?: readonly string[],
  ): Promise<Response | null>;
  /** Every delivery to a webhook, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Sends a delivery again, by default the last one. */
  redeliver(id?: number): Promise<Response | null>;
  /** Resolves when the webhooks were told of everything that happened. */
  settled(): Promise<void>;
}
