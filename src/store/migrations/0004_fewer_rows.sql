-- Each entry of an index is a row written, and of those a day has 100,000 on the free plan. What an
-- update leaves as it is writes none: what waits is known by `finished_at`, which a lease and a
-- postponement do not touch, as they do `state`.

DROP INDEX deliveries_open;
CREATE INDEX deliveries_open ON deliveries (lane) WHERE finished_at IS NULL;

-- All that was said to somebody, to be moved or forgotten with them, and what waits for them. The name
-- is that of an index of what waits alone: the version before asks for it by name, and can be gone
-- back to.
DROP INDEX deliveries_open_address;
DROP INDEX deliveries_address;
CREATE INDEX deliveries_open_address ON deliveries (lane, address);

-- What is old is found by its id, which grows with time.
DROP INDEX deliveries_sent;
DROP INDEX deliveries_over;
CREATE INDEX deliveries_charged ON deliveries (channel, finished_at) WHERE charges IS NOT NULL;

DROP INDEX changes_at;

-- The log tells as well how old an event is, and few people are known to `patience` at a time.
DROP INDEX inbox_done;
DROP INDEX patience_resets;
