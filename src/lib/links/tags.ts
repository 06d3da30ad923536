import { LATIN_ACCENTS, type Span } from './domains.ts';

const MENTION =
  /(?:^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.-])[rR][tT]:?)([@＠][a-zA-Z0-9_]{1,20}(?:\/[a-zA-Z][a-zA-Z0-9_-]{0,24})?)/g;
const NEVER_AFTER_MENTION = new RegExp(`[@＠${LATIN_ACCENTS}]|://`, 'y');

const HASHTAG_CHARACTER = String.raw`[\p{L}\p{M}\p{Nd}_\u200C\u200D\uA67E\u05BE\u05F3\u05F4\uFF5E\u301C\u309B\u309C\u30A0\u30FB\u3003\u0F0B\u0F0C\xB7]`;
const HASHTAG = new RegExp(
  String.raw`(?:^|[\uFE0E\uFE0F]|(?!${HASHTAG_CHARACTER})[^&\p{Cs}])([#＃](?![\uFE0F\u20E3])${HASHTAG_CHARACTER}*[\p{L}\p{M}]${HASHTAG_CHARACTER}*)`,
  'gu',
);
const NEVER_AFTER_HASHTAG = /[#＃]|:\/\//y;

const SPACE = String.raw`[\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]`;
const CASHTAG = new RegExp(
  String.raw`(?:^|${SPACE})(\$[a-z]{1,6}(?:[._][a-z]{1,2})?)(?=$|\s|[!'#%&()*+,\\\-./:;<=>?@[\]^_{|}~$])`,
  'gi',
);

/**
 * The parts of a text that X takes for a mention or list, a hashtag or a cashtag, each from its
 * sign on; also those inside a URL. The grammar is twitter-text's, the letters are today's Unicode.
 */
export function findTags(text: string): Span[] {
  return [
    ...matches(text, MENTION).filter((tag) => !startsAt(NEVER_AFTER_MENTION, text, tag.end)),
    ...matches(text, HASHTAG).filter((tag) => !startsAt(NEVER_AFTER_HASHTAG, text, tag.end)),
    ...matches(text, CASHTAG),
  ];
}

function matches(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), ({ 0: match, 1: tag = '', index }) => {
    const end = index + match.length;
    return { start: end - tag.length, end };
  });
}

function startsAt(sticky: RegExp, text: string, index: number): boolean {
  sticky.lastIndex = index;
  return sticky.test(text);
}
