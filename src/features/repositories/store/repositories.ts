/** A release or tag as `repositories.releases_known` names it. */
export function releaseKey(release: {
  readonly kind: 'release' | 'tag';
  readonly tag: string;
}): string {
  return `${release.kind}:${release.tag}`;
}

/** A repository that is to be watched, as GitHub tells it. */
export interface NewRepository {
  /** GitHub's own number. */
  readonly id: number;
  readonly nodeId: string;
  readonly owner: string;
  readonly name: string;
  /** The newest ones, newest first: they are no news. */
  readonly releases: readonly { readonly kind: 'release' | 'tag'; readonly tag: string }[];
}

/** Query: whether anybody wants to hear of the releases of the row of `repositories` around it. */
export const RELEASES_WANTED = `SELECT 1 FROM branches JOIN watches ON watches.branch = branches.id
  WHERE branches.repository = repositories.id AND watches.releases = 1`;

/** Statements: writes a repository down; one whose releases nobody wants has no news of them. */
export function meetRepository(
  db: D1Database,
  { id, nodeId, owner, name, releases }: NewRepository,
  now: number,
): D1PreparedStatement[] {
  const known = JSON.stringify(releases.map(releaseKey));
  return [
    db
      .prepare(
        `INSERT INTO repositories (id, node_id, owner, name, releases_known, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING`,
      )
      .bind(id, nodeId, owner, name, known, now),
    db
      .prepare(
        `UPDATE repositories SET releases_known = ?2
         WHERE id = ?1 AND releases_known <> ?2 AND NOT EXISTS (${RELEASES_WANTED})`,
      )
      .bind(id, known),
  ];
}

/** What was known of a repository when it was looked at. */
export interface RepositoryBefore {
  readonly owner: string;
  readonly name: string;
  /**
   * JSON: a list of {@link releaseKey}s, newest first; or, before the first look, the instant since
   * when somebody wants them.
   */
  readonly releasesKnown: string;
}

/** What is known of a repository from now on, if it is still as it was. */
export interface RepositoryMove extends RepositoryBefore {
  readonly id: number;
  readonly was: RepositoryBefore;
}

/** Condition: the repository is as it was when `alias`.value was made, which names it in `key`. */
export function repositoryIsAsBefore(alias: string, key: string): string {
  return `repositories.id = ${alias}.value->>'${key}'
    AND repositories.owner = ${alias}.value->>'$.was.owner'
    AND repositories.name = ${alias}.value->>'$.was.name'
    AND repositories.releases_known = ${alias}.value->>'$.was.releasesKnown'`;
}

/** Statement: moves repositories that are still as they were. */
export function moveRepositories(
  db: D1Database,
  moves: readonly RepositoryMove[],
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE repositories
       SET owner = asked.value->>'owner', name = asked.value->>'name',
           releases_known = asked.value->>'releasesKnown'
       FROM json_each(?1) AS asked WHERE ${repositoryIsAsBefore('asked', 'id')}`,
    )
    .bind(JSON.stringify(moves));
}

/**
 * Statements: forget branches nobody watches any more, what happened on them, and repositories
 * without a branch. Once a day: they look at every branch.
 */
export function forgetUnwatched(db: D1Database): D1PreparedStatement[] {
  const unwatched = `SELECT id FROM branches
    WHERE NOT EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)`;
  const abandoned = `SELECT id FROM repositories
    WHERE NOT EXISTS (SELECT 1 FROM branches WHERE branches.repository = repositories.id)`;
  return [
    db.prepare(
      `DELETE FROM changes
       WHERE repository IN (SELECT repository FROM branches WHERE id IN (${unwatched}))
         AND branch IN (${unwatched})`,
    ),
    db.prepare(`DELETE FROM branches WHERE id IN (${unwatched})`),
    db.prepare(`DELETE FROM changes WHERE repository IN (${abandoned})`),
    db.prepare(`DELETE FROM repositories WHERE id IN (${abandoned})`),
  ];
}
