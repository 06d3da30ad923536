-- Who talks to the bot, where their news goes, and what they want to hear of.

-- A second name of the same person on the same channel (Kakao: plusfriendUserKey).
ALTER TABLE people ADD COLUMN second_address TEXT;
-- The bot's account a person last wrote to (X); blank where a channel has one account only.
ALTER TABLE people ADD COLUMN account TEXT NOT NULL DEFAULT '';
-- The Kakao login tied to this person: KakaoTalk then carries their news.
ALTER TABLE people ADD COLUMN kakao_id TEXT;
-- Since when this person cannot be reached or does not want to be.
ALTER TABLE people ADD COLUMN blocked_at INTEGER;
-- JSON: the question the bot asked last, with what it knows so far.
ALTER TABLE people ADD COLUMN asking TEXT;
-- JSON: an answer that took longer than the platform waits, until it is fetched.
ALTER TABLE people ADD COLUMN late_answer TEXT;
CREATE UNIQUE INDEX people_second ON people (channel, second_address) WHERE second_address IS NOT NULL;
CREATE INDEX people_kakao ON people (kakao_id) WHERE kakao_id IS NOT NULL;

-- News a person switched on or off; no row: off.
CREATE TABLE topics (
  topic TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (topic, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX topics_person ON topics (person);

-- People who logged in with Kakao. Their tokens are in KV `TOKENS`, encrypted.
CREATE TABLE kakao_logins (
  id TEXT PRIMARY KEY,
  scopes TEXT NOT NULL,
  connected_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('connected', 'log-in-again', 'gone')),
  state_since INTEGER NOT NULL,
  reason TEXT,
  -- When the login ends unless it is renewed; told by Kakao.
  refresh_expires_at INTEGER,
  -- For which end the person was warned.
  warned_for INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX kakao_logins_end ON kakao_logins (refresh_expires_at) WHERE state = 'connected';

-- Where a person's news goes: KakaoTalk while their Kakao login works, else where they chat.
-- People of a Kakao channel without a login can be reached by the Event API only.
CREATE VIEW routes AS
SELECT people.id AS person, people.language AS language,
  CASE WHEN login.id IS NOT NULL THEN 'kakaotalk' ELSE people.channel END AS channel,
  CASE WHEN login.id IS NOT NULL THEN login.id ELSE people.account END AS account,
  CASE WHEN login.id IS NOT NULL THEN login.id ELSE people.address END AS address
FROM people
LEFT JOIN kakao_logins AS login ON login.id = people.kakao_id AND login.state = 'connected'
WHERE people.blocked_at IS NULL AND (people.channel <> 'kakaotalk' OR login.id IS NOT NULL);

-- What was said to somebody, to be moved or forgotten with them.
CREATE INDEX deliveries_address ON deliveries (channel, address);
