import * as v from 'valibot';
import type { GitHubCaller } from './call.ts';
import type { GitHubResult } from './failure.ts';
import { refused } from './failure.ts';
import { failedItems } from './graphql.ts';
import { HEADS, headsByNameQuery } from './queries.ts';
import { newsSchema, releasesOf } from './readReleases.ts';
import {
  branchSchema,
  headOf,
  instantSchema,
  repositoryOf,
  repositorySchema,
} from './readRepository.ts';
import type { Heads, HeadsQuestion, NamedBranch, NamedHead } from './types.ts';

/** `nodes(ids:)` takes no more. */
const MAX_AT_ONCE = 100;

/** One item that cannot be read, or is of another type, must not hide the others. */
const refSchema = v.fallback(
  v.nullable(v.object({ ...branchSchema.entries, repository: repositorySchema })),
  null,
);
const releasesSchema = v.fallback(
  v.nullable(v.object({ id: v.string(), isPrivate: v.boolean(), ...newsSchema.entries })),
  null,
);
const headsSchema = v.object({
  rateLimit: v.nullish(v.object({ remaining: v.number(), resetAt: instantSchema }), null),
  refs: v.optional(v.array(refSchema), []),
  repositories: v.optional(v.array(releasesSchema), []),
});

/** A node of another type than the one asked for is an empty object. */
const otherSchema = v.pipe(
  v.strictObject({}),
  v.transform(() => null),
);
const rowSchema = v.fallback(
  v.nullish(
    v.union([
      v.object({ ...repositorySchema.entries, ref: v.nullable(branchSchema) }),
      otherSchema,
    ]),
  ),
  undefined,
);
const namedSchema = v.record(v.string(), rowSchema);

/**
 * Heads of branches and releases of repositories in one call of about three points. One that became
 * private is not there, though the token may see it: its watchers are strangers.
 */
export async function heads(
  call: GitHubCaller,
  { refs, repositories }: HeadsQuestion,
): Promise<GitHubResult<Heads>> {
  if (refs.length > MAX_AT_ONCE || repositories.length > MAX_AT_ONCE) return tooMany();
  if (refs.length + repositories.length === 0) {
    return { ok: true, value: { heads: [], releases: [], budget: null } };
  }
  const variables = {
    refs,
    repositories,
    hasRefs: refs.length > 0,
    hasRepositories: repositories.length > 0,
  };
  const told = await call.graphql({ query: HEADS, variables, isBatch: true }, headsSchema);
  if (!told.ok) return told;
  const { data, hidden } = told.value;
  if (data.refs.length !== refs.length || data.repositories.length !== repositories.length) {
    return refused('too-heavy', 'GitHub answered for fewer than it was asked about');
  }
  const failed = failedItems(hidden, 2);
  return {
    ok: true,
    value: {
      heads: data.refs.map((ref, index) =>
        ref === null || ref.repository.isPrivate || failed.has(`refs.${index}`)
          ? null
          : headOf(ref, repositoryOf(ref.repository)),
      ),
      releases: data.repositories.map((repository, index) =>
        repository === null || repository.isPrivate || failed.has(`repositories.${index}`)
          ? null
          : releasesOf(repository),
      ),
      budget: data.rateLimit,
    },
  };
}

/**
 * Heads of at most 100 branches by name, in their order: for refs whose node id is not known.
 * `null`: GitHub failed on this one; it may be there.
 */
export async function headsByName(
  call: GitHubCaller,
  branches: readonly NamedBranch[],
): Promise<GitHubResult<readonly (NamedHead | null)[]>> {
  if (branches.length > MAX_AT_ONCE) return tooMany();
  if (branches.length === 0) return { ok: true, value: [] };
  const query = headsByNameQuery(
    branches.map((branch) => ('repositoryId' in branch ? 'id' : 'name')),
  );
  const variables = Object.fromEntries(branches.flatMap(namedVariables));
  const told = await call.graphql({ query, variables, isBatch: true }, namedSchema);
  if (!told.ok) return told;
  const { data, hidden } = told.value;
  const failed = failedItems(hidden);
  const value = branches.map((_, index) => {
    const row = data[`r${index}`];
    return row === undefined || failed.has(`r${index}`) ? null : namedHead(row);
  });
  return { ok: true, value };
}

function namedVariables(branch: NamedBranch, index: number): [string, string][] {
  const repository: [string, string][] =
    'repositoryId' in branch
      ? [[`i${index}`, branch.repositoryId]]
      : [
          [`o${index}`, branch.owner],
          [`n${index}`, branch.name],
        ];
  return [...repository, [`b${index}`, `refs/heads/${branch.branch}`]];
}

function namedHead(row: Exclude<v.InferOutput<typeof rowSchema>, undefined>): NamedHead {
  if (row === null || row.isPrivate) return { kind: 'no-repository' };
  const repository = repositoryOf(row);
  const head = row.ref && headOf(row.ref, repository);
  return head === null ? { kind: 'no-branch', repository } : { kind: 'found', ...head };
}

function tooMany() {
  return refused('invalid', `at most ${MAX_AT_ONCE} at once`);
}
