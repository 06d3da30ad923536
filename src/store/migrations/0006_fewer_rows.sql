-- Fewer rows written: a day of the free plan has 100,000. What ended is counted once an hour and not
-- with each delivery.

-- How far deliveries that ended are counted into `delivery_hours`: all that ended before an instant.
-- No row: nothing is.
CREATE TABLE counted (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- Nothing with a lower id is to be counted any more.
  from_id INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;
-- What ended before this was counted as it ended.
INSERT INTO counted (one, from_id, until)
SELECT 1, coalesce(min(iif(finished_at IS NULL, id, NULL)), max(id)), ifnull(max(finished_at) + 1, 0)
FROM deliveries HAVING count(*) > 0;
DROP TRIGGER deliveries_ended;
DROP TRIGGER deliveries_revived;
-- One that is sent again has not failed after all, and is to be counted when it ends.
CREATE TRIGGER deliveries_revived AFTER UPDATE OF finished_at ON deliveries
WHEN NEW.finished_at IS NULL AND OLD.finished_at IS NOT NULL
BEGIN
  UPDATE delivery_hours SET failed = failed - 1
  WHERE hour = OLD.finished_at / 3600000 AND channel = OLD.channel
    AND OLD.finished_at < (SELECT until FROM counted WHERE one = 1);
  UPDATE counted SET from_id = NEW.id WHERE one = 1 AND from_id > NEW.id;
END;

-- What is about itself alone needs no second index.
DROP INDEX changes_subject;
CREATE INDEX changes_subject ON changes (subject) WHERE subject <> key;
