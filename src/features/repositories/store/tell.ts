import { type BranchBefore, type BranchMove, branchIsAsBefore, moveBranches } from './branches.ts';
import { coverBranches } from './covered.ts';
import {
  moveRepositories,
  publish,
  type RepositoryBefore,
  type RepositoryMove,
  repositoryIsAsBefore,
} from './repositories.ts';
import {
  type Following,
  followStatements,
  IS_WANTED,
  ITS_NOTICE,
  ITS_WATCHES,
  isInQuiet,
  wasTold,
} from './wanted.ts';

/** Something that happened in a repository, and is told to everyone who watches it. */
export type Change = {
  /** Unique for what happened. */
  readonly key: string;
  /** What a person is told of once, though several changes are about it. */
  readonly subject: string;
  readonly kind: 'commits' | 'release' | 'repository';
  /** GitHub's number of the repository. */
  readonly repository: number;
  /** JSON of the notice, without what is a person's own (language, nickname, branch). */
  readonly notice: string;
  /** Of a release: the step of its version. */
  readonly step: 'major' | 'minor' | 'patch' | null;
  /** It happened in a private repository. */
  readonly isPrivate?: boolean;
} & (
  | {
      /** Id of the branch, or of the pattern, whose state says whether this is news. */
      readonly branch: number;
      /** Of a pattern: the name of the branch it happened on. */
      readonly covers?: string;
      readonly was: BranchBefore;
    }
  | { readonly branch: null; readonly was: Pick<RepositoryBefore, 'changedAt'> }
);

/** Branches that began to fit a pattern, and those that do not exist any more. */
export interface Covering {
  /** The pattern. */
  readonly id: number;
  readonly name: string;
  readonly was: BranchBefore;
  readonly repository: number;
  readonly added: readonly {
    readonly name: string;
    readonly nodeId: string;
    readonly head: string;
  }[];
  /** Ids of branches. */
  readonly removed: readonly number[];
}

/** All that a look at GitHub found. */
export interface Findings {
  readonly changes: readonly Change[];
  readonly branches: readonly BranchMove[];
  readonly repositories: readonly RepositoryMove[];
  readonly followings: readonly Following[];
  readonly coverings: readonly Covering[];
}

/** How many of each go into one transaction: D1 takes values of 2 MB. */
const MOST_AT_ONCE = 100;

const IS_AS_BEFORE = `CASE WHEN asked.value->>'branch' IS NULL
    THEN EXISTS (SELECT 1 FROM repositories WHERE ${repositoryIsAsBefore('asked', 'repository')})
    ELSE EXISTS (SELECT 1 FROM branches WHERE ${branchIsAsBefore('asked', 'branch')}) END`;

/**
 * Hands what was found to the outbox and moves branches and repositories on, each in the same
 * transaction, and only where it is still as it was when GitHub was asked: whoever comes second, or
 * again after a crash, tells nothing. What is told at once is written as deliveries here; what meets
 * somebody in quiet is held for them, and digests find the changes later.
 *
 * @param channels ids of the channels that are configured: news for others is not kept
 * @param hour of the day now, for those who want quiet hours
 * @returns ids of the deliveries
 */
export async function tell(
  db: D1Database,
  findings: Findings,
  channels: readonly string[],
  now: number,
  hour: number,
): Promise<number[]> {
  const told: number[] = [];
  for (const part of parts(findings)) {
    const statements = [
      ...publish(db, part.repositories),
      ...part.coverings.flatMap((covering) => coverStatements(db, covering, now)),
      ...(part.changes.length === 0 ? [] : tellings(db, part.changes, channels, now, hour)),
      ...part.followings.flatMap((following) => followStatements(db, following, now)),
      ...(part.branches.length === 0 ? [] : [moveBranches(db, part.branches)]),
      ...(part.repositories.length === 0 ? [] : moveRepositories(db, part.repositories)),
    ];
    if (statements.length === 0) continue;
    const answers = await db.batch<{ id?: number }>(statements);
    told.push(...answers.flatMap(({ results }) => results.flatMap(({ id }) => id ?? [])));
  }
  return told;
}

/** What belongs to one repository goes into one transaction, and so into one message. */
function parts({ changes, branches, repositories, followings, coverings }: Findings): Findings[] {
  const branchesOf = new Map<number, number>();
  for (const change of changes) {
    if (change.branch !== null) branchesOf.set(change.branch, change.repository);
  }
  for (const { from, repository } of followings) branchesOf.set(from, repository);
  for (const { id, repository } of coverings) branchesOf.set(id, repository);
  // Branches of which nothing is told need not stand with their repository.
  const home = (id: number) => branchesOf.get(id) ?? -id;
  const keys = [
    ...new Set([
      ...repositories.map(({ id }) => id),
      ...changes.map(({ repository }) => repository),
      ...branches.map(({ id }) => home(id)),
      ...coverings.map(({ repository }) => repository),
      ...followings.map(({ repository }) => repository),
    ]),
  ];
  const made: Findings[] = [];
  for (let start = 0; start < keys.length; start += MOST_AT_ONCE) {
    const inside = new Set(keys.slice(start, start + MOST_AT_ONCE));
    made.push({
      changes: changes.filter(({ repository }) => inside.has(repository)),
      branches: branches.filter(({ id }) => inside.has(home(id))),
      repositories: repositories.filter(({ id }) => inside.has(id)),
      followings: followings.filter(({ repository }) => inside.has(repository)),
      coverings: coverings.filter(({ repository }) => inside.has(repository)),
    });
  }
  return made;
}

