import * as v from 'valibot';
import { HOUR_MS } from '../../../lib/time.ts';
import type { GitHubClient } from '../../../platforms/github/api/client.ts';
import type {
  History,
  NamedHead,
  Release,
  ReleasesPage,
  Tag,
} from '../../../platforms/github/api/types.ts';
import type { PolledBranch } from '../store/branches.ts';
import { type Decision, decideCommits, decideStuck } from './decide.ts';
import {
  pageOf,
  type RefUpdate,
  updateFromComparison,
  updateFromGrowth,
  updateFromHistory,
  updateOfLostHead,
} from './refUpdate.ts';
import { ask, askInBatches, slices, type Talk } from './talk.ts';

/**
 * What is known of a tag: `t` told as a tag (or there before somebody wanted it), `r` as a release,
 * `x` gone from GitHub; `p` a pre-release, with the commit it was made of and when it was told last;
 * `w` a tag that waits for its release since an instant.
 */
export type Known =
  | readonly ['t' | 'r' | 'x']
  | readonly ['p', target: string, toldAt: number]
  | readonly ['w', since: number];

/** By tag. */
export type ReleaseMemory = Map<string, Known>;

const known = v.union([
  v.tuple([v.picklist(['t', 'r', 'x'])]),
  v.tuple([v.literal('p'), v.string(), v.number()]),
  v.tuple([v.literal('w'), v.number()]),
]);
const schema = v.object({
  /** How many tags GitHub has that are too old to be read. */
  beyond: v.number(),
  tags: v.array(v.tuple([v.string(), known])),
});

/** So many tags are remembered, the newest ones. */
const MOST_REMEMBERED = 1000;

interface StoredMemory {
  readonly memory: ReleaseMemory;
  readonly beyond: number;
}

/** As `known_releases.known` keeps it. */
export function readMemory(json: string | undefined): StoredMemory {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), json);
  return read.success
    ? { memory: new Map(read.output.tags), beyond: read.output.beyond }
    : { memory: new Map(), beyond: 0 };
}

export function writeMemory({ memory, beyond }: StoredMemory): string {
  return JSON.stringify({ beyond, tags: [...memory].slice(0, MOST_REMEMBERED) });
}

/** More in one call come back incomplete. */
const AT_ONCE = 40;
/** What GitHub cannot compare for so long is told without. */
const COMPARABLE_MS = 6 * HOUR_MS;
/** Releases and tags of a page: the first one, and further ones. */
const FIRST_PAGE = 20;
const NEXT_PAGE = 100;
const MOST_PAGES = MOST_REMEMBERED / NEXT_PAGE;

/** A branch that has a new head. */
export interface Moved {
  readonly branch: PolledBranch;
  readonly found: Extract<NamedHead, { kind: 'found' }>;
}

/** A repository of whose releases something is another than at the last look. */
export interface Stirred {
  /** GitHub's number, and its node id. */
  readonly id: number;
  readonly nodeId: string;
  readonly stored: StoredMemory;
  /** Nobody has looked yet: everything is to be read. */
  readonly isFirst: boolean;
}

/** Releases and tags that are not known, or are another now, and some that are known. */
export interface Listed {
  readonly releases: readonly Release[];
  readonly tags: readonly Tag[];
  /** How many tags are too old to be read. */
  readonly beyond: number;
  /** All that can be read was: what is not among it is not there any more. */
  readonly isWhole: boolean;
}

export interface Answers {
  readonly histories: ReadonlyMap<Moved, History | null>;
  readonly pages: ReadonlyMap<Stirred, ReleasesPage | null>;
}

/**
 * The newest commits of branches that moved, and the newest releases and tags of repositories where
 * something stirred: forty of both together a call.
 */
export async function readNews(
  talk: Talk,
  github: GitHubClient,
  moved: readonly Moved[],
  stirred: readonly Stirred[],
): Promise<Answers> {
  const histories = new Map<Moved, History | null>();
  const pages = new Map<Stirred, ReleasesPage | null>();
  type Item = { readonly moved: Moved } | { readonly stirred: Stirred };
  const items: Item[] = [
    ...moved.map((one) => ({ moved: one })),
    ...stirred.map((one) => ({ stirred: one })),
  ];
  const movedIn = (batch: readonly Item[]) =>
    batch.flatMap((item) => ('moved' in item ? item.moved : []));
  const stirredIn = (batch: readonly Item[]) =>
    batch.flatMap((item) => ('stirred' in item ? item.stirred : []));
  await askInBatches(
    talk,
    slices(items, AT_ONCE),
    (batch) =>
      github.news({
        histories: movedIn(batch).map(({ branch }) => ({
          key: String(branch.id),
          repositoryId: branch.repository.nodeId,
          branch: branch.name,
        })),
        hasParents: movedIn(batch).some(
          ({ branch }) => branch.leavesOutMerges || (branch.depth === null && branch.head !== null),
        ),
        releases: stirredIn(batch).map(({ id, nodeId, isFirst }) => ({
          key: String(id),
          repositoryId: nodeId,
          most: isFirst ? NEXT_PAGE : FIRST_PAGE,
          releases: { after: null },
          tags: { after: null },
        })),
      }),
    (batch, told) => {
      for (const one of movedIn(batch)) {
        const history = told.histories.get(String(one.branch.id)) ?? null;
        // It may have become private between the two questions.
        if (!history?.isPrivate || one.branch.seesPrivate) histories.set(one, history);
      }
      for (const one of stirredIn(batch)) {
        const page = told.releases.get(String(one.id));
        if (page !== undefined) pages.set(one, page);
      }
    },
  );
  return { histories, pages };
}

