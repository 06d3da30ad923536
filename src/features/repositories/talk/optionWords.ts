import { hasHangul } from '../../../bot/talk/grammar/normalize.ts';
import {
  has,
  means,
  type Token,
  type Utterance,
  written,
} from '../../../bot/talk/grammar/utterance.ts';

/** What can be left out or taken in, and how `readWatchOptions` is told. */
const FILTERS = [
  ['prerelease', '프리릴리스'],
  ['bots', '봇'],
  ['merge', '머지'],
] as const;

const LEAVE_OUT = ['not', 'off', 'remove', 'no'];
const TAKE_IN = ['include', 'show', 'on', 'want', 'more'];
const NOUNS = ['prerelease', 'bots', 'merge', 'commit', 'release'];

/**
 * What a person wants to be told of a watch, in the words that `readWatchOptions` reads, whichever
 * way they said it; blank when they said nothing of the kind.
 *
 * @example optionWords(parse('send hello once a day at 9')) // '매일 9시'
 */
export function optionWords(utterance: Utterance): string {
  return [
    kindsOf(utterance),
    ...filtersOf(utterance),
    ...tagOf(utterance),
    stepOf(utterance),
    whenOf(utterance),
  ]
    .filter((word) => word !== '')
    .join(' ');
}

function kindsOf(utterance: Utterance): string {
  const [commit, release] = ['commit', 'release'].map((concept) =>
    utterance.tokens.find(
      (token) => means(token, concept) && !means(token, 'bots') && !means(token, 'merge'),
    ),
  );
  const isOut = (token: Token | undefined) =>
    token !== undefined && polarity(utterance, token) === 'out';
  if (isOut(commit) && !isOut(release)) return '릴리스만';
  if (isOut(release) && !isOut(commit)) return '커밋만';
  if (has(utterance, 'both') || (commit !== undefined && release !== undefined)) return '모두';
  if (has(utterance, 'all') && has(utterance, 'setting') && !has(utterance, 'tag')) return '모두';
  const hasStep = has(utterance, 'major', 'minor') || tagOf(utterance).length > 0;
  if (release !== undefined && !hasStep) return '릴리스만';
  return commit === undefined ? '' : '커밋만';
}

function filtersOf(utterance: Utterance): string[] {
  return FILTERS.flatMap(([concept, word]) => {
    const token = utterance.tokens.find((one) => means(one, concept));
    if (token === undefined) return [];
    const side = polarity(utterance, token);
    const isBare = side === null && concept !== 'prerelease';
    if (isBare) return [];
    if (concept === 'prerelease') return [side === 'out' ? '프리릴리스 제외' : '프리릴리스 포함'];
    return [side === 'out' ? `${word} 빼고` : `${word} 포함`];
  });
}

/** Whether what a word names is to be left out or taken in: said behind it in Korean, before it in English. */
function polarity(utterance: Utterance, token: Token): 'out' | 'in' | null {
  const { tokens } = utterance;
  const at = tokens.indexOf(token);
  const neighbours = hasHangul(written(utterance, token))
    ? tokens.slice(at + 1)
    : [...tokens.slice(0, at).toReversed(), ...tokens.slice(at + 1)];
  for (const other of neighbours) {
    if (LEAVE_OUT.some((concept) => means(other, concept))) return 'out';
    if (TAKE_IN.some((concept) => means(other, concept))) return 'in';
    if (NOUNS.some((concept) => means(other, concept)) && !isListed(utterance, token, other))
      return null;
  }
  return null;
}

/** `봇이랑 머지 빼고` leaves both out. */
function isListed(utterance: Utterance, one: Token, other: Token): boolean {
  const between = utterance.text.slice(
    Math.min(one.end, other.end),
    Math.max(one.start, other.start),
  );
  return /^\s*(?:,|이?랑|하고|와|과|and|or|및|·)/u.test(between);
}

function tagOf(utterance: Utterance): string[] {
  const token = utterance.tokens.find((one) => means(one, 'tag'));
  if (token === undefined || polarity(utterance, token) === 'out') return [];
  if (has(utterance, 'all')) return ['태그 모두'];
  const pattern = /^\s*(?:은|는|:)?\s*(\S{1,100})/u.exec(utterance.text.slice(token.end))?.[1];
  return pattern === undefined ? [] : [`태그 ${pattern.replace(/[만,]$/u, '')}`];
}

function stepOf(utterance: Utterance): string {
  if (has(utterance, 'major')) return '메이저만';
  return has(utterance, 'minor') ? '마이너까지' : '';
}

function whenOf(utterance: Utterance): string {
  if (has(utterance, 'hourly')) return '매시간';
  const hour = hourOf(utterance);
  if (has(utterance, 'daily') || (hour !== null && has(utterance, 'digest', 'setting'))) {
    return hour === null ? '매일' : `매일 ${hour}시`;
  }
  if (has(utterance, 'digest') && has(utterance, 'day')) return '매일';
  return has(utterance, 'instant') ? '바로' : '';
}

/** `오후 7시` is 19; a bare number behind `매일` is an hour too. */
function hourOf(utterance: Utterance): number | null {
  const { tokens } = utterance;
  const daily = tokens.findIndex((token) => means(token, 'daily'));
  const token =
    tokens.find((one) => means(one, 'hour')) ??
    (daily >= 0 && means(tokens[daily + 1] ?? { start: 0, end: 0, means: [] }, 'number')
      ? tokens[daily + 1]
      : undefined);
  const value = token?.means.find(
    ({ concept }) => concept === 'hour' || concept === 'number',
  )?.value;
  if (token === undefined || value === undefined) return null;
  return Number(value);
}
