import { neutralize } from '../../lib/links/neutralize.ts';

const ZERO_WIDTH_SPACE = '\u200B';

/**
 * Where Telegram would make a mention, hashtag, cashtag, command or link out of a text: behind the
 * sign, or before what may be a top-level domain (`README.md` is a host in Moldova) or part of an
 * IPv4 address.
 */
const LINKING =
  /[@#$](?=[\p{L}\p{N}_])|(?<![\p{L}\p{N}_/])\/(?=[\p{L}\p{N}_])|:(?=\/\/)|(?<=\S)[.。．｡](?=\p{L})|(?<=\d)\.(?=\d{1,3}\.\d{1,3}\.\d)/gu;

/**
 * Keeps every channel from making a mention, tag, command or link of anything in a text from
 * elsewhere. Looks the same: U+200B goes in where a channel would see one begin. Expects NFC.
 *
 * @example unlinked('Thank @hana') // 'Thank @\u200Bhana'
 */
export function unlinked(text: string): string {
  return neutralize(text.replace(LINKING, `$&${ZERO_WIDTH_SPACE}`));
}