/**
 * What is to be told of branches with new heads, with a comparison each for those whose old head is
 * not among their newest commits. A branch whose answer does not come keeps its old head, so the
 * next look asks again.
 */
export async function commitNews(
  talk: Talk,
  github: GitHubClient,
  moved: readonly Moved[],
  histories: ReadonlyMap<Moved, History | null>,
  now: number,
): Promise<Decision[]> {
  const decisions: Decision[] = [];
  for (const one of moved) {
    const history = histories.get(one);
    if (history === undefined) continue;
    // Somebody may have pushed between the two questions.
    const head = history?.commits[0]?.sha ?? one.found.head;
    const update = await updateOf(talk, github, one, history, head, now);
    if (update === 'stuck') {
      decisions.push(...[decideStuck(one.branch, now)].flatMap((stuck) => stuck ?? []));
    } else if (update !== 'unknown') {
      const depth = history?.total ?? null;
      decisions.push(decideCommits(one.branch, one.found, { head, depth, update }, now));
    }
  }
  return decisions;
}

/** `null`: nothing to tell; `unknown`: ask again; `stuck`: GitHub answers, but not this. */
async function updateOf(
  talk: Talk,
  github: GitHubClient,
  { branch, found: { repository } }: Moved,
  history: History | null,
  head: string,
  now: number,
): Promise<RefUpdate | null | 'unknown' | 'stuck'> {
  const page = pageOf(repository);
  const update = history && updateFromHistory(branch, history, page);
  if (update !== null) return update;
  // The first commits of a branch that had none, and then was not there.
  if (branch.head === null) return history === null ? 'unknown' : null;
  if (branch.head === head) return null;
  const question = { repository: branch.repository.id, base: branch.head, head };
  const compared = await ask(talk, () => github.compare(question));
  if (compared === null) return 'unknown';
  if (compared.ok) return updateFromComparison(compared.value);
  if (compared.reason === 'not-found') return updateOfLostHead(branch, history, page);
  // What cannot be read was not answered, and neither was what is broken for now.
  const isLasting = branch.stuckSince !== null && now - branch.stuckSince >= COMPARABLE_MS;
  return isLasting && history !== null ? updateFromGrowth(branch, history, page) : 'stuck';
}

/** The commits that only a new branch has. */
export async function updateOfNewBranch(
  talk: Talk,
  github: GitHubClient,
  repository: { readonly id: number; readonly page: string; readonly defaultBranch: string | null },
  branch: { readonly name: string; readonly head: string },
): Promise<RefUpdate> {
  const { id, page, defaultBranch } = repository;
  const url = `${page}/tree/${branch.name.split('/').map(encodeURIComponent).join('/')}`;
  const created = { change: 'created', commits: [], total: 0, url } as const;
  if (defaultBranch === null) return created;
  const question = { repository: id, base: defaultBranch, head: branch.head };
  const compared = await ask(talk, () => github.compare(question));
  if (!compared?.ok) return created;
  const { commits, total } = compared.value;
  return { ...created, commits: commits.toReversed(), total };
}

/**
 * Reads on through the releases and tags of a repository while the oldest one of a page is not
 * known, or while GitHub has more of them than are accounted for.
 *
 * @returns `null` when an answer does not come: the next look asks again
 */
export async function listReleases(
  talk: Talk,
  github: GitHubClient,
  { id, nodeId, stored: { memory, beyond }, isFirst }: Stirred,
  first: ReleasesPage,
): Promise<Listed | null> {
  const releases = [...(first.releases?.items ?? [])];
  const tags = [...(first.tags?.items ?? [])];
  const total = first.tags?.total ?? 0;
  let [nextRelease, nextTag] = [first.releases?.next ?? null, first.tags?.next ?? null];
  const here = [...memory.values()].filter(([state]) => state !== 'x').length;
  const isNew = (tag: string) => !memory.has(tag) || memory.get(tag)?.[0] === 'x';
  // Every release has a tag, so the tags are accounted for by name.
  const missing = () => {
    const found = new Set(tags.map(({ name }) => name).filter(isNew));
    return total - here - beyond - found.size;
  };
  for (let page = 1; page < MOST_PAGES; page += 1) {
    const lastRelease = releases.at(-1);
    const wantsReleases =
      nextRelease !== null && (isFirst || (lastRelease !== undefined && isNew(lastRelease.tag)));
    const lastTag = tags.at(-1);
    const wantsTags =
      nextTag !== null &&
      (isFirst || missing() !== 0 || (lastTag !== undefined && isNew(lastTag.name)));
    if (!wantsReleases && !wantsTags) break;
    const question = {
      key: String(id),
      repositoryId: nodeId,
      most: NEXT_PAGE,
      ...(wantsReleases && { releases: { after: nextRelease } }),
      ...(wantsTags && { tags: { after: nextTag } }),
    };
    const told = await ask(talk, () =>
      github.news({ histories: [], hasParents: false, releases: [question] }),
    );
    if (!told?.ok) return null;
    const further = told.value.releases.get(String(id));
    if (!further) return null;
    releases.push(...(further.releases?.items ?? []));
    tags.push(...(further.tags?.items ?? []));
    if (wantsReleases) nextRelease = further.releases?.next ?? null;
    if (wantsTags) nextTag = further.tags?.next ?? null;
  }
  const isWhole = nextTag === null;
  return { releases, tags, beyond: isWhole ? 0 : Math.max(0, total - tags.length), isWhole };
}
