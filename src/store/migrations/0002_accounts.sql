-- The bot's own accounts on platforms. Their credentials are in KV `TOKENS`, encrypted.
CREATE TABLE accounts (
  platform TEXT NOT NULL,
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('oauth1', 'oauth2', 'static')),
  event_types TEXT NOT NULL DEFAULT '[]',
  uses_aaa INTEGER NOT NULL DEFAULT 0 CHECK (uses_aaa IN (0, 1)),
  connected_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('connected', 'log-in-again')),
  state_since INTEGER NOT NULL,
  reason TEXT,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

-- What the bot found out or was told on its pages, as JSON.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the owner has to know, each once, by its key.
CREATE TABLE owner_news (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  at INTEGER NOT NULL,
  seen_at INTEGER
) STRICT;
CREATE INDEX owner_news_at ON owner_news (at);
CREATE INDEX owner_news_unseen ON owner_news (at) WHERE seen_at IS NULL;

-- Calls that a platform counts, by window; the row of the whole app has account '*'.
CREATE TABLE budgets (
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  span_ms INTEGER NOT NULL,
  used INTEGER NOT NULL,
  told_limit INTEGER,
  resets_at INTEGER NOT NULL,
  PRIMARY KEY (kind, account, span_ms)
) STRICT, WITHOUT ROWID;

-- Tries to log in as the owner, by where they came from.
CREATE TABLE login_attempts (
  source TEXT PRIMARY KEY,
  attempts INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_attempts_ends ON login_attempts (ends_at);

-- What the platform charges for a delivery that was sent: JSON, item -> count.
ALTER TABLE deliveries ADD COLUMN charges TEXT;

-- The event log, and what the month's events cost.
CREATE INDEX inbox_log ON inbox (channel, received_at, type);
