-- What the directory tells us of units; filled by the follower, so it may be emptied and refilled.
CREATE TABLE IF NOT EXISTS following.unit (
    code      text PRIMARY KEY,
    name      text NOT NULL,
    kind      text NOT NULL,
    authority text NOT NULL);
GRANT SELECT, INSERT, UPDATE ON following.unit TO {app};
