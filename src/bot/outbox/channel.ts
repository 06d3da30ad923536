import type { Notice, Post } from '../notice/notice.ts';

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
  /** The platform's limit is used up until then: nothing was tried. */
  | { readonly kind: 'wait'; readonly afterMs: number; readonly note: string }
  /** Try again, not before `afterMs`. `uncertain`: it may have arrived all the same. */
  | {
      readonly kind: 'retry';
      readonly afterMs: number | null;
      readonly uncertain: boolean;
      readonly note: string;
    }
  /** The owner has to act (log in, buy credits) before this or anything else can be said. */
  | { readonly kind: 'unauthorized'; readonly note: string }
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

/** A way to speak. Never throws for what a platform answers. */
export interface Channel {
  readonly id: string;
  readonly send: (message: Message) => Promise<Outcome>;
  /** Absent where nothing can be said for everyone to see. */
  readonly publish?: (publication: Publication) => Promise<Outcome>;
  /** How a post will look; there where there is `publish`. */
  readonly preview?: (post: Post) => PostPreview;
}
