import * as v from 'valibot';
import type { Runtime } from '../../../lib/runtime.ts';
import { inUtf8 } from '../../../lib/web/charset.ts';
import { type PageMemory, politeGet } from '../../../lib/web/polite.ts';
import { checkPublicUrl, onlyPublic } from '../../../lib/web/publicAddress.ts';
import { readFeed } from './read.ts';
import type { ReadFeed } from './types.ts';

/** Where redirects may lead from host to host, one after the other. */
const MOST_MOVES = 3;
const MOST_BYTES = 1_000_000;
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1';

/** What became of a visit. `detail` is for the owner. */
export type FeedOutcome =
  /** `url`: where it is now. */
  | { readonly kind: 'feed'; readonly feed: ReadFeed; readonly url: string }
  | { readonly kind: 'not-modified' }
  /** A page of the web that is no feed itself; it may name one. */
  | { readonly kind: 'page'; readonly text: string; readonly url: string }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs: number }
  | { readonly kind: 'blocked'; readonly detail: string }
  | { readonly kind: 'broken'; readonly detail: string }
  /** Not on the public web. */
  | { readonly kind: 'refused'; readonly detail: string };

export interface FeedVisit {
  readonly outcome: FeedOutcome;
  readonly memory: PageMemory;
}

export interface FeedVisitor {
  readonly runtime: Runtime;
  readonly contact: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Hosts that are read although they are not on the public web. */
  readonly trustedHosts: readonly string[];
}

/**
 * Visits a feed as a polite robot: by robots.txt, only if it changed, not before a failing host has
 * had its rest, and on the public web only, wherever redirects lead. Never throws.
 */
export async function visitFeed(
  { runtime, contact, timeZone, trustedHosts }: FeedVisitor,
  address: string,
  memory: PageMemory,
): Promise<FeedVisit> {
  const reach = { allowHttp: true, trustedHosts };
  let at = address;
  let remembered = memory;
  for (let move = 0; ; move += 1) {
    const checked = checkPublicUrl(at, reach);
    if (!checked.ok) return { outcome: { kind: 'refused', detail: checked.problem }, memory: {} };
    const url = checked.value.href;
    const visit = await politeGet({
      runtime: inUtf8(onlyPublic(runtime, reach)),
      url,
      accept: ACCEPT,
      contact,
      timeZone,
      memory: remembered,
      maxBytes: MOST_BYTES,
    });
    const { outcome } = visit;
    if (outcome.kind === 'broken' && outcome.movedTo !== undefined && move < MOST_MOVES) {
      at = outcome.movedTo;
      remembered = {};
      continue;
    }
    if (outcome.kind !== 'page') return { outcome, memory: visit.memory };
    const read = readFeed(outcome.text, url);
    if (read.ok) {
      // Only a page that could be read may be answered "not modified" next time.
      const good = { ...visit.memory, ...outcome.validators };
      return { outcome: { kind: 'feed', feed: read.value, url }, memory: good };
    }
    return read.problem === 'a-page'
      ? { outcome: { kind: 'page', text: outcome.text, url }, memory: visit.memory }
      : { outcome: { kind: 'broken', detail: read.problem }, memory: visit.memory };
  }
}

const memorySchema: v.GenericSchema<unknown, PageMemory> = v.object({
  etag: v.exactOptional(v.string()),
  lastModified: v.exactOptional(v.string()),
  robots: v.exactOptional(v.object({ text: v.string(), fetchedAt: v.number() })),
  failures: v.exactOptional(v.number()),
  notBefore: v.exactOptional(v.number()),
});

/** What was kept between visits; a memory of another version of the bot is none. */
export function readMemory(kept: unknown): PageMemory {
  const read = v.safeParse(memorySchema, kept);
  return read.success ? read.output : {};
}
