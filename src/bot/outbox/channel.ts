import type { Digest, Notice, Post } from '../notice/notice.ts';

/** A picture ready to be sent. */
export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
}

/** The address that deliveries for everyone to see are kept under, instead of a person's. */
export const EVERYONE = 'timeline';

interface Sending {
  /** The same for every try to say this one thing. */
  readonly id: string;
  /** The bot's account that speaks. */
  readonly account: string;
  /** True when an earlier try may have reached the platform: look before saying it again. */
  readonly uncertain: boolean;
}

/** Something for one person or room. */
export interface Message extends Sending {
  /** The person or place spoken to, in the channel's own terms. */
  readonly address: string;
  readonly notice: Notice;
}

/** Something for everyone to see. */
export interface Publication extends Sending {
  readonly post: Post;
  /** The platform's id of the post this one continues. */
  readonly replyTo: string | null;
  /** Pictures by poster key; one that is missing is left out. */
  readonly picture: (poster: { key: string; url: string }) => Promise<Picture | null>;
}

/** How an attempt to say something ended. `note` is for the owner: a code, never a text of ours. */
export type Outcome = Ending & {
  /** To be done once the outcome is recorded: nothing may come between sending and recording. */
  readonly afterwards?: () => Promise<void>;
};

type Ending =
  | {
      readonly kind: 'sent';
      readonly externalId: string | null;
      readonly note: string | null;
      /** What the platform charges for it: item of its price list -> how often. */
      readonly charges?: Readonly<Record<string, number>>;
    }
  /** The platform wants nothing before then, of everybody, of this account or to this address. */
  | {
      readonly kind: 'wait';
      readonly scope: 'channel' | 'account' | 'address';
      readonly afterMs: number;
      readonly note: string;
      /** When it has been so for so long, the person cannot be reached any more. */
      readonly goneAfterMs?: number;
    }
  /** Try again, not before `afterMs`. `uncertain`: it may have arrived all the same. */
  | {
      readonly kind: 'retry';
      readonly afterMs: number | null;
      readonly uncertain: boolean;
      readonly note: string;
      /** True when it tells nothing of how the platform is. */
      readonly isAlone?: true;
    }
  /**
   * A failure of the sender: the owner has to act (log in, buy credits) before this or anything else
   * of this account, or of the whole channel, can be said. Never the end of a message.
   */
  | {
      readonly kind: 'sender';
      readonly scope: 'channel' | 'account';
      /** When to see whether it is well again; absent: half an hour. */
      readonly afterMs?: number;
      readonly note: string;
    }
  /** The person cannot be reached any more. */
  | { readonly kind: 'gone'; readonly note: string }
  /** The platform will never take this message. */
  | { readonly kind: 'refused'; readonly note: string };

/** A post as people will see it. */
export interface PostPreview {
  readonly text: string;
  /** What its pictures show, told to those who do not see them. */
  readonly pictures: readonly { readonly key: string; readonly alt: string }[];
}

/** How what waits for a channel is handed out. */
export interface Pace {
  /** How many deliveries an invocation sends: each may take as many queries and calls as it takes. */
  readonly atOnce: number;
  /** The platform's limit is short: replies go first, then who was served longest ago. */
  readonly isFair?: boolean;
  /** Each address is a host of its own: served side by side, none tells how another is. */
  readonly isApart?: boolean;
}

/** A way to speak. Never throws for what a platform answers. */
export interface Channel {
  readonly id: string;
  readonly pace?: Pace;
  /** How many answers one person gets here in a while; absent: as everywhere. */
  readonly patience?: {
    readonly most: number;
    readonly perMs: number;
    /** True where another machine may be talking: the same words again and again are a loop. */
    readonly isForMachines?: boolean;
  };
  readonly send: (message: Message) => Promise<Outcome>;
  /** Whether one message has room for all of it; absent: always. */
  readonly holds?: ((notice: Digest) => boolean) | undefined;
  /** Absent where nothing can be said for everyone to see. */
  readonly publish?: (publication: Publication) => Promise<Outcome>;
  /** How a post will look; there where there is `publish`. */
  readonly preview?: (post: Post) => PostPreview;
}

/** The channels that are set up, by id; none is made before it is asked for. */
export interface Channels {
  readonly get: (id: string) => Channel | undefined;
  readonly has: (id: string) => boolean;
  readonly keys: () => Iterable<string>;
  readonly values: () => Iterable<Channel>;
}
