-- Which unit stands where another stood: what is told to the old one goes to it.
CREATE TABLE IF NOT EXISTS following.succession (
    predecessor text PRIMARY KEY,
    custodian   text NOT NULL);
GRANT SELECT, INSERT, UPDATE ON following.succession TO {app};
