/** What of `settings` is the owner's: nothing that was found out, nothing secret. */
export const OWNER_SETTINGS = ['menu-page'] as const;

/** Version of the file's form. */
export const BACKUP_VERSION = 1;

const PAGE_ROWS = 1000;

const bool = (column: string) => `json(iif(${column}, 'true', 'false'))`;

const WATCHES = `SELECT json_group_array(json_object(
    'repository', branches.repository, 'branch', branches.name, 'nickname', nickname,
    'commits', ${bool('commits')}, 'releases', ${bool('releases')},
    'prereleases', ${bool('prereleases')}, 'tagPattern', tag_pattern,
    'smallestStep', smallest_step, 'bots', ${bool('bots')}, 'merges', ${bool('merges')},
    'withoutAuthors', json(coalesce(without_authors, '[]')),
    'wholeMessages', ${bool('whole_messages')}, 'together', ${bool('together')},
    'digest', digest, 'digestHour', digest_hour, 'pausedAt', paused_at,
    'pausedUntil', paused_until, 'followsDefault', ${bool('follows_default')},
    'seesPrivate', ${bool('sees_private')}, 'firstHead', first_head, 'seenHead', seen_head,
    'createdAt', watches.created_at) ORDER BY watches.id)
  FROM watches JOIN branches ON branches.id = watches.branch WHERE watches.person = people.id`;

const BRANCHES = `SELECT json_group_array(json_object(
    'name', name, 'nodeId', node_id, 'head', head, 'depth', depth, 'changedAt', changed_at,
    'state', state, 'misses', misses, 'missingSince', missing_since,
    'isPattern', ${bool('is_pattern')}, 'covers', json((
      SELECT json_group_array(one.name) FROM covered JOIN branches AS one ON one.id = covered.branch
      WHERE covered.pattern = branches.id))) ORDER BY id)
  FROM branches WHERE branches.repository = repositories.id`;

/** A topic by what it is in the world: that of a feed has the number of its row; `NULL` is left out. */
const TOPIC = `iif(topic LIKE 'feed:%', 'feed:' || (
  SELECT url FROM feeds WHERE id = CAST(substr(topic, 6) AS INTEGER)), topic)`;

/**
 * The parts of a backup in the order in which they are read back: SQL that gives the rows after
 * `?1`, each as JSON, and what comes before the first. Rows are named by what they are in the world,
 * never by their number in this database.
 */
const PARTS: readonly (readonly [name: string, first: string | number, sql: string])[] = [
  [
    'settings',
    '',
    `SELECT key AS place, json_object('key', key, 'value', json(value)) AS row FROM settings
     WHERE key > ?1 AND key IN (${OWNER_SETTINGS.map((key) => `'${key}'`).join(', ')})
     ORDER BY key LIMIT ?2`,
  ],
  [
    'kakaoLogins',
    '',
    `SELECT id AS place, json_object('id', id, 'scopes', json(scopes),
       'connectedAt', connected_at, 'state', state, 'stateSince', state_since, 'reason', reason) AS row
     FROM kakao_logins WHERE id > ?1 ORDER BY id LIMIT ?2`,
  ],
  [
    'repositories',
    -1,
    `SELECT id AS place, json_object('id', id, 'nodeId', node_id, 'owner', owner, 'name', name,
       'releasesSeen', releases_seen, 'releasesKnown', (
         SELECT known FROM known_releases WHERE repository = repositories.id),
       'defaultBranch', default_branch, 'isArchived', ${bool('is_archived')},
       'isPrivate', ${bool('is_private')}, 'addedAt', added_at,
       'branches', json((${BRANCHES}))) AS row
     FROM repositories WHERE id > ?1 ORDER BY id LIMIT ?2`,
  ],
  [
    'titles',
    -1,
    `SELECT id AS place, json_object('source', source, 'sourceId', source_id,
       'revision', revision, 'title', title, 'subtitle', subtitle, 'titleKey', title_key,
       'kind', kind, 'startsAt', starts_at, 'startsOn', starts_on, 'posterUrl', poster_url,
       'pageUrl', page_url, 'firstSeenAt', first_seen_at, 'withdrawnAt', withdrawn_at,
       'announcedAt', announced_at, 'ownTitle', own_title, 'skippedAt', skipped_at) AS row
     FROM items
     WHERE id > ?1 AND coalesce(announced_at, skipped_at, own_title) IS NOT NULL
     ORDER BY id LIMIT ?2`,
  ],
  [
    'productions',
    -1,
    `SELECT id AS place, json_object('key', key, 'name', name, 'venue', venue, 'genre', genre,
       'area', area, 'startsOn', starts_on, 'endsOn', ends_on, 'posterUrl', poster_url,
       'firstSeenAt', first_seen_at, 'changedAt', changed_at, 'announcedAt', announced_at) AS row
     FROM productions WHERE id > ?1 AND announced_at IS NOT NULL ORDER BY id LIMIT ?2`,
  ],
  [
    'feeds',
    -1,
    `SELECT id AS place, json_object('url', url, 'title', title, 'titleKey', title_key,
       'siteUrl', site_url, 'posts', ${bool('posts')}, 'postLinks', ${bool('post_links')},
       'byOwner', ${bool('by_owner')}, 'addedAt', added_at) AS row
     FROM feeds WHERE id > ?1 ORDER BY id LIMIT ?2`,
  ],
  [
    'hooks',
    '',
    `SELECT channel || ' ' || address AS place, json_object('channel', channel, 'address', address,
       'sealed', sealed, 'createdAt', created_at) AS row
     FROM hooks WHERE channel || ' ' || address > ?1 AND state = 'proved'
     ORDER BY channel || ' ' || address LIMIT ?2`,
  ],
  [
    'people',
    -1,
    `SELECT id AS place, json_object('channel', channel, 'address', address,
       'secondAddress', second_address, 'account', account, 'language', language,
       'kakaoId', kakao_id, 'blockedAt', blocked_at, 'createdAt', created_at,
       'quietFrom', quiet_from, 'quietTo', quiet_to,
       'topics', json((SELECT json_group_object(${TOPIC}, ${bool('is_on')})
                       FROM topics WHERE topics.person = people.id)),
       'choices', json((SELECT json_group_object(${TOPIC}, choice)
                        FROM topics WHERE topics.person = people.id AND choice IS NOT NULL)),
       'watches', json((${WATCHES}))) AS row
     FROM people WHERE id > ?1 ORDER BY id LIMIT ?2`,
  ],
];

/**
 * Everything that is the owner's as one JSON text, piece by piece: never a token, nothing that was
 * said; addresses of hooks stay sealed with `TOKEN_KEY`.
 *
 * @param at ISO text of the instant it is made
 */
export async function* backup(db: D1Database, at: string): AsyncGenerator<string, void> {
  yield JSON.stringify({ soshik: BACKUP_VERSION, exportedAt: at }).slice(0, -1);
  for (const [name, first, sql] of PARTS) {
    yield `,\n"${name}":[`;
    let place = first;
    let hasMore = true;
    while (hasMore) {
      const { results } = await db
        .prepare(sql)
        .bind(place, PAGE_ROWS)
        .all<{ place: string | number; row: string }>();
      const comma = place === first ? '' : ',';
      if (results.length > 0) yield `${comma}\n${results.map(({ row }) => row).join(',\n')}`;
      place = results.at(-1)?.place ?? place;
      hasMore = results.length === PAGE_ROWS;
    }
    yield ']';
  }
  yield '}\n';
}
