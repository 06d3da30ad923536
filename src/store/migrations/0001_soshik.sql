-- Everything soshik stores in D1. Until the first release this is the one migration: change it here.
-- Times are epoch milliseconds, days are text YYYY-MM-DD in the owner's time zone, lists and objects
-- are JSON. What each JSON column holds, and how long rows are kept: docs/storage.md.

-- People and what they want to hear ---------------------------------------------------------------

-- Those who talk to the bot.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  -- Who this is on the channel.
  address TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('ko', 'en')),
  -- JSON: ids of the cat facts told last.
  recent_facts TEXT NOT NULL DEFAULT '[]',
  created_at INTEGER NOT NULL,
  -- A second name of the same person on the same channel (Kakao: plusfriendUserKey).
  second_address TEXT,
  -- The bot's account a person last wrote to (X); blank where a channel has one account only.
  account TEXT NOT NULL DEFAULT '',
  -- The Kakao login tied to this person: KakaoTalk then carries their news.
  kakao_id TEXT,
  -- Since when this person cannot be reached or does not want to be.
  blocked_at INTEGER,
  -- JSON: the question the bot asked last, with what it knows so far.
  asking TEXT,
  -- JSON: an answer that took longer than the platform waits, until it is fetched.
  late_answer TEXT,
  -- Hours of the day (owner's time zone) between which news waits; both NULL: never.
  quiet_from INTEGER CHECK (quiet_from BETWEEN 0 AND 23),
  quiet_to INTEGER CHECK (quiet_to BETWEEN 0 AND 23),
  UNIQUE (channel, address)
) STRICT;
CREATE UNIQUE INDEX people_second ON people (channel, second_address) WHERE second_address IS NOT NULL;
CREATE INDEX people_kakao ON people (kakao_id) WHERE kakao_id IS NOT NULL;

