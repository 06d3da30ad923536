import type { Runtime } from '../../lib/runtime.ts';

export type ItemKind = 'film' | 'series' | 'special' | 'live' | 'game' | 'unknown';

/** One piece of news as a source tells it. Days are `YYYY-MM-DD` in the owner's time zone. */
export interface Item {
  readonly source: string;
  /** Stable id of the title within its source. */
  readonly sourceId: string;
  readonly title: string;
  /** Season or second title; absent when it says the same as `title`. */
  readonly subtitle?: string;
  readonly kind: ItemKind;
  /** Epoch milliseconds; absent when the source knows the day only. */
  readonly startsAt?: number;
  readonly startsOn: string;
  readonly posterUrl?: string;
  readonly posterShape: 'portrait' | 'landscape' | 'unknown';
  readonly pageUrl?: string;
  /** The source's own row, for the owner and for later questions. */
  readonly raw: unknown;
}

/**
 * What became of one visit. `broken` means the source changed its shape: it is shown to the owner
 * and never posted; it must never be mistaken for `empty`, which the source says clearly itself.
 * `detail` is for the owner and holds no secret.
 */
export type SourceOutcome =
  | { readonly kind: 'items'; readonly items: readonly Item[]; readonly detail?: string }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'blocked'; readonly detail: string }
  | { readonly kind: 'auth'; readonly detail: string }
  | { readonly kind: 'broken'; readonly detail: string };

/** What a source remembers between visits; JSON, kept by the store, opaque to everyone else. */
export interface SourceMemory {
  readonly etag?: string;
  readonly lastModified?: string;
  /** robots.txt as last read. */
  readonly robots?: { readonly text: string; readonly fetchedAt: number };
  /** Failures in a row of the kind `unavailable`, today. */
  readonly failures?: number;
  /** No call before this instant (epoch milliseconds). */
  readonly notBefore?: number;
  /** Item counts of the last visits that found any, newest last, at most four. */
  readonly counts?: readonly number[];
}

export interface SourceContext {
  readonly runtime: Runtime;
  /** Who runs the bot: goes into the User-Agent so that a site's keeper can write. */
  readonly contact: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly memory: SourceMemory;
}

export interface SourceVisit {
  readonly outcome: SourceOutcome;
  readonly memory: SourceMemory;
}

/** A place news comes from. One visit makes at most a handful of calls and never throws. */
export interface Source {
  readonly id: string;
  readonly visit: (context: SourceContext) => Promise<SourceVisit>;
}
