-- What the others tell us: filled by the followers, so it may be emptied and refilled.
CREATE TABLE IF NOT EXISTS following.unit (
    code      text PRIMARY KEY,
    name      text NOT NULL,
    authority text NOT NULL,
    mailbox   text NOT NULL);               -- '': told in the inbox only
CREATE TABLE IF NOT EXISTS following.campaign (
    id           uuid PRIMARY KEY,
    title        text NOT NULL,
    scope        text[] NOT NULL,
    intake_until timestamptz);
GRANT SELECT, INSERT, UPDATE ON following.unit, following.campaign TO {app};
