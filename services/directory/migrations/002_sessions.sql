-- Hats changed within a session, idle sessions, first passwords that must be changed.
ALTER TABLE private.credential ADD COLUMN IF NOT EXISTS must_change boolean NOT NULL DEFAULT false;
ALTER TABLE private.session ADD COLUMN IF NOT EXISTS delegation uuid;
ALTER TABLE private.session ADD COLUMN IF NOT EXISTS principal uuid;   -- whose appointment it is
ALTER TABLE private.session ADD COLUMN IF NOT EXISTS started_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE private.session ADD COLUMN IF NOT EXISTS seen_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE private.session ADD COLUMN IF NOT EXISTS device text NOT NULL DEFAULT '';
CREATE INDEX IF NOT EXISTS session_account ON private.session (account) WHERE ended_at IS NULL;
