-- Repositories of GitHub somebody watches.
CREATE TABLE repositories (
  -- GitHub's own number: it stays through renames and transfers.
  id INTEGER PRIMARY KEY,
  node_id TEXT NOT NULL,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  -- JSON: a list, newest first, of the releases and tags known already, as `release:<tag>` and
  -- `tag:<tag>`; or the instant since when somebody wants them, before the first look.
  releases_known TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;

-- A branch is polled once however many people watch it. Shards are ranges of ids.
CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  repository INTEGER NOT NULL REFERENCES repositories (id),
  name TEXT NOT NULL,
  -- GitHub's id of the ref; NULL when it is not known: found by its name then.
  node_id TEXT,
  -- Commit the people were told of last; NULL: no commit yet.
  head TEXT,
  -- How many commits the head can reach, itself included; NULL when it is not known.
  depth INTEGER,
  -- When the head or the state changed last. Never the same twice for a branch.
  changed_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ok', 'missing', 'gone')),
  -- How often it was looked for in vain, and since when.
  misses INTEGER NOT NULL DEFAULT 0,
  missing_since INTEGER,
  UNIQUE (repository, name)
) STRICT;

-- Who watches what, and what of it they want to hear.
CREATE TABLE watches (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  branch INTEGER NOT NULL REFERENCES branches (id),
  nickname TEXT NOT NULL,
  -- The nickname as it is compared.
  nickname_key TEXT NOT NULL,
  commits INTEGER NOT NULL DEFAULT 1 CHECK (commits IN (0, 1)),
  releases INTEGER NOT NULL DEFAULT 0 CHECK (releases IN (0, 1)),
  prereleases INTEGER NOT NULL DEFAULT 0 CHECK (prereleases IN (0, 1)),
  -- Glob over tag names; NULL: every tag. D1 takes no longer pattern.
  tag_pattern TEXT CHECK (length(CAST(tag_pattern AS BLOB)) <= 50),
  -- Smallest step of a version that is told.
  smallest_step TEXT NOT NULL DEFAULT 'any' CHECK (smallest_step IN ('any', 'minor', 'major')),
  digest TEXT NOT NULL DEFAULT 'instant' CHECK (digest IN ('instant', 'hourly', 'daily')),
  -- Hour of the day (owner's time zone) of a daily digest.
  digest_hour INTEGER NOT NULL DEFAULT 9 CHECK (digest_hour BETWEEN 0 AND 23),
  -- Newest change that a digest has told.
  digested INTEGER NOT NULL DEFAULT 0,
  paused_at INTEGER,
  -- Head of the branch when the watch began: no news to this person.
  first_head TEXT,
  -- Commit up to which this person has asked (`status`).
  seen_head TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (person, branch),
  UNIQUE (person, nickname_key)
) STRICT;
CREATE INDEX watches_branch ON watches (branch);
CREATE INDEX watches_digest ON watches (digest, digest_hour) WHERE digest <> 'instant';

-- What happened in a repository, once, however many people were told. Ids are never used again:
-- digests count by them.
CREATE TABLE changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  repository INTEGER NOT NULL REFERENCES repositories (id),
  -- Id of a branch; NULL: the whole repository (releases, renames).
  branch INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('commits', 'release', 'repository')),
  -- Unique for what happened: a second look tells it no second time.
  key TEXT NOT NULL UNIQUE,
  -- What a person is told of once, though several changes are about it (a tag and its release).
  subject TEXT NOT NULL,
  -- Step of a release's version: 'major', 'minor', 'patch'; NULL: no version to be seen.
  step TEXT,
  -- JSON of the notice, without what is a person's own.
  notice TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_repository ON changes (repository);
CREATE INDEX changes_at ON changes (at);
