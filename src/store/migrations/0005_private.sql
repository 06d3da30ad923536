-- The owner's own private repositories: what happened in one while it was private is for nobody else,
-- not even once it is public.
ALTER TABLE changes ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0 CHECK (is_private IN (0, 1));

-- A chat that is the owner's no longer watches them no longer, however it came to that.
CREATE TRIGGER owner_left AFTER UPDATE OF is_on ON topics
WHEN NEW.topic = 'owner' AND NEW.is_on = 0
BEGIN
  DELETE FROM watches WHERE person = NEW.person AND sees_private = 1;
END;
CREATE TRIGGER owner_gone AFTER DELETE ON topics WHEN OLD.topic = 'owner'
BEGIN
  DELETE FROM watches WHERE person = OLD.person AND sees_private = 1;
END;

-- One that is public is watched like any other: when it is made private again, that ends for all.
CREATE TRIGGER repository_published AFTER UPDATE OF is_private ON repositories
WHEN NEW.is_private = 0 AND OLD.is_private = 1
BEGIN
  UPDATE watches SET sees_private = 0
  WHERE sees_private = 1 AND branch IN (SELECT id FROM branches WHERE repository = NEW.id);
END;
-- Nobody else comes to watch one, be it by a way back or from a backup.
CREATE TRIGGER private_watched AFTER INSERT ON watches
WHEN NEW.sees_private = 1 AND NOT EXISTS (
  SELECT 1 FROM topics WHERE person = NEW.person AND topic = 'owner' AND is_on = 1)
BEGIN
  DELETE FROM watches WHERE id = NEW.id;
END;
