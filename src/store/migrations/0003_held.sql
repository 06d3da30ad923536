-- News for somebody who wants quiet now: told when the quiet is over.

CREATE TABLE held (
  watch INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
  change INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  PRIMARY KEY (watch, change)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_change ON held (change);
