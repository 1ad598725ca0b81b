-- Which unit stands where another stood, as the directory told us.
CREATE TABLE IF NOT EXISTS following.succession (
    predecessor text PRIMARY KEY,
    name        text NOT NULL,
    custodian   text NOT NULL,
    effective   date NOT NULL);
ALTER TABLE following.unit ADD COLUMN IF NOT EXISTS closed_on date;
GRANT SELECT, INSERT, UPDATE ON following.succession TO {app};
