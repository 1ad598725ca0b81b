-- Which unit stands where another stood, as the directory told us.
CREATE TABLE IF NOT EXISTS following.succession (
    predecessor text PRIMARY KEY,
    name        text NOT NULL,
    custodian   text NOT NULL,
    effective   date NOT NULL);
-- Units of other authorities that take part since they stand where a unit in scope stood.
ALTER TABLE following.campaign ADD COLUMN IF NOT EXISTS guests text[] NOT NULL DEFAULT '{}';
GRANT SELECT, INSERT, UPDATE ON following.succession TO {app};
