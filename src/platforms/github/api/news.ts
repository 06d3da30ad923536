import * as v from 'valibot';
import type { GitHubResult } from './answer.ts';
import { failedItems, refused } from './answer.ts';
import type { GitHubCaller } from './call.ts';
import { notesOfHtml } from './notes.ts';
import { instantSchema, newsQuery } from './queries.ts';
import type {
  Commit,
  History,
  News,
  NewsQuestion,
  Page,
  Release,
  ReleasesPage,
  Tag,
} from './types.ts';

/** More at once were seen to come back incomplete, without an error. */
const MAX_AT_ONCE = 40;
const COMMITS = 20;

const commitSchema = v.object({
  oid: v.string(),
  message: v.string(),
  committedDate: instantSchema,
  url: v.string(),
  author: v.nullable(
    v.object({
      name: v.nullable(v.string()),
      email: v.nullable(v.string()),
      user: v.nullish(v.object({ login: v.string() })),
    }),
  ),
  parents: v.optional(v.object({ totalCount: v.number() })),
});
const historySchema = v.object({
  totalCount: v.number(),
  nodes: v.nullable(v.array(v.nullable(commitSchema))),
});
/** One item that cannot be read must not hide the others. */
const logSchema = v.fallback(
  v.nullish(
    v.object({
      isPrivate: v.boolean(),
      // What is no commit has no `history`; a branch can point at nothing else.
      ref: v.nullable(
        v.object({ target: v.nullable(v.object({ history: v.optional(historySchema) })) }),
      ),
    }),
  ),
  undefined,
);

const releaseSchema = v.object({
  id: v.string(),
  tagName: v.string(),
  name: v.nullable(v.string()),
  isDraft: v.boolean(),
  isPrerelease: v.boolean(),
  publishedAt: v.nullable(instantSchema),
  createdAt: instantSchema,
  url: v.string(),
  tagCommit: v.nullish(v.object({ oid: v.string() })),
  shortDescriptionHTML: v.nullish(v.string()),
});
const tagSchema = v.object({
  name: v.string(),
  target: v.nullable(
    v.object({
      committedDate: v.optional(instantSchema),
      tagger: v.nullish(v.object({ date: v.nullable(v.string()) })),
    }),
  ),
});
const pageOf = <Node extends v.GenericSchema>(node: Node) =>
  v.nullish(
    v.object({
      totalCount: v.number(),
      pageInfo: v.object({ hasNextPage: v.boolean(), endCursor: v.nullable(v.string()) }),
      nodes: v.nullable(v.array(v.nullable(node))),
    }),
  );
const listSchema = v.fallback(
  v.nullish(
    v.object({
      isPrivate: v.boolean(),
      url: v.string(),
      releases: pageOf(releaseSchema),
      tags: pageOf(tagSchema),
    }),
  ),
  undefined,
);

