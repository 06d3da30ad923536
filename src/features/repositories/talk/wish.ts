import { hasHangul } from '../../../bot/talk/grammar/normalize.ts';
import {
  firstValue,
  means,
  type Token,
  tokensOf,
  type Utterance,
  written,
} from '../../../bot/talk/grammar/utterance.ts';
import { bareName } from './welcome.ts';

/** What somebody wants to watch, as far as they said it. */
export interface WatchWish {
  /** In the order they were written; more than one where several are listed. */
  readonly addresses: readonly string[];
  readonly branch: string | null;
  readonly nickname: string | null;
  /** What is said beside them: the words in a name or a branch wish for nothing. */
  readonly rest: Utterance;
}

const LISTED = /[,、，·+&\n]|와|과|랑|하고|그리고|\band\b/u;
/** Names of branches that stand for one even where nothing says that it is one. */
const BRANCHLIKE = /^[A-Za-z0-9][\w./*-]*$|^\*$/;
const USUAL =
  /^(?:main|master|dev|develop|development|staging|stage|production|prod|release|next|canary|trunk|beta|alpha|nightly|stable|latest|test|gh-pages)$|[/_.*-]|\d/i;

/** Branches as they are called in Korean. */
const SPOKEN: Readonly<Record<string, string>> = {
  메인: 'main',
  마스터: 'master',
  데브: 'dev',
  디벨롭: 'develop',
};

/** Reads what a person wants to watch: addresses, branch and nickname in any order. */
export function readWish(utterance: Utterance): WatchWish {
  const tokens = tokensOf(utterance, 'address');
  const [first, second] = tokens;
  if (first === undefined) return { addresses: [], branch: null, nickname: null, rest: utterance };
  const isListed =
    second !== undefined &&
    (LISTED.test(utterance.text.slice(first.end, second.start)) ||
      ownerOf(first) === ownerOf(second));
  const taken: Token[] = [first, ...(isListed ? tokens : [])];
  const nickname = isListed ? null : nicknameIn(utterance, first, taken);
  const branch = isListed ? null : branchIn(utterance, first, taken);
  return {
    addresses: isListed ? tokens.map(addressOf) : [addressOf(first)],
    branch,
    nickname,
    rest: without(utterance, [...taken, ...placeOf(branch, first.end, utterance)]),
  };
}

/** Where a branch is named: rather behind the address. */
function placeOf(branch: string | null, from: number, { text }: Utterance): Place[] {
  if (branch === null) return [];
  const later = text.indexOf(branch, from);
  const start = later < 0 ? text.indexOf(branch) : later;
  return start < 0 ? [] : [{ start, end: start + branch.length }];
}

type Place = Pick<Token, 'start' | 'end'>;

function without(utterance: Utterance, places: readonly Place[]): Utterance {
  const isIn = ({ start, end }: Token) =>
    places.some((place) => start < place.end && place.start < end);
  return { ...utterance, tokens: utterance.tokens.filter((token) => !isIn(token)) };
}

/** Whose it is; two of one owner are two repositories, where `feat/login` could be a branch. */
function ownerOf(token: Token): string {
  return addressOf(token).split('/').at(-2)?.toLowerCase() ?? '';
}

function addressOf(token: Token): string {
  return token.means.find(({ concept }) => concept === 'address')?.value ?? '';
}

/** `“우리 앱”으로`: what stands in quotes is the name as it is. */
const QUOTED = /(["'“‘「『][^"'“”‘’「」『』]{1,40}["'”’」』])\s?(?:으로|로|이?라고|이?라는)/u;

/** The nickname, and which tokens it is made of. */
function nicknameIn(utterance: Utterance, address: Token, taken: Token[]): string | null {
  const quoted = QUOTED.exec(utterance.text.slice(address.end));
  if (quoted !== null) {
    const start = address.end + quoted.index;
    return stretch(utterance, start, start + (quoted[1]?.length ?? 0), taken);
  }
  const marker = utterance.tokens.find(
    (token) => means(token, 'as') || means(token, 'nick') || means(token, 'call'),
  );
  if (marker !== undefined) {
    taken.push(marker);
    const isBehind =
      hasHangul(written(utterance, marker)) && /\S/.test(utterance.text[marker.start - 1] ?? ' ');
    if (isBehind) return before(utterance, marker, taken);
    const named = behind(utterance, marker, taken);
    // `봄이라고 불러줘`: nothing stands behind it.
    return named === null && means(marker, 'call') ? before(utterance, marker, taken) : named;
  }
  const called = utterance.tokens.find((token) => {
    const { text } = utterance;
    // A particle may stand in the token that nobody knows, or behind it.
    const end = /^(?:\S{0,3}?)(?=\s|$)/u.exec(text.slice(token.end))?.[0] ?? '';
    return (
      token.means.length === 0 &&
      token !== address &&
      /[가-힣](?:으로|로|이?라고)$/u.test(`${written(utterance, token)}${end}`)
    );
  });
  if (called === undefined) return calledBefore(utterance, address, taken);
  taken.push(called);
  // A word that means nothing may be the beginning of a name: 우리앱으로.
  const start = Math.max(address.end, utterance.text.lastIndexOf(' ', called.start) + 1);
  return bareName(utterance.text.slice(start, called.end));
}

/** What a name made of words that are known never means. */
const NO_NAME = 'kakao branch commit release daily hourly instant digest lang alert number'.split(
  ' ',
);

/** `새싹으로 등록해줘`: a name may be made of words that mean something else. */
function calledBefore(utterance: Utterance, address: Token, taken: Token[]): string | null {
  const said = /(?<=\s)(?<name>[가-힣]{2,10}?)(?:으로|로)\s+(?:등록|구독|추가|저장)/u.exec(
    utterance.text,
  );
  const name = said?.groups?.['name'];
  if (said === null || name === undefined || said.index < address.end) return null;
  const end = said.index + name.length;
  const tokens = utterance.tokens.filter((token) => token.start < end && token.end > said.index);
  if (tokens.some((token) => NO_NAME.some((concept) => means(token, concept)))) return null;
  taken.push(...tokens);
  return name;
}

/** `실험실이라는 이름으로`: the name stands before its marker. */
function before(utterance: Utterance, marker: Token, taken: Token[]): string | null {
  const last = utterance.tokens.findLast(
    (token) =>
      token.end <= marker.start &&
      (means(token, 'address') ||
        means(token, 'watch') ||
        // `dev 브랜치를 개발이라는 이름으로`
        (means(token, 'branch') && /^[을를의은는]/u.test(utterance.text.slice(token.end)))),
  );
  // An ending of it may follow: 구독하고.
  const rest = /^[가-힣]*/u.exec(utterance.text.slice(last?.end ?? 0))?.[0] ?? '';
  const start = last === undefined ? 0 : last.end + rest.length;
  return stretch(utterance, start < marker.start ? start : (last?.end ?? 0), marker.start, taken);
}

/** `별명 개발`, `as beta please`: the name stands behind its marker. */
function behind(utterance: Utterance, marker: Token, taken: Token[]): string | null {
  const next = utterance.tokens.find(
    (token) => token.start >= marker.end && (means(token, 'address') || means(token, 'branch')),
  );
  let end = next?.start ?? utterance.text.length;
  // Words that end the sentence are no part of the name.
  for (const token of utterance.tokens.toReversed()) {
    if (token.end > end || token.start <= marker.end) continue;
    if (token.isCorrected) break;
    const isRest =
      utterance.text.slice(token.end, end).trim() === '' || hasHangul(written(utterance, token));
    if (!isRest || !['please', 'watch', 'want', 'call', 'show'].some((one) => means(token, one)))
      break;
    end = token.start;
  }
  const isAlone = !hasHangul(written(utterance, marker));
  return stretch(utterance, marker.end, end, taken, isAlone);
}

function stretch(
  utterance: Utterance,
  start: number,
  end: number,
  taken: Token[],
  isAlone = false,
): string | null {
  const name = bareName(utterance.text.slice(start, end), isAlone);
  if (name === '') return null;
  taken.push(...utterance.tokens.filter((token) => token.start >= start && token.end <= end));
  return name;
}

function branchIn(utterance: Utterance, address: Token, taken: readonly Token[]): string | null {
  const inAddress = address.means.find(({ concept }) => concept === 'branch-name')?.value;
  if (inAddress !== undefined) return inAddress;
  const starred = /(?:^|\s)((?:[\w.-]+\/)*[\w.-]*\*[\w./*-]*)(?=\s|$)/.exec(utterance.text);
  // `태그 v*`: what stands behind is the tag's.
  const isTag = tokensOf(utterance, 'tag').some(
    ({ end }) =>
      end <= (starred?.index ?? -1) &&
      /^[은는:]?$/u.test(utterance.text.slice(end, starred?.index).trim()),
  );
  if (starred?.[1] !== undefined && !isTag) return starred[1];
  const marker = utterance.tokens.find((token) => means(token, 'branch') && !taken.includes(token));
  if (marker !== undefined) {
    const called = firstValue(utterance, 'branch');
    if (called === 'default') return null;
    if (called === 'all') return '*';
    const near = nearMarker(utterance, marker, address, taken);
    if (near !== null) return near;
  }
  return unmarkedBranch(utterance, address, taken);
}

/** The word behind `브랜치` or `branch`, else the one before it. */
function nearMarker(
  utterance: Utterance,
  marker: Token,
  address: Token,
  taken: readonly Token[],
): string | null {
  const isName = (word: string, start: number) =>
    BRANCHLIKE.test(word) &&
    !/^(?:of|on|in|from|the|a|please|as|for|to|and|by|with|watch|follow|add|subscribe|track)$/i.test(
      word,
    ) &&
    !(start < address.end && address.start < start + word.length) &&
    !taken.some((token) => token.start <= start && start < token.end);
  const after =
    /^[^\S\n]*(?:은|는|이|가|:|=|"|')?[^\S\n]*([^\s,'"]+?)(?=[가-힣]*(?:[\s,'"]|$))/u.exec(
      utterance.text.slice(marker.end),
    );
  const word = after?.[1];
  if (after && word !== undefined) {
    const start = marker.end + after[0].length - word.length;
    if (isName(word, start)) return word;
  }
  const spoken = /([가-힣]+)[^\S\n]*$/u.exec(utterance.text.slice(0, marker.start))?.[1];
  const called = spoken === undefined ? undefined : SPOKEN[spoken];
  if (called !== undefined) return called;
  const earlier = /([\w./*-]+)[^\S\n]*$/u.exec(utterance.text.slice(0, marker.start));
  const former = earlier?.[1];
  if (earlier && former !== undefined && isName(former, earlier.index)) return former;
  return null;
}

/** A word that nothing else explains, where a branch may stand: right behind the address. */
function unmarkedBranch(
  utterance: Utterance,
  address: Token,
  taken: readonly Token[],
): string | null {
  const rest = utterance.tokens.filter(
    (token) =>
      !taken.includes(token) &&
      token !== address &&
      token.start >= address.end &&
      !/^(?:on|in)$/i.test(written(utterance, token)),
  );
  const [next] = rest;
  if (next === undefined) return null;
  const word = written(utterance, next);
  const isNext = /^[^\S\n]*(?:의|에서|에|in|on)?[^\S\n]*(?:the )?$/.test(
    utterance.text.slice(address.end, next.start),
  );
  if (!isNext) return null;
  const unknown = rest.filter(isUnknown);
  const isAddress = means(next, 'address');
  if (BRANCHLIKE.test(word) && (isAddress || USUAL.test(word))) return word;
  if (!isUnknown(next) || unknown.length !== 1) return null;
  // `구독 hana/app 개발`: a command takes what follows the address as the branch.
  const isCommand = means(utterance.tokens[0] ?? next, 'watch');
  return BRANCHLIKE.test(word) || isCommand ? word : null;
}

/** Whether a word is none of the grammar's as it is written. */
function isUnknown({ means: all, isCorrected }: Token): boolean {
  return all.length === 0 || isCorrected === true;
}
