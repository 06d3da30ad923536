/** A feed as it was read. */
export interface ReadFeed {
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly title: string;
  /** The page it belongs to. */
  readonly siteUrl: string | null;
  /** In the feed's order, at most fifty. */
  readonly items: readonly FeedItem[];
}

/** An item, in plain text. */
export interface FeedItem {
  /** The feed's own id of it; `null` when it has none. */
  readonly guid: string | null;
  readonly link: string | null;
  /** Never blank: the first words of it where it has no title. */
  readonly title: string;
  /** When it was published, epoch milliseconds, or as it is written where nobody can read that. */
  readonly dated: number | string | null;
}
