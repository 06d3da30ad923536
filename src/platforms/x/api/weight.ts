import { findLinks } from '../../../lib/links/links.ts';
import { findEmojiSequences } from './emoji.ts';

/** What X counts for a link, however long. */
const LINK_WEIGHT = 23;
const EMOJI_WEIGHT = 2;

/** Characters of weight 1; all others, emoji among them, have weight 2. */
const NARROW = /[\0-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]/;

/**
 * The length of a text as X counts it; a post has at most 280 (X docs: counting-characters,
 * twitter-text config/v3.json).
 *
 * @example weightedLength('Hi http://test.co') // 26
 * @example weightedLength('소식') // 4
 */
export function weightedLength(text: string): number {
  const composed = text.normalize('NFC');
  const units = [
    ...findLinks(composed).map(({ start, end }) => ({ start, end, weight: LINK_WEIGHT })),
    ...findEmojiSequences(composed).map((emoji) => ({ ...emoji, weight: EMOJI_WEIGHT })),
  ].toSorted((a, b) => a.start - b.start);
  let weight = 0;
  let position = 0;
  for (const unit of units) {
    // A link may reach over an emoji and, where two domains share a word, over another link.
    if (unit.start < position) continue;
    weight += plainWeight(composed.slice(position, unit.start)) + unit.weight;
    position = unit.end;
  }
  return weight + plainWeight(composed.slice(position));
}

function plainWeight(text: string): number {
  let weight = 0;
  for (const char of text) weight += NARROW.test(char) ? 1 : 2;
  return weight;
}
