-- What the campaign service tells of the units' own answers; filled by the follower.
CREATE TABLE IF NOT EXISTS following.registration (
    campaign      uuid NOT NULL,
    unit          text NOT NULL,
    state         text NOT NULL,
    submitted_at  timestamptz,
    relaunched_on date,
    PRIMARY KEY (campaign, unit));
CREATE TABLE IF NOT EXISTS following.registration_call (
    campaign uuid PRIMARY KEY,
    until    timestamptz NOT NULL);
GRANT SELECT, INSERT, UPDATE ON following.registration, following.registration_call TO {app};
