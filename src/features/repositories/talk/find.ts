import { atPlace, type Finder, type Found } from '../../../bot/talk/grammar/find.ts';
import { comparable, readable } from '../../../bot/talk/grammar/normalize.ts';
import { GUESS } from '../../../bot/talk/grammar/parse.ts';
import {
  firstValue,
  has,
  means,
  tokensOf,
  type Utterance,
} from '../../../bot/talk/grammar/utterance.ts';
import {
  branchCandidates,
  parseRepositoryAddress,
} from '../../../platforms/github/api/addresses.ts';

const HOSTED =
  /(?:git\+)?(?:https?|ssh|git):\/\/\S+|git@\S+|(?<![\w@./-])(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S+/giu;
const SHORT =
  /(?<![\w@./:-])(?<address>[a-z0-9][\w-]{0,38}\/[\w.-]{1,100})(?:[:#@](?<branch>[\w./*-]+))?(?![\w/*])/giu;
/** A command with one word behind it, or before it: an address or a name was meant, whatever it is. */
const COMMAND =
  /^\s*(?:(?:구독|등록|관심 ?레포 ?추가|watch|follow|subscribe)\s+(?<word>(?!\d+$)[\w.-]+)|(?:상태|해제|멈춤|다시|설정|status|unwatch|pause|resume|set)\s+(?<name>(?!\d+$)[\p{L}\p{N}._-]+))(?=\s*$)/iu;
const OBJECT =
  /^\s*(?<word>(?!\d+\s)[\w.-]+)[을를]?\s+(?:구독|팔로우|지켜봐)(?:\s?(?:좀|신청|해|줘|주세요|줄래|요))*\s*$/iu;
/** `facebook / react`, with spaces. */
const SPACED =
  /(?<![\w@./:-])(?<owner>[a-z][\w-]{0,38})(?: +\/ *| *\/ +)(?<name>(?=[\w.-]*[a-z])[\w.-]{1,100})(?![\w/*]| *\/)/giu;
/** Fractions and dates. */
const DIGITS_ONLY = /^[\d./-]+$/;

/**
 * Addresses in a text: `address` of a repository on GitHub, with `branch-name` where it names one
 * (`hana/app:dev`); `short-link` of t.co, `foreign` of any other place.
 */
export const findAddresses: Finder = (text) => {
  const found: Found[] = [];
  const isPlain = !/[/@]/.test(text);
  for (const match of isPlain ? [] : text.matchAll(HOSTED)) {
    const start = match.index;
    const whole = match[0].replace(/[.,;:!?'"’…)\]}>]+$/u, '');
    const foreign = { end: start + whole.length, means: [{ concept: 'foreign', value: whole }] };
    found.push({ start, ...(readHosted(whole, start) ?? foreign) });
  }
  const guess = COMMAND.exec(text) ?? OBJECT.exec(text);
  const word = guess?.groups?.['word'] ?? guess?.groups?.['name'];
  if (word !== undefined) {
    const start = text.lastIndexOf(word);
    const end = start + word.length;
    found.push({ start, end, means: [{ concept: GUESS, value: word }] });
  }
  for (const { index: start, 0: whole, groups } of isPlain ? [] : text.matchAll(SPACED)) {
    const value = `${groups?.['owner']}/${groups?.['name']}`;
    const both = ['address', GUESS].map((concept) => ({ concept, value }));
    found.push({ start, end: start + whole.length, means: both });
  }
  for (const match of isPlain ? [] : text.matchAll(SHORT)) {
    const { address = '', branch } = match.groups ?? {};
    const start = match.index;
    if (DIGITS_ONLY.test(address)) continue;
    const bare = address.replace(/\.+$/, '');
    if (!parseRepositoryAddress(bare).ok) continue;
    const tail = address.length - bare.length;
    found.push({
      start,
      end: start + match[0].length - (branch === undefined ? tail : 0),
      means: [
        { concept: 'address', value: bare },
        ...(branch === undefined
          ? []
          : [{ concept: 'branch-name', value: branch.replace(/\.+$/, '') }]),
      ],
    });
  }
  return found;
};

const STARS_PAGE =
  /(?:https?:\/\/)?(?:www\.)?github\.com\/(?:stars\/(?<one>[\w-]{1,39})|(?<other>[\w-]{1,39})\/?\?(?:\S*&)?tab=stars)\S*/i;
const SAYS_STARS =
  /별표|별 ?(?:준|누른|눌러|찍은|단)|(?<![가-힣])스타(?![가-힣]*[트벅])|\bstar(?:s|red)?\b/i;
const LOGIN = /(?<![\w@./-])@?(?<login>[a-z0-9][\w-]{0,38})(?![\w./-])/gi;
/** Words beside an account's name. */
const NO_LOGIN =
  /^(?:my|mine|his|her|their|the|a|an|all|of|from|by|for|with|that|which|i|i've|ive|have|has|had|me|to|on|in|at|and|is|are|it|its|please|pls|can|could|you|new|stars?|starred|github|git|hub|repos?|repositor(?:y|ies)|projects?|accounts?|users?|login|id|name|watch|follow|subscribe|track|add|monitor|show|list|tell|about|notify|releases?|versions?|only|whatever|everything|things?|import|what|did|do|\d+)$/i;

/** The name of an account at GitHub in a text; `null` when there is none. */
export function loginIn(text: string): string | null {
  const page = STARS_PAGE.exec(text)?.groups;
  const paged = page?.['one'] ?? page?.['other'];
  if (paged !== undefined) return paged;
  const profile = /github\.com\/(?<login>[\w-]{1,39})\/?(?=\s|$)/i.exec(text)?.groups?.['login'];
  return profile ?? loginAt(text)?.groups?.['login'] ?? null;
}

function loginAt(text: string): RegExpExecArray | undefined {
  return [...text.matchAll(LOGIN)].find(({ groups }) => !NO_LOGIN.test(groups?.['login'] ?? ''));
}

/** `내 스타 octocat`, `github.com/octocat?tab=stars`: whose stars are meant (`login`). */
export const findStars: Finder = (text) => {
  const page = STARS_PAGE.exec(text);
  if (page === null && !SAYS_STARS.test(text)) return [];
  const match = page ?? loginAt(text);
  const value = loginIn(text);
  if (!match || value === null) return [];
  // Nothing is heard that begins with a mark.
  const start = match.index + (match[0].startsWith('@') ? 1 : 0);
  const star = page ? [{ concept: 'star', value: '' }] : [];
  const end = match.index + match[0].length;
  return [{ start, end, means: [{ concept: 'login', value }, ...star] }];
};

/** An address with a host; a Korean particle may follow the name of the repository. */
function readHosted(whole: string, start: number): Pick<Found, 'end' | 'means'> | null {
  const parsed = parseRepositoryAddress(whole);
  if (!parsed.ok) {
    const isShort = /^https?:\/\/t\.co\//i.test(whole);
    return isShort
      ? { end: start + whole.length, means: [{ concept: 'short-link', value: whole }] }
      : null;
  }
  let end = whole.length;
  if (parsed.value.branch === null) {
    const hangul = whole.search(/[가-힣]/);
    if (hangul > 0) end = hangul;
  }
  return { end: start + end, means: [{ concept: 'address', value: whole.slice(0, end) }] };
}

/** Nicknames and repositories of a person, as they stand in a text; the value is the place in the list. */
export function findNames(names: readonly (readonly string[])[]): Finder {
  return (_text, plain) => {
    const found: Found[] = [];
    const all = names.flatMap((some, index) => some.map((name) => ({ name, index })));
    // Several branches of a repository have its name.
    const byName = [...Map.groupBy(all, ({ name }) => name.toLowerCase())].toSorted(
      ([one], [other]) => other.length - one.length,
    );
    for (const [name, its] of byName) {
      const pattern = spaced(name, plain);
      if (pattern === null) continue;
      for (const { index: start, 0: whole } of plain.matchAll(pattern)) {
        const end = start + whole.length;
        if (!isWhole(plain, start, end)) continue;
        if (found.some((one) => start < one.end && one.start < end)) continue;
        found.push({
          start,
          end,
          means: its.map(({ index }) => ({ concept: 'name', value: String(index) })),
        });
      }
    }
    return found;
  };
}

/**
 * A name as texts are compared, with any marks and spaces between its words; `null` where a word of
 * it is not in the text.
 */
function spaced(name: string, plain: string): RegExp | null {
  const words = comparable(readable(name))
    .split(/[^\p{L}\p{N}\-_./*+#@:]+/u)
    .filter((word) => word !== '');
  if (words.length === 0 || !words.every((word) => plain.includes(word))) return null;
  const parts = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(parts.join(' +'), 'g');
}

/** A name stands by itself; behind it a Korean particle may follow. */
function isWhole(plain: string, start: number, end: number): boolean {
  const before = plain[start - 1] ?? ' ';
  const after = plain[end] ?? ' ';
  if (/[\p{L}\p{N}/]/u.test(before)) return false;
  const isLatinName = /[a-z0-9]/i.test(plain[end - 1] ?? '');
  return isLatinName ? !/[a-z0-9/_-]/i.test(after) : true;
}

/** As much of a watch as tells which one it is. */
interface Named {
  readonly nickname: string;
  readonly repository: { readonly owner: string; readonly name: string };
  readonly branch: { readonly name: string };
}

/** Which of their watches a person speaks of. */
type Which<Of> =
  /** Nobody is named. */
  | { readonly kind: 'none' }
  /** What was named, which is no watch of theirs. */
  | { readonly kind: 'unknown'; readonly words: string }
  | { readonly kind: 'some'; readonly watches: readonly Of[] };

/**
 * The watches a text is about: by nickname or `owner/name` (`findNames`), by the number in the list,
 * or all of them.
 */
export function whichOf<Of extends Named>(utterance: Utterance, watches: readonly Of[]): Which<Of> {
  const which = namedIn(utterance, watches);
  if (
    which.kind !== 'some' ||
    !has(utterance, 'except') ||
    which.watches.length === watches.length
  ) {
    return which;
  }
  // `1번 빼고 다`, `2번만 남기고`: all the others.
  return { kind: 'some', watches: watches.filter((one) => !which.watches.includes(one)) };
}

function namedIn<Of extends Named>(utterance: Utterance, watches: readonly Of[]): Which<Of> {
  const named = tokensOf(utterance, 'name');
  const [name] = named;
  if (name !== undefined) {
    const places = named.flatMap((token) =>
      token.means.filter(({ concept }) => concept === 'name').map(({ value }) => Number(value)),
    );
    const found = watches.filter((_, index) => places.includes(index));
    if (found.length > 0) return { kind: 'some', watches: byBranch(utterance, found) };
  }
  const address = firstValue(utterance, 'address');
  if (address !== null) return byAddress(address, utterance, watches);
  const listed = placesListed(utterance).flatMap((one) => atPlace(watches, one) ?? []);
  if (listed.length > 1) return { kind: 'some', watches: [...new Set(listed)] };
  const number = tokensOf(utterance, 'ordinal')[0] ?? tokensOf(utterance, 'number')[0];
  const place = number?.means.find(({ concept }) => concept === 'number')?.value;
  if (place !== undefined) {
    const watch = atPlace(watches, Number(place));
    return watch ? { kind: 'some', watches: [watch] } : { kind: 'unknown', words: place };
  }
  const guess = firstValue(utterance, 'guess');
  if (guess !== null) return { kind: 'unknown', words: guess };
  if (has(utterance, 'all')) return { kind: 'some', watches };
  return { kind: 'none' };
}

/** What may stand between the numbers of a list: `1, 2번`, `1번이랑 3번`, `1 and 2`. */
const BETWEEN = /^\s*(?:,|번?(?:이?랑|하고|과|와)|and|&|\+)\s*$/u;

/** Places in the list that are named one after the other; empty when there is only one. */
function placesListed(utterance: Utterance): number[] {
  const all = tokensOf(utterance, 'number');
  const isListed = all.every(
    ({ start }, index) =>
      index === 0 || BETWEEN.test(utterance.text.slice(all[index - 1]?.end ?? 0, start)),
  );
  if (!isListed || all.length < 2) return [];
  return all.map((token) => Number(token.means.find(({ concept }) => concept === 'number')?.value));
}

function byAddress<Of extends Named>(
  address: string,
  utterance: Utterance,
  watches: readonly Of[],
): Which<Of> {
  const parsed = parseRepositoryAddress(address);
  const wanted = parsed.ok ? `${parsed.value.owner}/${parsed.value.name}`.toLowerCase() : '';
  const found = watches.filter(
    ({ repository: { owner, name } }) => `${owner}/${name}`.toLowerCase() === wanted,
  );
  if (!parsed.ok || found.length === 0) return { kind: 'unknown', words: address };
  const its = branchCandidates(parsed.value.branch ?? '');
  const ofBranch = found.filter(({ branch }) => its.includes(branch.name));
  return { kind: 'some', watches: ofBranch.length > 0 ? ofBranch : byBranch(utterance, found) };
}

/** Of several watches of a repository, those whose branch is named beside it. */
function byBranch<Of extends Named>(utterance: Utterance, found: readonly Of[]): readonly Of[] {
  if (found.length < 2) return found;
  const plain = comparable(utterance.text);
  const named = found.filter(({ branch: { name } }) => {
    const pattern = spaced(name, plain);
    return (
      pattern !== null &&
      [...plain.matchAll(pattern)].some(({ index, 0: whole }) =>
        isWhole(plain, index, index + whole.length),
      )
    );
  });
  return named.length > 0 ? named : found;
}

/** The first token that says which watch is meant; `null` when none does. */
export function placeOfWhich(
  utterance: Utterance,
): { readonly start: number; readonly end: number } | null {
  const isOne = (concept: string) => utterance.tokens.find((token) => means(token, concept));
  return isOne('name') ?? isOne('address') ?? isOne('ordinal') ?? isOne('number') ?? null;
}
