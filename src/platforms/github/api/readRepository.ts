import * as v from 'valibot';
import type { Head, HeadRepository } from './types.ts';

/** An instant as GitHub writes it (ISO 8601), in epoch milliseconds. */
export const instantSchema = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);

/** What fragment `Repo` asks for. */
export const repositorySchema = v.object({
  id: v.string(),
  databaseId: v.number(),
  name: v.string(),
  owner: v.object({ login: v.string(), avatarUrl: v.string() }),
  isEmpty: v.boolean(),
  isPrivate: v.boolean(),
  isArchived: v.boolean(),
  isDisabled: v.boolean(),
  pushedAt: v.nullable(v.string()),
});

/** What fragment `Branch` asks for. */
export const branchSchema = v.object({
  id: v.string(),
  name: v.string(),
  target: v.nullable(v.object({ oid: v.string() })),
});

/** The repository in the client's terms. */
export function repositoryOf(row: v.InferOutput<typeof repositorySchema>): HeadRepository {
  const { id, databaseId, owner, name, isEmpty, isArchived, isDisabled, pushedAt } = row;
  return {
    id: databaseId,
    nodeId: id,
    owner: owner.login,
    name,
    isEmpty,
    isArchived,
    isDisabled,
    pushedAt,
  };
}

/** The branch in the client's terms; `null` when it points at nothing. */
export function headOf(
  ref: v.InferOutput<typeof branchSchema>,
  repository: HeadRepository,
): Head | null {
  if (ref.target === null) return null;
  return { nodeId: ref.id, branch: ref.name, head: ref.target.oid, repository };
}
