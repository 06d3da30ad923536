import type { Language } from '../../../lib/time.ts';
import { isBranchName } from '../../../platforms/github/api/addresses.ts';
import { MOST_AUTHORS } from '../../../store/watchRules.ts';
import { CHAT_OPTIONS, type WatchOptions } from '../store/options.ts';

/** D1 compares with no longer one, in UTF-8. */
const MOST_BYTES = 50;
/** How many branches a pattern may stand for. */
export const MOST_COVERED = 300;

/** Whether a text is a pattern of branch names: `*` for any part of one, `?` for any character. */
export function isBranchPattern(text: string): boolean {
  if (!/[*?]/.test(text) || new TextEncoder().encode(text).length > MOST_BYTES) return false;
  // Without its signs it is as a branch's name is; one that ends with them may end with a slash.
  const plain = text.replace(/[*?]+/g, 'x');
  return isBranchName(plain);
}

/**
 * Whether a branch's name fits a pattern; `*` goes over slashes too.
 *
 * @example fits('release/*', 'release/2.0/hotfix') // true
 */
export function fits(pattern: string, name: string): boolean {
  let [at, place] = [0, 0];
  // Where the last `*` stands, and up to where of the name it goes for now: never back any further.
  let star: { readonly at: number; place: number } | null = null;
  while (place < name.length) {
    const sign = pattern[at];
    if (sign === '*') {
      star = { at, place };
      at += 1;
    } else if (sign === '?' || sign === name[place]) {
      at += 1;
      place += 1;
    } else if (star !== null) {
      star.place += 1;
      place = star.place;
      at = star.at + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/** The longest part of a pattern that stands in every name that fits; GitHub searches for it. */
export function fixedPart(pattern: string): string {
  return pattern
    .split(/[*?]+/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** One thing that can be set of a watch: how it is recognised, what it does, and how it is said. */
interface OptionWord {
  /** Tried at the beginning of what is left, after NFKC. */
  readonly phrasings: RegExp;
  readonly set: (options: WatchOptions, match: RegExpExecArray) => WatchOptions;
  /** Whether these options are so. */
  readonly isSet: (options: WatchOptions) => boolean;
  /** What can be said to set it, and is said of options that are so. */
  readonly say: Readonly<Record<Language, (options: WatchOptions) => string>>;
}

/** Korean for "leave them out", behind what is meant. */
const WITHOUT = '(?:은|는|을|를)? ?(?:빼고|빼 ?줘|제외|없이|말고)';
const WITH = '(?:은|는|을|를|도)? ?(?:포함|넣어|까지|도)';
/** A name as people write it; one with spaces stands in quotes. */
const NAME = `(?:["'“‘]([^"'”’]{1,60})["'”’]|@?([^\\s"'“”‘’]{1,60}?))`;

const word = (ko: string, en: string): OptionWord['say'] => ({ ko: () => ko, en: () => en });
const phrasings = (pattern: string) => new RegExp(`^(?:${pattern})`, 'i');

/**
 * The words of watch options, in one table: what is said in a chat is read by it, the words behind
 * a QR code are said by it, and lists describe a watch by it. Where two of them could hear the same,
 * the first one does.
 */
const optionWords: readonly OptionWord[] = [
  {
    phrasings: phrasings(
      '(?:커밋(?:과|이랑|하고|,)? ?릴리[스즈](?: ?모두| ?둘 ?다)?|모두|둘 ?다|commits and releases|both|all(?! authors))',
    ),
    set: (o) => ({ ...o, commits: true, releases: true }),
    isSet: ({ commits, releases }) => commits && releases,
    say: word('커밋과 릴리스', 'commits and releases'),
  },
  {
    phrasings: phrasings('커밋만|commits(?: only)?(?! and)'),
    set: (o) => ({ ...o, commits: true, releases: false }),
    isSet: ({ commits, releases }) => commits && !releases,
    say: word('커밋만', 'commits only'),
  },
  {
    phrasings: phrasings('릴리[스즈]만|releases(?: only)?'),
    set: (o) => ({ ...o, commits: false, releases: true }),
    isSet: ({ commits, releases }) => !commits && releases,
    say: word('릴리스만', 'releases only'),
  },
  {
    phrasings: phrasings(
      `(?:프리 ?릴리[스즈]|시험판|베타)${WITHOUT}|(?:without|no) ?pre-?releases`,
    ),
    set: (o) => ({ ...o, prereleases: false }),
    isSet: ({ releases, prereleases }) => releases && !prereleases,
    say: word('', ''),
  },
  {
    phrasings: phrasings(`(?:프리 ?릴리[스즈]|시험판|베타)${WITH}|with ?pre-?releases`),
    set: (o) => ({ ...o, releases: true, prereleases: true }),
    isSet: ({ releases, prereleases }) => releases && prereleases,
    say: word('프리릴리스 포함', 'with prereleases'),
  },
  {
    phrasings: phrasings('(?:태그 ?모두|모든 ?태그|tags? all|every tag)(?!\\S)'),
    set: (o) => ({ ...o, tagPattern: null }),
    isSet: () => false,
    say: word('태그 모두', 'every tag'),
  },
  {
    phrasings: phrasings('(?:태그|tags?) (\\S{1,100})'),
    set: (o, [, pattern]) => ({ ...o, releases: true, tagPattern: pattern ?? null }),
    isSet: ({ releases, tagPattern }) => releases && tagPattern !== null,
    say: {
      ko: ({ tagPattern }) => `태그 ${tagPattern ?? ''}`,
      en: ({ tagPattern }) => `tag ${tagPattern ?? ''}`,
    },
  },
  {
    phrasings: phrasings('메이저만|major(?: versions)?(?: only)?'),
    set: (o) => ({ ...o, releases: true, smallestStep: 'major' }),
    isSet: ({ releases, smallestStep }) => releases && smallestStep === 'major',
    say: word('메이저만', 'major only'),
  },
  {
    phrasings: phrasings('마이너까지|minor(?: versions)?(?: too)?'),
    set: (o) => ({ ...o, releases: true, smallestStep: 'minor' }),
    isSet: ({ releases, smallestStep }) => releases && smallestStep === 'minor',
    say: word('마이너까지', 'minor too'),
  },
  {
    phrasings: phrasings('버전 ?모두|모든 ?버전|every version'),
    set: (o) => ({ ...o, smallestStep: 'any' }),
    isSet: () => false,
    say: word('버전 모두', 'every version'),
  },
  {
    phrasings: phrasings(`봇(?: ?커밋)?${WITHOUT}|(?:without|no) bots`),
    set: (o) => ({ ...o, bots: false }),
    isSet: ({ commits, bots }) => commits && !bots,
    say: word('봇 빼고', 'without bots'),
  },
  {
    phrasings: phrasings(`봇(?: ?커밋)?${WITH}|with bots`),
    set: (o) => ({ ...o, bots: true }),
    isSet: () => false,
    say: word('봇 포함', 'with bots'),
  },
  {
    phrasings: phrasings(`(?:머지|병합)(?: ?커밋)?${WITHOUT}|(?:without|no) merges?(?: commits)?`),
    set: (o) => ({ ...o, merges: false }),
    isSet: ({ commits, merges }) => commits && !merges,
    say: word('머지 빼고', 'without merges'),
  },
  {
    phrasings: phrasings(`(?:머지|병합)(?: ?커밋)?${WITH}|with merges?(?: commits)?`),
    set: (o) => ({ ...o, merges: true }),
    isSet: () => false,
    say: word('머지 포함', 'with merges'),
  },
  {
    phrasings: phrasings('(?:작성자 ?모두|모든 ?작성자|every author|all authors)(?!\\S)'),
    set: (o) => ({ ...o, withoutAuthors: [] }),
    isSet: () => false,
    say: word('작성자 모두', 'every author'),
  },
  {
    phrasings: phrasings(
      `(?:작성자 ?)?${NAME} ?(?:빼고|제외|말고)(?!\\S)|without ${NAME}(?=[\\s,·]|$)`,
    ),
    set: (o, match) => withoutAuthor(o, match.slice(1).find(Boolean) ?? ''),
    isSet: ({ commits, withoutAuthors }) => commits && withoutAuthors.length > 0,
    say: {
      ko: ({ withoutAuthors }) => withoutAuthors.map((name) => `${quoted(name)} 빼고`).join(' '),
      en: ({ withoutAuthors }) => withoutAuthors.map((name) => `without ${quoted(name)}`).join(' '),
    },
  },
  {
    phrasings: phrasings('메시지 ?(?:전체|모두|전부)|whole messages?'),
    set: (o) => ({ ...o, wholeMessages: true }),
    isSet: ({ commits, wholeMessages }) => commits && wholeMessages,
    say: word('메시지 전체', 'whole messages'),
  },
  {
    phrasings: phrasings('첫 ?줄만|first lines?(?: only)?'),
    set: (o) => ({ ...o, wholeMessages: false }),
    isSet: () => false,
    say: word('첫 줄만', 'first lines'),
  },
  {
    phrasings: phrasings('따로(?: ?따로)?|하나씩|one by one|separately'),
    set: (o) => ({ ...o, together: false }),
    isSet: ({ together }) => !together,
    say: word('따로따로', 'one by one'),
  },
  {
    phrasings: phrasings('한 ?번에|묶어서?|together'),
    set: (o) => ({ ...o, together: true }),
    isSet: () => false,
    say: word('한 번에', 'together'),
  },
  {
    phrasings: phrasings('바로|즉시|instant(?:ly)?'),
    set: (o) => ({ ...o, digest: 'instant' }),
    isSet: ({ digest }) => digest === 'instant',
    say: word('바로', 'instant'),
  },
  {
    phrasings: phrasings('매 ?시간|hourly'),
    set: (o) => ({ ...o, digest: 'hourly' }),
    isSet: ({ digest }) => digest === 'hourly',
    say: word('매시간', 'hourly'),
  },
  {
    phrasings: phrasings('(?:매일|daily)(?:(?: at)? (\\d{1,2}) ?(?:시|h|:00)?(?:에)?)?(?!\\d)'),
    set: (o, [, hour]) => ({ ...o, digest: 'daily', digestHour: Number(hour ?? o.digestHour) }),
    isSet: ({ digest }) => digest === 'daily',
    say: {
      ko: ({ digestHour }) => `매일 ${digestHour}시`,
      en: ({ digestHour }) => `daily at ${digestHour}:00`,
    },
  },
];

/**
 * The options after what a person said, such as `릴리스만 태그 v2.* 매일 9시`.
 *
 * @returns `null` when any part of it is not understood, or there is none
 */
export function readWatchOptions(options: WatchOptions, words: string): WatchOptions | null {
  let left = words.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (left === '') return null;
  let changed = options;
  while (left !== '') {
    const before = left;
    for (const { phrasings: pattern, set } of optionWords) {
      const match = pattern.exec(left);
      if (!match) continue;
      changed = set(changed, match);
      left = left.slice(match[0].length).replace(/^(?:[\s,·]+|(?:하고|고)(?=\s|$)[\s,·]*)+/, '');
      break;
    }
    if (left === before) return null;
  }
  const areTooMany = changed.withoutAuthors.length > MOST_AUTHORS;
  return changed.digestHour <= 23 && !areTooMany ? changed : null;
}

/** The options of a watch in words, those of releases only when releases are told, and so on. */
export function describeOptions(options: WatchOptions, language: Language): string {
  return said(options, language).join(' · ');
}

/**
 * What to say in a chat to have these options instead of those of a new watch; `null` when nothing
 * needs saying.
 *
 * @param before what is set by itself; default: as a watch begins in a chat
 */
export function optionWordsFor(
  options: WatchOptions,
  language: Language,
  before: WatchOptions = CHAT_OPTIONS,
): string | null {
  const usual = new Set(said(before, language));
  const words = said(options, language).filter((text) => !usual.has(text));
  return words.length === 0 ? null : words.join(' ');
}

function said(options: WatchOptions, language: Language): string[] {
  return optionWords
    .filter(({ isSet }) => isSet(options))
    .map(({ say }) => say[language](options))
    .filter((text) => text !== '');
}

function withoutAuthor(options: WatchOptions, name: string): WatchOptions {
  const key = name.trim().toLowerCase();
  if (key === '' || options.withoutAuthors.includes(key)) return options;
  return { ...options, withoutAuthors: [...options.withoutAuthors, key] };
}

function quoted(name: string): string {
  return name.includes(' ') ? `"${name}"` : name;
}
