import type { AccountSubscription } from './account-activity.ts';
import type { ActivitySubscription } from './activity-store.ts';
import type { AppSettings } from './app-settings.ts';
import type { Deliver } from './crc.ts';
import type { EnvelopeKind } from './envelopes.ts';
import type { EventOptions } from './feed.ts';
import type { OAuth1Grant, OAuth2Grant } from './grants.ts';
import type { RateLimits } from './limits.ts';
import type { Permission } from './scopes.ts';
import type { Account, Message, Person, Post } from './types.ts';
import type { DeliveryOptions } from './webhook.ts';
import type { RegisteredWebhook } from './webhooks.ts';

export interface SayOptions extends DeliveryOptions {
  /** Shape of the event; default `xaa`. A subscription has its own shape, of which `v1` is an older form. */
  readonly envelope?: EnvelopeKind;
  /** User id of the account that is written to; default the bot. */
  readonly to?: string;
}

export interface Refusal {
  readonly at: number;
  readonly request: string;
  readonly reason: string;
}

/** X: the API behind `api.x.com`, the people on it, and the webhook's other side. */
export interface XSandbox {
  /** The app's settings on X; change them at will. */
  readonly app: AppSettings;
  readonly bot: Account;
  /** Those who use the app: the bot, a second one, and whom you add. */
  readonly accounts: Account[];
  /** Add people at will. */
  readonly people: Person[];
  /** Rate limits, as published until changed. */
  readonly limits: RateLimits;
  /** `processingMs`: how long uploaded media is processed; default 0. */
  readonly media: { processingMs: number };
  /** Why requests were not let in: what the real X would not tell. */
  readonly refusals: readonly Refusal[];
  /** An account's posts (default: the bot's), newest first, deleted ones included. */
  timeline(userId?: string): Post[];
  /** Messages between an account (default: the bot) and a person, oldest first. */
  conversation(userId: string, accountId?: string): Message[];
  block(userId: string, accountId?: string): void;
  unblock(userId: string, accountId?: string): void;

  /** From now on X carries its requests to webhooks this way, whatever their address. */
  reachBy(deliver: Deliver): void;
  /**
   * Registers a webhook by hand, outside `/2/webhooks`: it gets every event. Throws in words when
   * its address or its CRC answer is wrong.
   */
  connect(deliver: Deliver, url: string): Promise<void>;
  /**
   * A person writes: kept in the conversation and delivered, to the connected webhook or, with
   * `app.requireSubscriptions`, for each subscription it meets. Every answer in order.
   */
  say(userId: string, text: string, options?: SayOptions): Promise<Response[]>;
  /** The same with an encrypted message, of which nothing is kept. */
  sayEncrypted(userId: string, options?: Omit<SayOptions, 'envelope'>): Promise<Response[]>;
  /** A person writes and nothing is delivered yet: for events out of order, see `deliver`. */
  write(userId: string, text: string, to?: string): Message;
  /** Any X Activity event of a user, once for each subscription it meets. */
  emit(
    eventType: string,
    userId: string,
    payload: object,
    options?: EventOptions,
  ): Promise<Response[]>;
  /** The event of a message, of the bot's own ones too; `userId`: whose event it is. */
  envelope(kind: EnvelopeKind, message: Message, userId?: string): object;
  /** The event of an encrypted message from a person, to the bot unless named. */
  encryptedEnvelope(fromId: string, toId?: string): object;
  /**
   * Delivers an event (bytes as they are), signed, with X's retries: to the connected webhook, else
   * to every valid registered one.
   */
  deliver(payload: object, options?: DeliveryOptions): Promise<Response[]>;
  /** Resolves when X has delivered what an API call caused: sent messages and replays. */
  settled(): Promise<void>;
  /** Both signature headers of a body. */
  sign(body: Uint8Array): Promise<Record<string, string>>;

  /** What is registered by `POST /2/webhooks`, oldest first. */
  webhooks(): readonly RegisteredWebhook[];
  /** X Activity subscriptions, oldest first. */
  subscriptions(): readonly ActivitySubscription[];
  /** Account Activity subscriptions, oldest first. */
  accountSubscriptions(): readonly AccountSubscription[];
  /** The CRC that X repeats from time to time, now: sets `valid` of each registered webhook. */
  checkWebhooks(): Promise<void>;

  /** The tokens that logging in would give, without logging in. */
  issueOAuth1(userId: string, permission?: Permission): OAuth1Grant;
  /** Default: every scope an app with messages has, and `offline.access`. */
  issueOAuth2(userId: string, scopes?: readonly string[]): OAuth2Grant;
  /**
   * The person takes the app's access away in the settings: every token ends, subscriptions vanish,
   * webhooks that had them hear `oauth.revoke` (X Activity) or `user_event` (Account Activity).
   */
  revoke(userId: string, options?: DeliveryOptions): Promise<Response[]>;
}
