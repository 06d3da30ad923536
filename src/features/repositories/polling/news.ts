import { HOUR_MS } from '../../../lib/time.ts';
import type { GitHubSource, History, NamedHead } from '../../../platforms/github/source.ts';
import type { PolledBranch } from '../store/branches.ts';
import { type Decision, decideCommits } from './decide.ts';
import {
  pageOf,
  type Story,
  storyOfComparison,
  storyOfHistory,
  storyWithoutComparison,
} from './story.ts';
import { ask, askInBatches, type Talk } from './talk.ts';

/** More histories in one call come back incomplete (docs/platforms/github.md, GraphQL). */
const HISTORIES_AT_ONCE = 40;
/** What GitHub cannot compare for so long is told without. */
const COMPARABLE_MS = 6 * HOUR_MS;

/** A branch that has a new head. */
export interface Moved {
  readonly branch: PolledBranch;
  readonly found: Extract<NamedHead, { kind: 'found' }>;
}

/**
 * What is to be told of branches with new heads: their newest commits, 40 branches a call, and a
 * comparison each for those whose old head is not among them. A branch whose answer does not come
 * keeps its old head, so the next look asks again.
 */
export async function commitNews(
  talk: Talk,
  github: GitHubSource,
  moved: readonly Moved[],
  now: number,
): Promise<Decision[]> {
  const histories = new Map<Moved, History | null>();
  await askInBatches(
    talk,
    moved,
    HISTORIES_AT_ONCE,
    (batch) =>
      github.histories(
        batch.map(({ branch, found: { repository } }) => ({
          key: String(branch.id),
          owner: repository.owner,
          name: repository.name,
          branch: branch.name,
        })),
      ),
    (batch, told) => {
      for (const one of batch) histories.set(one, told.get(String(one.branch.id)) ?? null);
    },
  );
  const decisions: Decision[] = [];
  for (const one of moved) {
    if (talk.stopped === null && !histories.has(one)) histories.set(one, null);
    const history = histories.get(one);
    if (history === undefined) continue;
    // Somebody may have pushed between the two questions.
    const head = history?.commits[0]?.sha ?? one.found.head;
    const story = await storyOf(talk, github, one, history, head, now);
    if (story === undefined) continue;
    const depth = history?.total ?? null;
    decisions.push(decideCommits(one.branch, one.found, { head, depth, story }, now));
  }
  return decisions;
}

/** `null`: nothing to tell; `undefined`: not known yet. */
async function storyOf(
  talk: Talk,
  github: GitHubSource,
  { branch, found: { repository } }: Moved,
  history: History | null,
  head: string,
  now: number,
): Promise<Story | null | undefined> {
  const page = pageOf(repository);
  const story = history && storyOfHistory(branch, history, page);
  if (story !== null) return story;
  if (branch.head === null) return storyWithoutComparison(branch, history, false, page);
  if (branch.head === head) return null;
  const { owner, name, pushedAt } = repository;
  const question = { owner, name, base: branch.head, head };
  const compared = await ask(talk, () => github.compare(question));
  if (compared?.ok) return storyOfComparison(compared.value);
  const isLasting = pushedAt !== null && now - Date.parse(pushedAt) > COMPARABLE_MS;
  if (compared === null || (compared.reason === 'unavailable' && !isLasting)) return undefined;
  return storyWithoutComparison(branch, history, compared.reason === 'not-found', page);
}
