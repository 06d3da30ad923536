import { cutToFit } from '../../../lib/graphemes.ts';
import type { Span } from '../../../lib/links/domains.ts';
import { findLinks } from '../../../lib/links/links.ts';
import { findTags } from '../../../lib/links/tags.ts';
import { weightedLength } from './weight.ts';

const MAX_POST_LENGTH = 280;

/**
 * A text cut with an ellipsis, in NFC, so that `weightedLength` of it is at most `limit` (2 or
 * more). A link, mention or tag stays whole or goes, so that none leads elsewhere, and the cut
 * makes no new one.
 */
export function fitPost(text: string, limit = MAX_POST_LENGTH): string {
  const whole = text.normalize('NFC');
  // Where a longer text becomes a link it may weigh less: then the cut can come early, and still fits.
  let post = cutToFit(whole, limit, weightedLength);
  if (post === whole) return post;
  const entities = entitiesOf(whole);
  const known = new Set(entities.map(spanKey));
  for (;;) {
    const length = post.length - 1;
    const damaged = [
      ...entities.filter((entity) => entity.start < length && length < entity.end),
      ...entitiesOf(post).filter((entity) => !known.has(spanKey(entity))),
    ];
    if (damaged.length === 0) return post;
    const end = Math.min(...damaged.map((entity) => entity.start));
    post = `${whole.slice(0, end).trimEnd()}…`;
  }
}

function entitiesOf(text: string): Span[] {
  return [...findLinks(text), ...findTags(text)];
}

function spanKey({ start, end }: Span): string {
  return `${start}-${end}`;
}