function coverStatements(
  db: D1Database,
  { id, name, was, repository, added, removed }: Covering,
  now: number,
): D1PreparedStatement[] {
  const guard = JSON.stringify({ id, was });
  return [
    ...(added.length === 0 ? [] : coverBranches(db, repository, name, added, now)),
    ...(removed.length === 0
      ? []
      : [
          db
            .prepare(
              `DELETE FROM covered WHERE pattern = ?1
                 AND branch IN (SELECT value FROM json_each(?2))
                 AND EXISTS (SELECT 1 FROM branches, json_each('[' || ?3 || ']') AS asked
                             WHERE ${branchIsAsBefore('asked', 'id')})`,
            )
            .bind(id, JSON.stringify(removed), guard),
        ]),
  ];
}

/**
 * The news in changes `?1` for those who are told at once. Of a thing told in several ways, or to a
 * person reached in several, one is enough: one that need not wait, where there is one.
 */
const NEWS = `WITH news AS (
  SELECT routes.channel, routes.account, routes.address, person.language, watches.together,
         watches.id AS watch, changes.id AS change, changes.key, changes.subject,
         changes.repository, ${ITS_NOTICE} AS notice, ${isInQuiet('?4', '?2')} AS is_in_quiet,
         row_number() OVER (PARTITION BY routes.channel, routes.address, changes.subject
           ORDER BY changes.id DESC, ${isInQuiet('?4', '?2')}, watches.id) AS copy
  FROM json_each(?1) AS asked
  JOIN changes ON changes.key = asked.value->>'key'
  JOIN repositories ON repositories.id = changes.repository
  JOIN watches ON ${ITS_WATCHES}
  JOIN people AS person ON person.id = watches.person
  JOIN routes ON routes.person = person.id
  WHERE ${IS_AS_BEFORE} AND watches.digest = 'instant' AND ${IS_WANTED}
    AND NOT ${wasTold()} AND routes.channel IN (SELECT value FROM json_each(?3))
)`;

/** Statements: write changes down, the deliveries for those who are told at once, and what is held. */
function tellings(
  db: D1Database,
  changes: readonly Change[],
  channels: readonly string[],
  now: number,
  hour: number,
): D1PreparedStatement[] {
  const asked = JSON.stringify(changes);
  const values = [asked, now, JSON.stringify(channels), hour];
  return [
    db
      .prepare(
        `INSERT INTO changes (repository, branch, kind, key, subject, step, notice, is_private, at)
         SELECT value->>'repository',
                iif(value->>'covers' IS NULL, value->>'branch',
                    (SELECT id FROM branches WHERE repository = value->>'repository'
                       AND name = value->>'covers')),
                value->>'kind', value->>'key', value->>'subject', value->>'step',
                value->>'notice', coalesce(value->>'isPrivate', 0), ?2
         FROM json_each(?1) AS asked WHERE ${IS_AS_BEFORE}
         ON CONFLICT (key) DO NOTHING`,
      )
      .bind(asked, now),
    db
      .prepare(
        `${NEWS}, bundled AS (
           SELECT *, iif(together, 'look:' || repository, 'change:' || subject) AS bundle
           FROM news WHERE copy = 1 AND NOT is_in_quiet
         )
         INSERT INTO deliveries
           (dedupe_key, channel, account, address, notice, topic, state, due_at, created_at)
         SELECT iif(count(*) = 1, 'change:' || subject, 'look:' || min(key))
                  || ':' || channel || ':' || address,
                channel, account, address,
                iif(count(*) = 1, notice,
                    json_object('kind', 'digest', 'language', language,
                                'entries', json_group_array(json(notice) ORDER BY change))),
                'news', 'waiting', ?2, ?2
         FROM bundled GROUP BY channel, address, bundle ORDER BY min(change)
         ON CONFLICT (dedupe_key) DO NOTHING RETURNING id`,
      )
      .bind(...values),
    db
      .prepare(
        `${NEWS} INSERT INTO held (watch, change)
         SELECT watch, change FROM news WHERE copy = 1 AND is_in_quiet ON CONFLICT DO NOTHING`,
      )
      .bind(...values),
  ];
}
