import * as v from 'valibot';
import { failedItems, type GitHubResult, refused } from './answer.ts';
import type { GitHubCaller } from './call.ts';
import {
  branchSchema,
  FITTING,
  headsByNameQuery,
  headsQuery,
  homeOf,
  homeSchema,
  instantSchema,
} from './queries.ts';
import type {
  FittingBranches,
  FittingQuestion,
  Heads,
  HeadsQuestion,
  NamedBranch,
  NamedHead,
} from './types.ts';

/** `nodes(ids:)` takes no more. */
const MAX_AT_ONCE = 100;
/** Each brings up to 100 branches; 40 such lists in one answer were seen to come whole. */
const MAX_PATTERNS = 20;

/** One item that cannot be read, or is of another type, must not hide the others. */
const refSchema = v.fallback(
  v.nullable(
    v.object({
      name: v.string(),
      target: v.nullable(v.object({ oid: v.string() })),
      repository: homeSchema,
    }),
  ),
  null,
);
const fittingSchema = v.fallback(
  v.nullish(
    v.object({
      ...homeSchema.entries,
      refs: v.nullable(
        v.object({
          nodes: v.nullable(v.array(v.nullable(branchSchema))),
          pageInfo: v.object({ hasNextPage: v.boolean(), endCursor: v.nullable(v.string()) }),
        }),
      ),
    }),
  ),
  null,
);
const headsSchema = v.objectWithRest(
  {
    rateLimit: v.nullish(v.object({ remaining: v.number(), resetAt: instantSchema }), null),
    refs: v.optional(v.array(refSchema), []),
    // What is in them is compared as a whole, not read.
    repositories: v.optional(v.array(v.unknown()), []),
  },
  v.unknown(),
);

/** A node of another type than the one asked for is an empty object. */
const otherSchema = v.pipe(
  v.strictObject({}),
  v.transform(() => null),
);
const rowSchema = v.fallback(
  v.nullish(
    v.union([v.object({ ...homeSchema.entries, ref: v.nullable(branchSchema) }), otherSchema]),
  ),
  undefined,
);
const namedSchema = v.record(v.string(), rowSchema);

/**
 * Heads of branches, marks of repositories and branches that may fit patterns, in one call of about
 * three points. What is private says so: its watchers may be strangers.
 */
export async function heads(
  call: GitHubCaller,
  { refs, repositories, patterns }: HeadsQuestion,
): Promise<GitHubResult<Heads>> {
  if (Math.max(refs.length, repositories.length) > MAX_AT_ONCE || patterns.length > MAX_PATTERNS) {
    return tooMany();
  }
  if (refs.length + repositories.length + patterns.length === 0) {
    return { ok: true, value: { heads: [], marks: [], patterns: [], budget: null } };
  }
  const variables = {
    refs,
    repositories,
    hasRefs: refs.length > 0,
    hasRepositories: repositories.length > 0,
    ...Object.fromEntries(
      patterns.flatMap(({ repositoryId, part }, index) => [
        [`i${index}`, repositoryId],
        [`q${index}`, part || null],
      ]),
    ),
  };
  const query = headsQuery(patterns.length);
  const told = await call.graphql({ query, variables, isBatch: true }, headsSchema);
  if (!told.ok) return told;
  const { data, hidden } = told.value;
  if (data.refs.length !== refs.length || data.repositories.length !== repositories.length) {
    return refused('too-heavy', 'GitHub answered for fewer than it was asked about');
  }
  const failed = failedItems(hidden, 2);
  const failedPatterns = failedItems(hidden);
  return {
    ok: true,
    value: {
      heads: data.refs.map((ref, index) => {
        if (ref === null || ref.target === null || failed.has(`refs.${index}`)) return null;
        const { name, target, repository } = ref;
        const nodeId = refs[index] ?? '';
        return { nodeId, branch: name, head: target.oid, repository: homeOf(repository) };
      }),
      marks: data.repositories.map((mark, index) =>
        mark === null || failed.has(`repositories.${index}`)
          ? null
          : shortHash(JSON.stringify(mark)),
      ),
      patterns: patterns.map((_, index) =>
        failedPatterns.has(`p${index}`) ? null : fittingOf(data[`p${index}`]),
      ),
      budget: data.rateLimit,
    },
  };
}

/** Further branches that may fit a pattern. `null`: no such repository (any more). */
export async function fittingBranches(
  call: GitHubCaller,
  { repositoryId, part }: FittingQuestion,
  after: string | null,
): Promise<GitHubResult<FittingBranches | null>> {
  const variables = { id: repositoryId, q: part || null, after };
  const schema = v.object({ node: v.unknown() });
  const told = await call.graphql({ query: FITTING, variables, isBatch: false }, schema);
  if (!told.ok) return told;
  return failedItems(told.value.hidden).size > 0
    ? refused('unavailable', 'GitHub failed on this repository')
    : { ok: true, value: fittingOf(told.value.data.node) };
}

function fittingOf(row: unknown): FittingBranches | null {
  const read = v.parse(fittingSchema, row);
  if (!read?.refs) return null;
  const { nodes, pageInfo } = read.refs;
  return {
    repository: homeOf(read),
    branches: (nodes ?? []).flatMap((node) =>
      node?.target ? { nodeId: node.id, name: node.name, head: node.target.oid } : [],
    ),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
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
  if (row === null) return { kind: 'no-repository' };
  const repository = homeOf(row);
  const { ref } = row;
  return ref?.target
    ? { kind: 'found', nodeId: ref.id, branch: ref.name, head: ref.target.oid, repository }
    : { kind: 'no-branch', repository };
}

function tooMany() {
  return refused('invalid', `at most ${MAX_AT_ONCE} at once`);
}

/**
 * A text of at most 13 characters that is another for another text, as good as surely. Not for
 * secrets: anybody can find two texts with the same one. (FNV-1a, twice, on halves of its own.)
 */
function shortHash(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x1000193;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
  }
  return `${(one >>> 0).toString(36)}${(other >>> 0).toString(36)}`;
}