/** The newest commits of branches, and releases and tags of repositories: at most 40 in all. */
export async function news(
  call: GitHubCaller,
  { histories, hasParents, releases }: NewsQuestion,
): Promise<GitHubResult<News>> {
  const count = histories.length + releases.length;
  if (count > MAX_AT_ONCE) return refused('invalid', `at most ${MAX_AT_ONCE} at once`);
  if (count === 0) return { ok: true, value: { histories: new Map(), releases: new Map() } };
  const query = newsQuery(
    histories.length,
    hasParents,
    releases.map((one) => ({
      releases: one.releases !== undefined,
      tags: one.tags !== undefined,
    })),
  );
  const variables = {
    ...(histories.length > 0 && { first: COMMITS }),
    ...Object.fromEntries([
      ...histories.flatMap(({ repositoryId, branch }, index) => [
        [`i${index}`, repositoryId],
        [`b${index}`, `refs/heads/${branch}`],
      ]),
      ...releases.flatMap(({ repositoryId, most, releases: wanted, tags }, index) => [
        [`s${index}`, repositoryId],
        [`m${index}`, most],
        ...(wanted ? [[`ra${index}`, wanted.after]] : []),
        ...(tags ? [[`ta${index}`, tags.after]] : []),
      ]),
    ]),
  };
  const told = await call.graphql(
    { query, variables, isBatch: count > 1 },
    v.record(v.string(), v.unknown()),
  );
  if (!told.ok) return told;
  const { data, hidden } = told.value;
  const failed = failedItems(hidden);
  const logs = new Map<string, History | null>();
  for (const [index, { key }] of histories.entries()) {
    const row = v.parse(logSchema, data[`r${index}`]);
    if (row === undefined || failed.has(`r${index}`)) continue;
    const history = row?.ref?.target?.history;
    logs.set(key, row && history ? historyOf(history, row.isPrivate) : null);
  }
  const lists = new Map<string, ReleasesPage | null>();
  for (const [index, { key }] of releases.entries()) {
    const row = v.parse(listSchema, data[`s${index}`]);
    if (row === undefined || failed.has(`s${index}`)) continue;
    lists.set(key, row && { releases: releasesOf(row), tags: tagsOf(row) });
  }
  return { ok: true, value: { histories: logs, releases: lists } };
}

function historyOf(
  { totalCount, nodes }: v.InferOutput<typeof historySchema>,
  isPrivate: boolean,
): History {
  return { commits: present(nodes).map(commitOf), total: totalCount, isPrivate };
}

function commitOf(row: v.InferOutput<typeof commitSchema>): Commit {
  return {
    sha: row.oid,
    ...messageParts(row.message),
    author: row.author?.name ?? '',
    login: row.author?.user?.login ?? '',
    email: row.author?.email ?? '',
    isMerge: row.parents === undefined ? null : row.parents.totalCount > 1,
    at: row.committedDate,
    url: row.url,
  };
}

/** The first line of a commit's message, and the rest of it. */
export function messageParts(text: string): Pick<Commit, 'message' | 'body'> {
  const end = text.indexOf('\n');
  if (end === -1) return { message: text, body: '' };
  return { message: text.slice(0, end).trimEnd(), body: text.slice(end + 1).trim() };
}

type ListRow = NonNullable<v.InferOutput<typeof listSchema>>;

/** Without drafts: they are nobody's news. */
function releasesOf({ releases }: ListRow): Page<Release> | null {
  if (!releases) return null;
  const published = present(releases.nodes).filter(({ isDraft }) => !isDraft);
  return {
    ...placeOf(releases),
    items: published.map((release) => ({
      id: release.id,
      tag: release.tagName,
      title: release.name?.trim() || release.tagName,
      isPrerelease: release.isPrerelease,
      at: release.publishedAt ?? release.createdAt,
      url: release.url,
      target: release.tagCommit?.oid ?? '',
      notes: notesOfHtml(release.shortDescriptionHTML ?? ''),
    })),
  };
}

function tagsOf({ tags, url }: ListRow): Page<Tag> | null {
  if (!tags) return null;
  return {
    ...placeOf(tags),
    items: present(tags.nodes).map((tag) => ({
      name: tag.name,
      at: taggedAt(tag),
      url: `${url}/releases/tag/${encodeURIComponent(tag.name)}`,
    })),
  };
}

function placeOf({
  totalCount,
  pageInfo,
}: {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}): { readonly total: number; readonly next: string | null } {
  return { total: totalCount, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

function taggedAt({ target }: v.InferOutput<typeof tagSchema>): number {
  // A tag may have been made by hand, with a date that is none.
  const taggerAt = Date.parse(target?.tagger?.date ?? '');
  return target?.committedDate ?? (Number.isNaN(taggerAt) ? 0 : taggerAt);
}

function present<Item>(nodes: readonly (Item | null)[] | null): Item[] {
  return (nodes ?? []).flatMap((node) => node ?? []);
}
