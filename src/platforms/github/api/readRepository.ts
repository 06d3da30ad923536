import * as v from 'valibot';
import type { HeadRepository } from './types.ts';

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

/** What fragment `Home` asks for. */
export const homeSchema = v.object({
  nameWithOwner: v.string(),
  isPrivate: v.boolean(),
  isArchived: v.boolean(),
  pushedAt: v.nullable(v.string()),
  defaultBranchRef: v.nullable(v.object({ name: v.string() })),
});

/** What fragment `Branch` asks for. */
export const branchSchema = v.object({
  id: v.string(),
  name: v.string(),
  target: v.nullable(v.object({ oid: v.string() })),
});

/** The repository in the client's terms. */
export function homeOf(row: v.InferOutput<typeof homeSchema>): HeadRepository {
  const { nameWithOwner, isPrivate, isArchived, pushedAt, defaultBranchRef } = row;
  const [owner = '', name = ''] = nameWithOwner.split('/');
  const defaultBranch = defaultBranchRef?.name ?? null;
  return { owner, name, isPrivate, isArchived, pushedAt, defaultBranch };
}
