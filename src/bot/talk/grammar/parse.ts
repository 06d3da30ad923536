import { nearest, otherKeyboard } from './correct.ts';
import { findDates } from './dates.ts';
import { type Finder, type Found, findNumbers } from './find.ts';
import { comparable, isHangul, isLatin, readable } from './normalize.ts';
import { segment } from './segment.ts';
import { type Lexicon, lookUp, type Meaning, type Token, type Utterance } from './utterance.ts';

/** Concept of what a finder takes for something only where it is no word. */
export const GUESS = 'guess';

/** As many words that are not known are looked at more closely. */
const MOST_CORRECTIONS = 8;

/**
 * Understands a text word by word: what is in it, by the words of a lexicon, things that finders find
 * (addresses, dates, numbers), misspelt words, and words typed on the other keyboard.
 *
 * @param finders the more telling ones first: what one found is not looked for by the next
 */
export function parse(said: string, lexicon: Lexicon, finders: readonly Finder[]): Utterance {
  const text = readable(said);
  const plain = comparable(text);
  const found: Found[] = [];
  for (const find of [...finders, findDates, findNumbers]) {
    for (const one of find(text, plain)) {
      const same = found.findIndex(({ start, end }) => start === one.start && end === one.end);
      const before = found[same];
      const isTaken = found.some(({ start, end }) => one.start < end && start < one.end);
      if (before !== undefined) {
        const known = before.means.filter(({ concept }) => concept !== GUESS);
        found[same] = { ...before, means: [...known, ...one.means] };
      } else if (!isTaken && !isKnownGuess(one, plain, lexicon)) {
        found.push(withWord(one, plain, lexicon));
      }
    }
  }
  const tokens = segment(plain, lexicon, found);
  return { text, tokens: withoutRefused(corrected(tokens, plain, lexicon)) };
}

/** What can be refused: `해제하지 마` keeps, `끄지 마` too. */
const UNDOING = ['remove', 'off', 'pause', 'leave'];
/** What can be meant instead of another of the same kind: `1번 말고 2번`, `메뉴 말고 고양이`. */
const KINDS: readonly (readonly string[])[] = [
  ['cat', 'netflix', 'menu', 'meal', 'stage', 'genre', 'feed'],
  ['day', 'week'],
  ['lang'],
  ['ordinal', 'number', 'name', 'address'],
  ['list', 'status', 'remove', 'off', 'pause', 'watch', 'resume'],
];

function isOneOf(token: Token | undefined, concepts: readonly string[]): boolean {
  return token?.means.some(({ concept }) => concepts.includes(concept)) === true;
}

/** Of these one may be there already, and another come in its place: `hello 말고 hana/app 구독`. */
const THERE = ['ordinal', 'number', 'name'];

/** A text without what it says is not wanted: that is a wish to `keep`, or gone where something else is. */
function withoutRefused(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    const before = result.at(-1);
    const rest = tokens.slice(at + 1);
    if (isOneOf(token, ['instead'])) {
      const isMeantOtherwise = (one: Token | undefined) =>
        KINDS.some((kind) => isOneOf(one, kind) && rest.some((other) => isOneOf(other, kind)));
      // `hello 해지하고 대신 hana/app`: a word may stand in between here, too.
      const isThere = result.slice(-2).some((one) => isOneOf(one, THERE));
      const isExchange = isThere && rest.some((one) => isNew(one));
      // `고양이 얘기 말고`: a word may stand in between.
      if (isExchange) {
        result.push(token);
        continue;
      }
      if (!isMeantOtherwise(before) && isMeantOtherwise(result.at(-2))) result.pop();
      else if (!isMeantOtherwise(before)) result.push(token);
      while (isMeantOtherwise(result.at(-1))) result.pop();
    } else if (before && isOneOf(token, ['forbid']) && isOneOf(before, UNDOING)) {
      result.splice(-1, 1, {
        start: before.start,
        end: token.end,
        means: [{ concept: 'keep', value: '' }],
      });
    } else result.push(token);
  }
  return result;
}

