import { RELEASES_WANTED } from './options.ts';

/** A repository that is to be watched, as GitHub tells it. */
export interface NewRepository {
  /** GitHub's own number. */
  readonly id: number;
  readonly nodeId: string;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string | null;
  readonly isArchived: boolean;
  /** The owner's own: nobody else may hear of it. */
  readonly isPrivate: boolean;
}

/** Statement: writes repositories down; one that is there already is as it was looked at last. */
export function meetRepositories(
  db: D1Database,
  repositories: readonly NewRepository[],
  now: number,
): D1PreparedStatement {
  const asked = repositories.map(
    ({ id, nodeId, owner, name, defaultBranch, isArchived, isPrivate }) =>
      ({ id, nodeId, owner, name, defaultBranch, isArchived, isPrivate }) satisfies NewRepository,
  );
  return db
    .prepare(
      `INSERT INTO repositories (id, node_id, owner, name, default_branch, is_archived, is_private,
                                 changed_at, added_at)
       SELECT value->>'id', value->>'nodeId', value->>'owner', value->>'name',
              value->>'defaultBranch', value->>'isArchived', value->>'isPrivate', ?2, ?2
       FROM json_each(?1) WHERE true ON CONFLICT (id) DO NOTHING`,
    )
    .bind(JSON.stringify(asked), now);
}

/** What was known of a repository when it was looked at. */
export interface RepositoryBefore {
  readonly owner: string;
  readonly name: string;
  /** GitHub's mark of its releases at the last look that found them; see `polling/releases.ts`. */
  readonly releasesSeen: string;
  readonly isArchived: boolean;
  readonly isPrivate: boolean;
  /** Epoch milliseconds; never the same twice for a repository. */
  readonly changedAt: number;
}

/** What is known of a repository from now on, if it is still as it was. */
export interface RepositoryMove extends RepositoryBefore {
  readonly id: number;
  readonly was: Pick<RepositoryBefore, 'changedAt' | 'isPrivate'>;
  /** JSON: what is known of its releases by name; `null`: as it was. */
  readonly releasesKnown: string | null;
}

/** Condition: the repository is as it was when `alias`.value was made, which names it in `key`. */
export function repositoryIsAsBefore(alias: string, key: string): string {
  return `repositories.id = ${alias}.value->>'${key}'
    AND repositories.changed_at = ${alias}.value->>'$.was.changedAt'`;
}

/** Statements: move repositories that are still as they were. */
export function moveRepositories(
  db: D1Database,
  moves: readonly RepositoryMove[],
): D1PreparedStatement[] {
  const asked = JSON.stringify(moves);
  const learned = moves.filter(({ releasesKnown }) => releasesKnown !== null);
  return [
    ...(learned.length === 0
      ? []
      : [
          db
            .prepare(
              `INSERT INTO known_releases (repository, known)
               SELECT repositories.id, asked.value->>'releasesKnown'
               FROM json_each(?1) AS asked
               JOIN repositories ON ${repositoryIsAsBefore('asked', 'id')} WHERE true
               ON CONFLICT (repository) DO UPDATE SET known = excluded.known`,
            )
            .bind(JSON.stringify(learned)),
        ]),
    db
      .prepare(
        `UPDATE repositories
         SET owner = asked.value->>'owner', name = asked.value->>'name',
             releases_seen = asked.value->>'releasesSeen',
             is_archived = asked.value->>'isArchived', is_private = asked.value->>'isPrivate',
             changed_at = asked.value->>'changedAt'
         FROM json_each(?1) AS asked WHERE ${repositoryIsAsBefore('asked', 'id')}`,
      )
      .bind(asked),
  ];
}

/** Statement: repositories that are public now are so before anybody is told of anything in them. */
export function publish(
  db: D1Database,
  moves: readonly RepositoryMove[],
): readonly D1PreparedStatement[] {
  const published = moves.filter((move) => move.was.isPrivate && !move.isPrivate);
  if (published.length === 0) return [];
  return [
    db
      .prepare(
        `UPDATE repositories SET is_private = 0 FROM json_each(?1) AS asked
         WHERE ${repositoryIsAsBefore('asked', 'id')}`,
      )
      .bind(JSON.stringify(published)),
  ];
}

/** A repository whose releases somebody wants; `null` for any other. */
export async function wantedRepository(
  db: D1Database,
  id: number,
): Promise<RepositoryBefore | null> {
  const row = await db
    .prepare(
      `SELECT owner, name, releases_seen, is_archived, is_private, changed_at FROM repositories
       WHERE id = ?1 AND EXISTS (${RELEASES_WANTED})`,
    )
    .bind(id)
    .first<{
      owner: string;
      name: string;
      releases_seen: string;
      is_archived: number;
      is_private: number;
      changed_at: number;
    }>();
  return (
    row && {
      owner: row.owner,
      name: row.name,
      releasesSeen: row.releases_seen,
      isArchived: row.is_archived === 1,
      isPrivate: row.is_private === 1,
      changedAt: row.changed_at,
    }
  );
}

/** JSON of what is known of the releases of repositories, by their id. */
export async function knownReleases(
  db: D1Database,
  repositories: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (repositories.length === 0) return new Map();
  const { results } = await db
    .prepare(
      `SELECT repository, known FROM known_releases
       WHERE repository IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(repositories))
    .all<{ repository: number; known: string }>();
  return new Map(results.map(({ repository, known }) => [repository, known]));
}

/**
 * Statements: forget branches nobody watches any more, what happened on them, and repositories
 * without a branch. Once a day: they look at every branch.
 */
export function forgetUnwatched(db: D1Database): D1PreparedStatement[] {
  const unwatched = `SELECT id FROM branches
    WHERE NOT EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)
      AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.branch = branches.id)`;
  const abandoned = `SELECT id FROM repositories
    WHERE NOT EXISTS (SELECT 1 FROM branches WHERE branches.repository = repositories.id)`;
  return [
    db.prepare(
      `DELETE FROM covered
       WHERE NOT EXISTS (SELECT 1 FROM watches WHERE watches.branch = covered.pattern)`,
    ),
    db.prepare(
      `DELETE FROM changes
       WHERE repository IN (SELECT repository FROM branches WHERE id IN (${unwatched}))
         AND branch IN (${unwatched})`,
    ),
    db.prepare(`DELETE FROM branches WHERE id IN (${unwatched})`),
    db.prepare(`DELETE FROM changes WHERE repository IN (${abandoned})`),
    db.prepare(`DELETE FROM known_releases WHERE repository IN (${abandoned})`),
    db.prepare(`DELETE FROM repositories WHERE id IN (${abandoned})`),
  ];
}
