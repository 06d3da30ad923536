-- What the owner decides about titles to come, and what the owner's pages count.

-- The title as the owner wants it posted, season included; NULL: as the source has it.
ALTER TABLE items ADD COLUMN own_title TEXT;
-- When the owner said that it is not to be posted.
ALTER TABLE items ADD COLUMN skipped_at INTEGER;

-- How many deliveries ended in each hour (counted from the epoch), so that no page counts the
-- deliveries themselves.
CREATE TABLE delivery_hours (
  hour INTEGER NOT NULL,
  channel TEXT NOT NULL,
  sent INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  PRIMARY KEY (hour, channel)
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_hours (hour, channel, sent, failed)
SELECT finished_at / 3600000, channel, sum(state = 'sent'), sum(state <> 'sent')
FROM deliveries WHERE finished_at IS NOT NULL GROUP BY 1, 2;

-- Triggers, because an invocation of the free plan has 50 queries and sending needs most of them.
CREATE TRIGGER deliveries_ended AFTER UPDATE OF finished_at ON deliveries
WHEN NEW.finished_at IS NOT NULL AND OLD.finished_at IS NULL
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
