-- What the owner's page of security and the forgetting at Kakao need.

CREATE INDEX kakao_logins_gone ON kakao_logins (state_since) WHERE state = 'gone';

-- Browsers in which the owner is logged in, by the hash of their session's id.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  -- To five minutes.
  seen_at INTEGER NOT NULL,
  -- When the password was typed last.
  proved_at INTEGER NOT NULL,
  -- What the browser calls itself, in a word or two.
  about TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_seen ON sessions (seen_at);

-- Keys of the API beside `API_KEY`, by their hash.
CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- To the hour; NULL: never.
  used_at INTEGER
) STRICT;
