import { decodeEntities } from '../../../lib/web/entities.ts';

/** Elements that authors put into titles; `<T>` in a title about programming is none. */
const TAGS =
  /<\/?(?:a|abbr|b|big|br|code|div|em|figure|font|h[1-6]|hr|i|iframe|img|li|mark|ol|p|pre|q|s|script|small|span|strong|style|sub|sup|table|tbody|td|tr|u|ul|wbr)(?:\s[^<>]*)?\/?>/gi;
const HIDDEN = /<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi;
const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});/i;
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A text of a feed as people read it: one line, without markup. Many feeds encode twice what they
 * should encode once; what still looks encoded is decoded again.
 */
export function plainText(text: string): string {
  let plain = text;
  for (let round = 0; round < 2 && ENTITY.test(plain); round += 1) plain = decodeEntities(plain);
  return plain
    .replace(HIDDEN, ' ')
    .replace(TAGS, ' ')
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
