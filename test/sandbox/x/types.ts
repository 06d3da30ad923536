import type { AppSettings } from './app-settings.ts';

/** Somebody on X. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly username: string;
}

/** A person on X who may write to the bot. */
export interface Person extends Account {
  readonly language: 'ko' | 'en';
}

export interface PostMedia {
  readonly id: string;
  /** As it was when the post was made. */
  readonly alt?: string;
  readonly bytes: Uint8Array;
  readonly type: string;
}

export interface Post {
  readonly id: string;
  /** User id. */
  readonly author: string;
  /** As it was sent. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly media: readonly PostMedia[];
  readonly replyTo?: string;
  readonly deleted: boolean;
}

/** A direct message; `from` and `to` are user ids. */
export interface Message {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly media?: PostMedia;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What every part of the X stand-in needs. */
export interface XContext {
  readonly now: () => number;
  /** A new id, larger than every earlier one. */
  readonly nextId: () => string;
  readonly app: AppSettings;
  readonly bot: Account;
  /** Those who use the app: the bot and others. */
  readonly accounts: readonly Account[];
  readonly people: readonly Person[];
  /** An account or a person by id. */
  readonly user: (id: string) => Account | undefined;
}