function isNew(token: Token): boolean {
  return isOneOf(token, ['address']) && !isOneOf(token, THERE);
}

/** A guess is for words that nothing else explains. */
function isKnownGuess({ start, end, means }: Found, plain: string, lexicon: Lexicon): boolean {
  const isGuess = means.some(({ concept }) => concept === GUESS);
  const words = plain.slice(start, end).split(/[ /]+/);
  return isGuess && words.every((word) => lookUp(lexicon.words, word) !== null);
}

/** What was found may be a word as well: a repository can be called ‘menu’. */
function withWord(found: Found, plain: string, lexicon: Lexicon): Found {
  const word = plain.slice(found.start, found.end).replace(/\s+/g, '');
  const means = lookUp(lexicon.words, word);
  return means === null ? found : { ...found, means: [...found.means, ...means] };
}

function corrected(tokens: readonly Token[], plain: string, lexicon: Lexicon): Token[] {
  const result: Token[] = [];
  let tries = 0;
  for (const [at, token] of tokens.entries()) {
    if (result.at(-1)?.end === token.end) continue;
    if (token.means.length > 0 || tries >= MOST_CORRECTIONS) {
      result.push(token);
      continue;
    }
    tries++;
    // 사용 방볍: a word that may be written with a space.
    const next = tokens[at + 1];
    const parted = next?.means.length === 0 && plain.slice(token.end, next.start) === ' ' && next;
    const both = parted && nearest(lexicon, plain.slice(token.start, parted.end).replace(' ', ''));
    if (parted && both) {
      result.push({ start: token.start, end: parted.end, means: both, isCorrected: true });
      continue;
    }
    const last = result.at(-1);
    // A word of the lexicon may be the beginning of a misspelt one.
    const joined =
      last && last.end === token.start && isHangul(plain[token.start] ?? '') ? last : null;
    const whole = joined && readWord(plain.slice(joined.start, token.end), lexicon);
    if (joined && whole) {
      const { start } = joined;
      result[result.length - 1] = { start, end: token.end, means: whole, isCorrected: true };
      continue;
    }
    // What was taken for an ending may belong to it: 고야이.
    const end = endOfChunk(plain, token);
    const longer = end > token.end ? nearest(lexicon, plain.slice(token.start, end)) : null;
    const means = longer ?? readWord(plain.slice(token.start, token.end), lexicon);
    if (means !== null) result.push({ ...token, means, isCorrected: true });
    else result.push(...retyped(token, plain, lexicon));
  }
  return result;
}

function endOfChunk(plain: string, { end }: Token): number {
  let at = end;
  while (at < plain.length && at < end + 3 && isHangul(plain[at] ?? '')) at++;
  return at;
}

/** The meaning of a misspelt word, with the endings behind it taken off. */
function readWord(word: string, lexicon: Lexicon): readonly Meaning[] | null {
  const bare = word.replace(/[^a-z가-힣]+$/, '');
  if (bare === '') return null;
  if (isLatin(bare[0] ?? '')) return nearest(lexicon, bare);
  for (let length = bare.length; length >= Math.max(2, bare.length - 3); length--) {
    if (length < bare.length && !isEnding(bare.slice(length), lexicon)) continue;
    const means = nearest(lexicon, bare.slice(0, length));
    if (means !== null) return means;
  }
  return null;
}

function isEnding(text: string, lexicon: Lexicon): boolean {
  if (text === '') return true;
  for (let length = text.length; length > 0; length--) {
    if (lookUp(lexicon.endings, text.slice(0, length)) && isEnding(text.slice(length), lexicon)) {
      return true;
    }
  }
  return false;
}

/** A word as the other keyboard would have written it, when all of that is understood. */
function retyped(token: Token, plain: string, lexicon: Lexicon): Token[] {
  const other = otherKeyboard(plain.slice(token.start, token.end));
  if (other === null) return [token];
  const tokens = segment(other, lexicon, []);
  const isUnderstood = tokens.length > 0 && tokens.every(({ means }) => means.length > 0);
  if (!isUnderstood) return [token];
  return tokens.map(({ means }) => ({ ...token, means, isCorrected: true }));
}