-- News a person switched on or off; no row: off.
CREATE TABLE topics (
  topic TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  -- The only kind of it that is wanted; NULL: every kind.
  choice TEXT,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (topic, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX topics_person ON topics (person);

-- People who logged in with Kakao. Their tokens are in KV `TOKENS`, encrypted.
CREATE TABLE kakao_logins (
  -- Kakao's app user id.
  id TEXT PRIMARY KEY,
  -- JSON: the consent items granted.
  scopes TEXT NOT NULL,
  connected_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('connected', 'log-in-again', 'gone')),
  state_since INTEGER NOT NULL,
  reason TEXT,
  -- When the login ends unless it is renewed; told by Kakao.
  refresh_expires_at INTEGER,
  -- For which end the person was warned.
  warned_for INTEGER,
  -- When upkeep looks after the login next.
  keep_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX kakao_logins_end ON kakao_logins (refresh_expires_at) WHERE state = 'connected';
CREATE INDEX kakao_logins_keep ON kakao_logins (keep_at) WHERE state = 'connected';
CREATE INDEX kakao_logins_friends ON kakao_logins (connected_at)
  WHERE state = 'connected' AND instr(scopes, '"friends"') > 0;

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

-- Addresses that are secrets and are told nothing until they were proved (Discord, Slack).
CREATE TABLE hooks (
  channel TEXT NOT NULL,
  -- As in people: names it without its secret.
  address TEXT NOT NULL,
  -- The address itself, sealed with TOKEN_KEY.
  sealed TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'proved', 'gone')),
  -- SHA-256 of the code that was sent there; NULL: none is open.
  code_hash TEXT,
  code_ends_at INTEGER NOT NULL DEFAULT 0,
  -- Messages with a code so far, and wrong codes since the last of them.
  messages INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  -- The platform wants no call there before that.
  quiet_until INTEGER NOT NULL DEFAULT 0,
  -- JSON: what is to be done once it is proved.
  wishes TEXT NOT NULL DEFAULT '[]',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (channel, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX hooks_unproved ON hooks (changed_at) WHERE state <> 'proved';

-- What came in and what goes out ------------------------------------------------------------------

-- Events accepted from platforms. The event's content is kept until it is done, then only its key.
CREATE TABLE inbox (
  key TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  type TEXT NOT NULL,
  account TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  -- JSON: what was said, by whom, where.
  content TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  leased_until INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_waiting ON inbox (received_at) WHERE state = 'waiting';
CREATE INDEX inbox_done ON inbox (received_at) WHERE state = 'done';
CREATE INDEX inbox_failed ON inbox (received_at) WHERE state = 'failed';
-- The event log, and what the month's events cost.
CREATE INDEX inbox_log ON inbox (channel, received_at, type);

-- The outbox: everything the bot says, each once, by its dedupe key.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  dedupe_key TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  -- Which of the bot's accounts speaks.
  account TEXT NOT NULL,
  -- Whom it speaks to; `timeline` for a public post.
  address TEXT NOT NULL,
  -- JSON: what is said, in no channel's terms; NULL once it is sent.
  notice TEXT,
  -- Dedupe key of the delivery that has to end before this one.
  follows TEXT,
  -- The run that wrote it, as job and slot.
  run TEXT,
  -- What is told to one address about one topic (`reply`, `news`) goes out in order; NULL: in any.
  topic TEXT,
  -- When it is worth nothing any more (a reply, a meal); NULL: it is given up when it is days old.
  expires_at INTEGER,
  state TEXT NOT NULL CHECK (
    state IN ('waiting', 'sending', 'sent', 'merged', 'expired', 'gone', 'refused', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  -- 1: a sender died between sending and writing it down.
  uncertain INTEGER NOT NULL DEFAULT 0,
  -- When it is tried next; while sending: when the lease ends.
  due_at INTEGER NOT NULL,
  -- Who holds it.
  lease TEXT,
  -- The platform's id of what was sent.
  external_id TEXT,
  -- Why it failed, as a code.
  note TEXT,
  -- How often it came back from the dead by itself.
  revivals INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  -- JSON: what the platform charges for it, item -> count.
  charges TEXT,
  -- What is sent one after the other: the posts of a channel, and its messages to people.
  lane TEXT NOT NULL GENERATED ALWAYS AS
    (channel || iif(address = 'timeline', '/posts', '')) VIRTUAL
) STRICT;
CREATE INDEX deliveries_open ON deliveries (lane) WHERE state IN ('waiting', 'sending');
CREATE INDEX deliveries_open_address ON deliveries (lane, address)
  WHERE state IN ('waiting', 'sending');
CREATE INDEX deliveries_dead ON deliveries (finished_at) WHERE state = 'dead';
CREATE INDEX deliveries_run ON deliveries (run) WHERE run IS NOT NULL;
CREATE INDEX deliveries_sent ON deliveries (finished_at) WHERE state = 'sent';
CREATE INDEX deliveries_over ON deliveries (finished_at)
  WHERE state IN ('merged', 'expired', 'gone', 'refused');
-- What was said to somebody, to be moved or forgotten with them.
CREATE INDEX deliveries_address ON deliveries (channel, address);

-- How many deliveries ended in each hour (counted from the epoch), so that no page counts the
-- deliveries themselves.
CREATE TABLE delivery_hours (
  hour INTEGER NOT NULL,
  channel TEXT NOT NULL,
  sent INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  PRIMARY KEY (hour, channel)
) STRICT, WITHOUT ROWID;
-- Triggers, because an invocation of the free plan has 50 queries and sending needs most of them.
CREATE TRIGGER deliveries_ended AFTER UPDATE OF finished_at ON deliveries
WHEN NEW.finished_at IS NOT NULL AND OLD.finished_at IS NULL AND NEW.state <> 'merged'
BEGIN
  INSERT INTO delivery_hours (hour, channel, sent, failed)
  VALUES (NEW.finished_at / 3600000, NEW.channel, NEW.state = 'sent', NEW.state <> 'sent')
  ON CONFLICT (hour, channel) DO UPDATE
    SET sent = sent + excluded.sent, failed = failed + excluded.failed;
END;
-- One that is sent again has not failed after all.
CREATE TRIGGER deliveries_revived AFTER UPDATE OF finished_at ON deliveries
WHEN NEW.finished_at IS NULL AND OLD.finished_at IS NOT NULL
BEGIN
  UPDATE delivery_hours SET failed = failed - 1
  WHERE hour = OLD.finished_at / 3600000 AND channel = OLD.channel;
END;

-- Until when nothing is sent in a lane, by an account ('': all) or to an address ('': all), and why.
CREATE TABLE waits (
  lane TEXT NOT NULL,
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  until INTEGER NOT NULL,
  -- A code, such as `locked` or `no-answer`.
  reason TEXT NOT NULL,
  -- `limit`: the platform said so; `trouble`: it is away; `sender`: only the owner can help.
  cause TEXT NOT NULL CHECK (cause IN ('limit', 'trouble', 'sender')),
  -- How often in a row.
  failures INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (lane, account, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX waits_whole ON waits (since) WHERE address = '';

-- For when a lane has its next place on the queue; 0: none.
CREATE TABLE lanes (
  lane TEXT PRIMARY KEY,
  drain_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When an address of a lane whose limit is short was served last.
CREATE TABLE served (
  lane TEXT NOT NULL,
  address TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (lane, address)
) STRICT, WITHOUT ROWID;

-- What each try brought that did not end in `sent`.
CREATE TABLE attempts (
  delivery INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT,
  PRIMARY KEY (delivery, at)
) STRICT, WITHOUT ROWID;

-- How often somebody (a hash) did something of a kind in a window of time.
CREATE TABLE patience (
  who TEXT NOT NULL,
  kind TEXT NOT NULL,
  used INTEGER NOT NULL,
  resets_at INTEGER NOT NULL,
  PRIMARY KEY (who, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX patience_resets ON patience (resets_at);

-- News of the world -------------------------------------------------------------------------------

-- Titles as sources told them.
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  -- Counts up when the source says something else of the same title.
  revision INTEGER NOT NULL,
  title TEXT NOT NULL,
  subtitle TEXT,
  -- The title as it is compared between sources.
  title_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  starts_at INTEGER,
  starts_on TEXT NOT NULL,
  poster_url TEXT,
  page_url TEXT,
  -- JSON: the row as the source told it.
  raw TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  -- Since when the source tells of it no more.
  withdrawn_at INTEGER,
  announced_at INTEGER,
  -- The title as the owner wants it posted, season included; NULL: as the source has it.
  own_title TEXT,
  -- When the owner said that it is not to be posted.
  skipped_at INTEGER,
  UNIQUE (source, source_id, revision)
) STRICT;
CREATE INDEX items_starts ON items (source, starts_on);
CREATE INDEX items_title ON items (title_key);

-- Plays and musicals, each production once however many rows its source has of it.
CREATE TABLE productions (
  id INTEGER PRIMARY KEY,
  -- Name and venue as they are compared.
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  venue TEXT NOT NULL,
  genre TEXT NOT NULL CHECK (genre IN ('play', 'musical')),
  area TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  -- NULL: an open run.
  ends_on TEXT,
  poster_url TEXT,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  announced_at INTEGER
) STRICT;
CREATE INDEX productions_starts ON productions (starts_on);
CREATE INDEX productions_ends ON productions (ends_on);

-- Feeds somebody follows or the owner posts of.
CREATE TABLE feeds (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  -- As the feed calls itself; the address until it was read.
  title TEXT NOT NULL,
  -- The title as it is compared with what people write.
  title_key TEXT NOT NULL,
  site_url TEXT,
  -- Where its items go beside those who follow it.
  posts INTEGER NOT NULL DEFAULT 0 CHECK (posts IN (0, 1)),
  -- Whether a post has the item's address in it.
  post_links INTEGER NOT NULL DEFAULT 0 CHECK (post_links IN (0, 1)),
  -- 0: somebody brought it by chat; it goes when nobody follows it any more.
  by_owner INTEGER NOT NULL CHECK (by_owner IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('new', 'ok', 'failing', 'over')),
  -- Why it is not 'ok'; a code for the owner.
  detail TEXT,
  state_since INTEGER NOT NULL,
  -- JSON: ETag, robots.txt, back-off.
  memory TEXT NOT NULL DEFAULT '{}',
  visited_at INTEGER NOT NULL DEFAULT 0,
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX feeds_due ON feeds (visited_at) WHERE state <> 'over';

-- Items of feeds that are known: told, passed over, or there from the beginning. One that changed has
-- a row for each way it looked.
CREATE TABLE feed_items (
  id INTEGER PRIMARY KEY,
  feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  -- What the item is known by; each may be NULL.
  guid TEXT,
  link TEXT,
  title_key TEXT,
  dated TEXT,
  seen_at INTEGER NOT NULL,
  -- When it was told; NULL: it never was.
  told_at INTEGER
) STRICT;
CREATE INDEX feed_items_feed ON feed_items (feed, id);
CREATE INDEX feed_items_told ON feed_items (feed, told_at) WHERE told_at IS NOT NULL;

-- What each source remembers between visits, and how it is.
CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  -- JSON: ETag, robots.txt, back-off, counts of rows.
  memory TEXT NOT NULL,
  state TEXT NOT NULL,
  detail TEXT,
  state_since INTEGER NOT NULL,
  visited_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Repositories of GitHub somebody watches.
CREATE TABLE repositories (
  -- GitHub's own number: it stays through renames and transfers.
  id INTEGER PRIMARY KEY,
  node_id TEXT NOT NULL,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  -- What GitHub said last that tells whether there are new releases or tags, in short; '': nobody
  -- has looked since somebody wants them. What is known of them by name is in `known_releases`.
  releases_seen TEXT NOT NULL DEFAULT '',
  -- The name of the default branch; NULL: none, or not known yet.
  default_branch TEXT,
  is_archived INTEGER NOT NULL DEFAULT 0 CHECK (is_archived IN (0, 1)),
  -- Only its owner's own chat may hear of it.
  is_private INTEGER NOT NULL DEFAULT 0 CHECK (is_private IN (0, 1)),
  -- When anything of this changed last. Never the same twice for a repository.
  changed_at INTEGER NOT NULL DEFAULT 0,
  added_at INTEGER NOT NULL
) STRICT;

-- Every release and tag of a repository that was told, or was there before somebody wanted them.
-- Apart from `repositories`, as it is read only when something changed.
CREATE TABLE known_releases (
  repository INTEGER PRIMARY KEY REFERENCES repositories (id) ON DELETE CASCADE,
  -- JSON: tag -> what is known of it; see `polling/releaseMemory.ts`.
  known TEXT NOT NULL
) STRICT;

-- A branch is polled once however many people watch it. Shards are ranges of ids.
CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  repository INTEGER NOT NULL REFERENCES repositories (id),
  -- `release/*` for a pattern, which stands for all branches whose names it fits.
  name TEXT NOT NULL,
  is_pattern INTEGER NOT NULL DEFAULT 0 CHECK (is_pattern IN (0, 1)),
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
  -- Since when GitHub cannot compare the head with the one told last; NULL: it can.
  stuck_since INTEGER,
  -- When GitHub asked to look here, until somebody looks: one look waits, however often it asks.
  look_asked_at INTEGER,
  UNIQUE (repository, name)
) STRICT;

-- Which branches a pattern stands for now. They are rows of `branches` of their own, and are looked
-- at with their pattern.
CREATE TABLE covered (
  pattern INTEGER NOT NULL REFERENCES branches (id) ON DELETE CASCADE,
  branch INTEGER NOT NULL REFERENCES branches (id) ON DELETE CASCADE,
  PRIMARY KEY (pattern, branch)
) STRICT, WITHOUT ROWID;
CREATE INDEX covered_branch ON covered (branch);

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
  -- Commits of bots too, and merges.
  bots INTEGER NOT NULL DEFAULT 1 CHECK (bots IN (0, 1)),
  merges INTEGER NOT NULL DEFAULT 1 CHECK (merges IN (0, 1)),
  -- JSON: names, in lower case, whose commits are left out; NULL: nobody's.
  without_authors TEXT,
  -- Whole messages of commits, not their first lines only.
  whole_messages INTEGER NOT NULL DEFAULT 0 CHECK (whole_messages IN (0, 1)),
  -- What one look finds comes in one message, not in one each.
  together INTEGER NOT NULL DEFAULT 1 CHECK (together IN (0, 1)),
  -- Newest change that a digest has told.
  digested INTEGER NOT NULL DEFAULT 0,
  paused_at INTEGER,
  -- Until when it is paused; NULL: until the person says so.
  paused_until INTEGER,
  -- Nobody named a branch: when the default one is another, this follows.
  follows_default INTEGER NOT NULL DEFAULT 0 CHECK (follows_default IN (0, 1)),
  -- The owner's own watch of a private repository; nobody else is told of one.
  sees_private INTEGER NOT NULL DEFAULT 0 CHECK (sees_private IN (0, 1)),
  -- Head of the branch, and `owner/name` of the repository, when the watch began: no news to this
  -- person.
  first_head TEXT,
  known_as TEXT,
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
  -- JSON: the notice, without what is a person's own.
  notice TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_repository ON changes (repository);
CREATE INDEX changes_subject ON changes (subject);
CREATE INDEX changes_at ON changes (at);

-- The bot itself ----------------------------------------------------------------------------------

-- One row a job and slot: a doubled trigger finds its run taken.
CREATE TABLE runs (
  job TEXT NOT NULL,
  slot INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 1,
  leased_until INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  -- JSON: what was counted, name -> number.
  counts TEXT NOT NULL DEFAULT '{}',
  reason TEXT,
  PRIMARY KEY (job, slot)
) STRICT, WITHOUT ROWID;

-- The bot's own accounts on platforms. Their credentials are in KV `TOKENS`, encrypted.
CREATE TABLE accounts (
  platform TEXT NOT NULL,
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('oauth1', 'oauth2', 'static')),
  -- JSON: the events the owner chose.
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
  -- JSON: ids and codes, name -> text.
  detail TEXT NOT NULL,
  at INTEGER NOT NULL,
  seen_at INTEGER
) STRICT;
CREATE INDEX owner_news_at ON owner_news (at);
CREATE INDEX owner_news_unseen ON owner_news (at) WHERE seen_at IS NULL;

-- What was wrong, and for how long. Opened and closed by the watch of every half hour.
CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  -- What is wrong, such as `source:netflix`.
  key TEXT NOT NULL,
  feature TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- JSON: { "what": { "ko", "en" }, "advice": { "ko", "en" } }
  words TEXT NOT NULL,
  page TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;
-- One incident of a kind at a time.
CREATE UNIQUE INDEX incidents_open ON incidents (key) WHERE closed_at IS NULL;

-- Messages that their queue gave up. What they were about is in the tables they named.
CREATE TABLE dead_letters (
  queue TEXT NOT NULL,
  -- The queue's own id of the message: one that comes twice counts once.
  message TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (queue, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX dead_letters_at ON dead_letters (at);

-- Calls that a platform counts, by window; the row of the whole app has account '*'.
CREATE TABLE budgets (
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  span_ms INTEGER NOT NULL,
  used INTEGER NOT NULL,
  -- The limit as the platform told it.
  told_limit INTEGER,
  resets_at INTEGER NOT NULL,
  PRIMARY KEY (kind, account, span_ms)
) STRICT, WITHOUT ROWID;

-- Tries to get in, by where they came from.
CREATE TABLE login_attempts (
  source TEXT PRIMARY KEY,
  attempts INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_attempts_ends ON login_attempts (ends_at);
