import type { Span } from '../../../lib/links/domains.ts';
import { findLinks } from '../../../lib/links/links.ts';

const SEQUENCES = [
  // Keycaps, with or without U+FE0F.
  String.raw`[#*0-9]\uFE0F?\u20E3`,
  // Skin tones; after U+FE0F only where that is needed. X knows the skier in all
  // of them, the family in none.
  String.raw`[[\p{Emoji_Modifier_Base}\u26F7]--\p{Emoji_Presentation}]\uFE0F?\p{Emoji_Modifier}`,
  String.raw`[\p{Emoji_Modifier_Base}--\u{1F46A}]\p{Emoji_Modifier}`,
  // Characters that U+FE0F turns into emoji, and older emoji of which X knows the same spelling.
  String.raw`[\p{Emoji}--\p{Emoji_Presentation}--[#*0-9\u267E]]\uFE0F`,
  String.raw`[[\p{Emoji_Presentation}&&[\u2300-\u2BFF]]--[\u23E9-\u23F3\u26CE\u2705\u270A\u270B\u2728\u274C-\u2755\u2795-\u27BF]]\uFE0F`,
  String.raw`[\u{1F004}\u{1F21A}\u{1F22F}]\uFE0F`,
  String.raw`\p{RGI_Emoji_Flag_Sequence}`,
  String.raw`\p{RGI_Emoji_Tag_Sequence}`,
];

const JOINED = [
  String.raw`[\p{RGI_Emoji_ZWJ_Sequence}--\q{\u{1F441}\uFE0F\u200D\u{1F5E8}\uFE0F}]`,
  // Two that only X joins: the eye in a speech bubble without U+FE0F, the levitating man or woman.
  String.raw`\u{1F441}\u200D\u{1F5E8}`,
  String.raw`\u{1F574}[\uFE0F\p{Emoji_Modifier}]\u200D[\u2640\u2642]\uFE0F`,
];

const UNJOINED_EMOJI = new RegExp(SEQUENCES.join('|'), 'gv');

/**
 * The emoji of a text that are sequences of characters, joined with U+200D or not.
 *
 * As twemoji-parser, which X counts with, sees them up to Unicode 11; newer sequences are taken
 * from the runtime's Unicode data.
 */
function findEmojiSequences(text: string): Span[] {
  // The set of joined emoji is large and takes milliseconds to compile: only when it is needed.
  const pattern = text.includes('\u200D')
    ? new RegExp([...JOINED, ...SEQUENCES].join('|'), 'gv')
    : UNJOINED_EMOJI;
  return Array.from(text.matchAll(pattern), ({ 0: emoji, index }) => ({
    start: index,
    end: index + emoji.length,
  }));
}

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
