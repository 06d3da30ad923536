import type { Bot } from '../../../bot/context.ts';
import { atPlace } from '../../../bot/talk/grammar/find.ts';
import {
  has,
  means,
  tokensOf,
  type Utterance,
  written,
} from '../../../bot/talk/grammar/utterance.ts';
import type { Result } from '../../../lib/result.ts';
import type { Language } from '../../../lib/time.ts';
import { isBranchName } from '../../../platforms/github/api/addresses.ts';
import { branchesUnder } from '../store/covered.ts';
import type { Watch } from '../store/watches.ts';
import { instantText, watchTexts } from '../talk/texts.ts';
import { bareName } from '../talk/welcome.ts';
import { findRepository, type NotFound, problemOf, type Viewer } from './find.ts';

/** How people say the usual branches in Korean. */
const SAID: readonly (readonly [RegExp, readonly string[]])[] = [
  [/메인|마스터|기본|디폴트|main|master|default/iu, ['main', 'master']],
  [/개발|디벨롭|데브|develop/iu, ['dev', 'develop', 'development']],
  [/운영|배포|프로덕션|production/iu, ['production', 'prod', 'release']],
  [/스테이징|staging/iu, ['staging', 'stage']],
];

/**
 * The branch that an answer names: by its name, its place among those that were offered, or as people
 * say it (`메인`); `null` when it names none.
 *
 * @param offered the default branch first
 */
export function chosenBranch(utterance: Utterance, offered: readonly string[]): string | null {
  const text = wanted(utterance);
  const exact = offered.find((branch) => branch.toLowerCase() === bareName(text).toLowerCase());
  if (exact !== undefined) return exact;
  const place = placeSaid(utterance);
  if (place !== null) return atPlace(offered, place) ?? null;
  const words = text.split(/[\s,'"]+/u);
  const named = offered
    .toSorted((one, other) => other.length - one.length)
    .find((branch) => words.some((word) => isWord(word, branch)));
  if (named !== undefined) return named;
  for (const [pattern, names] of SAID) {
    if (!pattern.test(text)) continue;
    const known = offered.find((branch) => names.includes(branch.toLowerCase()));
    if (known !== undefined) return known;
    if (names.includes('main')) return offered[0] ?? null;
  }
  const bare = bareName(text.replace(/(?:의\s*)?브랜치\S*|\bbranch\b|\bthe\b|\bone\b/giu, ' '));
  return !/\s/.test(bare) && isBranchName(bare) && !isSentence(utterance) ? bare : null;
}

/** What is left after what is not wanted: `개발 말고 메인으로`. */
function wanted(utterance: Utterance): string {
  const not = utterance.tokens.find((token) => /^말고|^말구/.test(written(utterance, token)));
  return not === undefined ? utterance.text : utterance.text.slice(not.end);
}

function placeSaid(utterance: Utterance): number | null {
  const token = tokensOf(utterance, 'ordinal')[0] ?? tokensOf(utterance, 'number')[0];
  const value = token?.means.find(({ concept }) => concept === 'number')?.value;
  return value === undefined ? null : Number(value);
}

/** The word itself, or with a Korean particle behind it. */
function isWord(word: string, branch: string): boolean {
  const rest = word.toLowerCase().startsWith(branch.toLowerCase())
    ? word.slice(branch.length)
    : null;
  return rest !== null && /^[가-힣.!?]*$/u.test(rest);
}

/** A known word that is no branch, such as a sigh or a request for something else. */
function isSentence(utterance: Utterance): boolean {
  const [first] = utterance.tokens;
  return (
    utterance.tokens.length === 0 ||
    (first !== undefined &&
      first.means.length > 0 &&
      !has(utterance, 'branch') &&
      !means(first, 'new') &&
      !means(first, 'name') &&
      !means(first, 'release'))
  );
}

/** Enough for buttons; the others can be written. */
const MOST_BRANCHES = 9;

/**
 * The branches of a repository somebody may choose from, the default one first. An address that
 * names a branch itself leaves no choice.
 */
export async function branchesToChoose(
  bot: Bot,
  viewer: Viewer,
  address: string,
): Promise<
  Result<
    {
      readonly address: string;
      readonly repository: string;
      readonly branches: readonly string[];
      /** Whether there are no others. */
      readonly isAll: boolean;
    },
    NotFound
  >
> {
  const found = await findRepository(bot, address, null, viewer);
  const named = found.ok ? `${found.value.repository.owner}/${found.value.repository.name}` : null;
  const repository = named ?? (found.ok ? null : (found.repository ?? null));
  const github = found.ok ? found.value.github : found.github;
  if (repository === null || github === undefined) {
    return found.ok ? { ok: false, reason: 'off' } : found;
  }
  if (found.ok && found.value.branch.name !== found.value.repository.defaultBranch) {
    return {
      ok: true,
      value: { address, repository, branches: [found.value.branch.name], isAll: true },
    };
  }
  const [owner = '', name = ''] = repository.split('/');
  const branches = await github.branchNames(owner, name);
  if (!branches.ok) return { ok: false, reason: problemOf(branches) };
  const first = found.ok ? found.value.repository.defaultBranch : null;
  const rest = branches.value.filter((branch) => branch !== first);
  const all = first === null ? rest : [first, ...rest];
  return {
    ok: true,
    value: {
      address: repository,
      repository,
      branches: all.slice(0, MOST_BRANCHES),
      isAll: all.length <= MOST_BRANCHES,
    },
  };
}

/** So many branches are named. */
const MOST_NAMED = 20;

/** What a watch of a pattern covers now, the branches with the latest news first. */
export async function coveringText(
  { db, runtime, config }: Pick<Bot, 'db' | 'runtime' | 'config'>,
  { nickname, repository, branch }: Watch,
  language: Language,
): Promise<string> {
  const covered = await branchesUnder(db, branch.id);
  const now = runtime.now();
  const lines = covered.slice(0, MOST_NAMED).map(({ name, newsAt }) => {
    if (newsAt === null) return name;
    const when = instantText(newsAt, now, config.timeZone, language);
    return `${name} (${watchTexts.lastNews[language](when)})`;
  });
  const rest = covered.length - lines.length;
  return [
    `[${nickname}] ${repository.owner}/${repository.name} · ${branch.name}`,
    watchTexts.covers[language](covered.length),
    ...(lines.length > 0 ? ['', ...lines] : []),
    ...(rest > 0 ? [watchTexts.andMore[language](rest)] : []),
  ].join('\n');
}
