import type { WatchOptions } from '../store/watches.ts';

type Change = (options: WatchOptions, match: RegExpExecArray) => WatchOptions;

/** What can be said about a watch, and what it means; tried at the beginning of what is left. */
const sayings: readonly (readonly [RegExp, Change])[] = [
  [/^(?:커밋만|commits(?: only)?)/i, (o) => ({ ...o, commits: true, releases: false })],
  [/^(?:릴리[스즈]만|releases(?: only)?)/i, (o) => ({ ...o, commits: false, releases: true })],
  [/^(?:모두|둘 ?다|both|all)/i, (o) => ({ ...o, commits: true, releases: true })],
  [
    /^(?:프리 ?릴리[스즈] ?포함|with ?pre-?releases)/i,
    (o) => ({ ...o, releases: true, prereleases: true }),
  ],
  [/^(?:프리 ?릴리[스즈] ?제외|without ?pre-?releases)/i, (o) => ({ ...o, prereleases: false })],
  [/^(?:태그 ?모두|tags? all)(?!\S)/i, (o) => ({ ...o, tagPattern: null })],
  [
    /^(?:태그|tags?) (\S{1,100})/i,
    (o, match) => ({ ...o, releases: true, tagPattern: match[1] ?? null }),
  ],
  [/^(?:메이저만|major(?: only)?)/i, (o) => ({ ...o, releases: true, smallestStep: 'major' })],
  [/^(?:마이너까지|minor(?: too)?)/i, (o) => ({ ...o, releases: true, smallestStep: 'minor' })],
  [/^(?:버전 ?모두|every version)/i, (o) => ({ ...o, smallestStep: 'any' })],
  [/^(?:바로|즉시|instant(?:ly)?)/i, (o) => ({ ...o, digest: 'instant' })],
  [/^(?:매시간|hourly)/i, (o) => ({ ...o, digest: 'hourly' })],
  [
    /^(?:매일|daily)(?: (\d{1,2}) ?(?:시|h|:00)?)?(?!\d)/i,
    (o, match) => ({ ...o, digest: 'daily', digestHour: Number(match[1] ?? o.digestHour) }),
  ],
];

/**
 * The options after what a person said, such as `릴리스만 태그 v2.* 매일 9시`.
 *
 * @returns `null` when any part of it is not understood, or there is none
 */
export function readWatchOptions(options: WatchOptions, words: string): WatchOptions | null {
  let left = words.normalize('NFKC').trim();
  if (left === '') return null;
  let changed = options;
  while (left !== '') {
    const before = left;
    for (const [pattern, change] of sayings) {
      const match = pattern.exec(left);
      if (!match) continue;
      changed = change(changed, match);
      left = left.slice(match[0].length).replace(/^[\s,·]+/, '');
      break;
    }
    if (left === before) return null;
  }
  return changed.digestHour <= 23 ? changed : null;
}
