import * as v from 'valibot';
import type { GitHubCaller } from './call.ts';
import type { GitHubResult } from './failure.ts';
import { refused } from './failure.ts';
import { failedItems } from './graphql.ts';
import { historiesQuery } from './queries.ts';
import { instantSchema } from './readRepository.ts';
import type { Commit, History, HistoryQuestion } from './types.ts';

/**
 * More at once were seen to come back incomplete, without an error (docs/platforms/github.md,
 * GraphQL).
 */
const MAX_AT_ONCE = 40;
const COMMITS = 20;

const commitSchema = v.object({
  oid: v.string(),
  messageHeadline: v.string(),
  committedDate: instantSchema,
  url: v.string(),
  author: v.nullable(v.object({ name: v.nullable(v.string()), email: v.nullable(v.string()) })),
});
const historySchema = v.object({
  totalCount: v.number(),
  nodes: v.nullable(v.array(v.nullable(commitSchema))),
});
/** One item that cannot be read must not hide the others. */
const rowSchema = v.fallback(
  v.nullish(
    v.object({
      // What is no commit has no `history`; a branch can point at nothing else.
      ref: v.nullable(
        v.object({ target: v.nullable(v.object({ history: v.optional(historySchema) })) }),
      ),
    }),
  ),
  undefined,
);
const dataSchema = v.record(v.string(), rowSchema);

/**
 * The newest commits of at most 40 branches, each under its key; `null` where there is no such
 * branch or repository (any more), nothing where GitHub failed on this one.
 */
export async function histories(
  call: GitHubCaller,
  questions: readonly HistoryQuestion[],
): Promise<GitHubResult<ReadonlyMap<string, History | null>>> {
  if (questions.length > MAX_AT_ONCE) return refused('invalid', `at most ${MAX_AT_ONCE} at once`);
  if (questions.length === 0) return { ok: true, value: new Map() };
  const query = historiesQuery(questions.length);
  const named = questions.flatMap(({ owner, name, branch }, index) => [
    [`o${index}`, owner],
    [`n${index}`, name],
    [`b${index}`, `refs/heads/${branch}`],
  ]);
  const variables = { first: COMMITS, ...Object.fromEntries(named) };
  const told = await call.graphql({ query, variables, isBatch: true }, dataSchema);
  if (!told.ok) return told;
  const { data, hidden } = told.value;
  const failed = failedItems(hidden);
  const value = new Map<string, History | null>();
  for (const [index, { key }] of questions.entries()) {
    const row = data[`r${index}`];
    if (row === undefined || failed.has(`r${index}`)) continue;
    const history = row?.ref?.target?.history;
    value.set(key, history ? historyOf(history) : null);
  }
  return { ok: true, value };
}

function historyOf({ totalCount, nodes }: v.InferOutput<typeof historySchema>): History {
  return { commits: (nodes ?? []).flatMap((node) => node ?? []).map(commitOf), total: totalCount };
}

function commitOf(row: v.InferOutput<typeof commitSchema>): Commit {
  return {
    sha: row.oid,
    message: row.messageHeadline,
    author: row.author?.name ?? '',
    email: row.author?.email ?? '',
    at: row.committedDate,
    url: row.url,
  };
}
