-- Links that tied a chat to a Kakao login, by the number in them: each works once.
CREATE TABLE kakao_links (
  nonce TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX kakao_links_expires ON kakao_links (expires_at);

-- Messages by KakaoTalk, written down before they are sent: Kakao's limits count those of the last
-- 24 hours. Sender is an app user id, receiver a friend's uuid or, for a message to oneself, the
-- sender.
CREATE TABLE kakao_sends (
  id INTEGER PRIMARY KEY,
  sender TEXT NOT NULL,
  receiver TEXT NOT NULL,
  -- What is told to friends: none hears the same thing twice. NULL for a message to oneself.
  message TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX kakao_sends_sender ON kakao_sends (sender, at);
CREATE UNIQUE INDEX kakao_sends_message ON kakao_sends (message, receiver)
  WHERE message IS NOT NULL;
CREATE INDEX kakao_sends_at ON kakao_sends (at);

-- When upkeep looks after the login next.
ALTER TABLE kakao_logins ADD COLUMN keep_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX kakao_logins_keep ON kakao_logins (keep_at) WHERE state = 'connected';
CREATE INDEX kakao_logins_friends ON kakao_logins (connected_at)
  WHERE state = 'connected' AND instr(scopes, '"friends"') > 0;
