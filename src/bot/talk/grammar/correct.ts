import { convertHangulToQwerty, convertQwertyToHangul } from 'es-hangul';
import { FILLER, type Lexicon, lookUp, type Meaning } from './utterance.ts';

/** How far a misspelt word may be from one of the lexicon, by the letters it has. */
const ALLOWED: readonly (readonly [letters: number, distance: number])[] = [
  [10, 2],
  [5, 1],
];
/** Vowels that are easily taken for one another: a word of two syllables may differ in one of them. */
const ALIKE = ['ㅐㅔ', 'ㅒㅖ', 'ㅗㅛ', 'ㅜㅠ', 'ㅓㅕ', 'ㅏㅑ', 'ㅙㅚ', 'ㅞㅚ'];

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const VOWELS = 21;
const FINALS = 28;

/** A word as the letters it is typed with, each syllable as two or three of them. */
export function lettersOf(word: string): string {
  let letters = '';
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) {
      letters += word[at];
      continue;
    }
    const index = code - FIRST_SYLLABLE;
    const final = index % FINALS;
    const vowel = Math.floor(index / FINALS) % VOWELS;
    letters += INITIALS[Math.floor(index / FINALS / VOWELS)];
    letters += String.fromCharCode(0x314f + vowel);
    if (final > 0) letters += ENDS[final - 1];
  }
  return letters;
}

/** A tense consonant and the plain one it is taken for: 꼬양이. */
const PLAIN: Readonly<Record<string, string>> = {
  ㄲ: 'ㄱ',
  ㄸ: 'ㄷ',
  ㅃ: 'ㅂ',
  ㅆ: 'ㅅ',
  ㅉ: 'ㅈ',
};

/** The first of a word's letters. */
function initialOf(word: string): string {
  const index = word.charCodeAt(0) - FIRST_SYLLABLE;
  const isSyllable = index >= 0 && index <= LAST_SYLLABLE - FIRST_SYLLABLE;
  return (isSyllable ? INITIALS[Math.floor(index / FINALS / VOWELS)] : word[0]) ?? '';
}

const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const ENDS = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

/** What nobody is taken to have said by mistake. */
const NEVER_MEANT = new Set([FILLER, 'insult']);

interface Spelling {
  readonly word: string;
  readonly letters: string;
}

/** Words by how many letters they have. */
type Spellings = ReadonlyMap<number, readonly Spelling[]>;

/**
 * The words of each lexicon by their first letter, which is seldom mistaken: those of one are taken
 * apart when the first misspelt word begins with it.
 */
const spellings = new WeakMap<Lexicon, Map<string, Spellings>>();

function spellingsOf(lexicon: Lexicon, first: string): Spellings {
  const known = spellings.get(lexicon) ?? new Map<string, Spellings>();
  spellings.set(lexicon, known);
  const list = known.get(first);
  if (list !== undefined) return list;
  const made = new Map<number, Spelling[]>();
  for (const [word, means] of lexicon.words.meanings) {
    if (word.length < 2 || initialOf(word) !== first) continue;
    if (means.every(({ concept }) => NEVER_MEANT.has(concept))) continue;
    const letters = lettersOf(word);
    if (letters.length < 4) continue;
    const same = made.get(letters.length);
    if (same === undefined) made.set(letters.length, [{ word, letters }]);
    else same.push({ word, letters });
  }
  known.set(first, made);
  return made;
}

/**
 * The meaning of the word of a lexicon that is nearly written like this one; `null` when there is
 * none. Words of one syllable, or of three Latin letters, are too short to tell.
 *
 * @example nearest(lexicon, '고앙이') // that of 고양이
 */
export function nearest(lexicon: Lexicon, word: string): readonly Meaning[] | null {
  const isLatin = /^[a-z]+$/.test(word);
  if (word.length < (isLatin ? 4 : 2) || word.length > 20) return null;
  const letters = lettersOf(word);
  const allowed = ALLOWED.find(([least]) => letters.length >= least)?.[1] ?? 0;
  const first = letters[0] ?? '';
  const known = spellingsOf(lexicon, PLAIN[first] ?? first);
  let best: { readonly word: string; readonly distance: number } | null = null;
  const reach = Math.max(1, allowed);
  for (let length = letters.length - reach; length <= letters.length + reach; length++) {
    for (const { word: one, letters: other } of known.get(length) ?? []) {
      if (/^[a-z]/.test(one) !== isLatin) continue;
      const most = Math.max(
        allowed,
        isAlike(letters, other) || isReordered(letters, other) ? 1 : 0,
      );
      if (most === 0) continue;
      const distance = distanceOf(letters, other, most);
      if (distance <= most && (best === null || distance < best.distance)) {
        best = { word: one, distance };
      }
    }
  }
  return best && lookUp(lexicon.words, best.word);
}

function isAlike(one: string, other: string): boolean {
  if (one.length !== other.length || one.length < 4) return false;
  const differing = one
    .split('')
    .flatMap((letter, at) => (letter === other[at] ? [] : [`${letter}${other[at]}`]));
  const [only = ''] = differing;
  return (
    differing.length === 1 &&
    ALIKE.some((pair) => pair.includes(only[0] ?? '-') && pair.includes(only[1] ?? '-'))
  );
}

/** Four Latin letters in another order. */
function isReordered(one: string, other: string): boolean {
  if (one.length !== 4 || !/^[a-z]+$/.test(one)) return false;
  return one.split('').toSorted().join('') === other.split('').toSorted().join('');
}

/** Changes, insertions, losses and swaps of letters that make one text of another, as far as `most`. */
function distanceOf(one: string, other: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const cost = Math.min(
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        isSwapped && row > 1 && column > 1
          ? (before[column - 2] ?? 0) + 1
          : Number.POSITIVE_INFINITY,
      );
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return least;
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}

/**
 * What a word would read had the keyboard been in the other language; `null` when it would be none.
 *
 * @example otherKeyboard('qkq') // '밥'
 */
export function otherKeyboard(word: string): string | null {
  if (/^[a-z]{3,24}$/.test(word)) {
    const hangul = converted(convertQwertyToHangul, word);
    return /^[가-힣]+$/.test(hangul) ? hangul : null;
  }
  if (!/^[가-힣ㄱ-ㅣ]{2,16}$/.test(word)) return null;
  const latin = converted(convertHangulToQwerty, word).toLowerCase();
  return /^[a-z]{3,24}$/.test(latin) ? latin : null;
}

/** Letters that make no syllable are none of the library's; then nothing was typed that way. */
function converted(convert: (word: string) => string, word: string): string {
  try {
    return convert(word);
  } catch {
    return '';
  }
}
