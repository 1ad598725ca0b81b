-- What this service has learnt from CAMPAIGN and DIRECTORY. Written by its followers only.
CREATE TABLE IF NOT EXISTS following.campaign (
    campaign     uuid PRIMARY KEY,
    authority    text NOT NULL,
    title        text NOT NULL,
    lead_unit    text NOT NULL DEFAULT '',
    number       text NOT NULL DEFAULT '',
    scope        text[] NOT NULL DEFAULT '{}',
    forms        jsonb NOT NULL DEFAULT '[]',
    criteria     jsonb NOT NULL DEFAULT '[]',
    papers       text[] NOT NULL DEFAULT '{}',
    who          text NOT NULL DEFAULT '',
    intake_from  timestamptz,
    intake_until timestamptz,
    intake_open  boolean NOT NULL DEFAULT false,
    launched_at  timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS following.unit (
    code      text NOT NULL,
    authority text NOT NULL,
    name      text NOT NULL,
    kind      text NOT NULL,
    parent    text,
    PRIMARY KEY (authority, code)
);
GRANT SELECT, INSERT, UPDATE ON following.campaign, following.unit TO {app};
