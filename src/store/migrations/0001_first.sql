-- Times are epoch milliseconds, days are text YYYY-MM-DD in the owner's time zone. See docs/storage.md.

-- Those who talk to the bot.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('ko', 'en')),
  recent_facts TEXT NOT NULL DEFAULT '[]',
  created_at INTEGER NOT NULL,
  UNIQUE (channel, address)
) STRICT;

-- Events accepted from platforms. The event's content is kept until it is done, then only its key.
CREATE TABLE inbox (
  key TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  type TEXT NOT NULL,
  account TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  content TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  leased_until INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_waiting ON inbox (received_at) WHERE state = 'waiting';
CREATE INDEX inbox_done ON inbox (received_at) WHERE state = 'done';
CREATE INDEX inbox_failed ON inbox (received_at) WHERE state = 'failed';

-- The outbox: everything the bot says, each once, by its dedupe key.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  dedupe_key TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  notice TEXT,
  follows TEXT,
  run TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'gone', 'refused', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  uncertain INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  lease TEXT,
  external_id TEXT,
  note TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX deliveries_dead ON deliveries (finished_at) WHERE state = 'dead';
CREATE INDEX deliveries_run ON deliveries (run) WHERE run IS NOT NULL;
CREATE INDEX deliveries_sent ON deliveries (finished_at) WHERE state = 'sent';
CREATE INDEX deliveries_refused ON deliveries (finished_at) WHERE state IN ('gone', 'refused');

-- News as sources told it.
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  title TEXT NOT NULL,
  subtitle TEXT,
  title_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  starts_at INTEGER,
  starts_on TEXT NOT NULL,
  poster_url TEXT,
  page_url TEXT,
  raw TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  withdrawn_at INTEGER,
  announced_at INTEGER,
  UNIQUE (source, source_id, revision)
) STRICT;
CREATE INDEX items_starts ON items (source, starts_on);
CREATE INDEX items_title ON items (title_key);

-- What each source remembers between visits, and how it is.
CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  memory TEXT NOT NULL,
  state TEXT NOT NULL,
  detail TEXT,
  state_since INTEGER NOT NULL,
  visited_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a job and slot: a doubled trigger finds its run taken.
CREATE TABLE runs (
  job TEXT NOT NULL,
  slot INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 1,
  leased_until INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  counts TEXT NOT NULL DEFAULT '{}',
  reason TEXT,
  PRIMARY KEY (job, slot)
) STRICT, WITHOUT ROWID;
