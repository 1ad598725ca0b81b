-- Guidance in versions: what a dossier is measured by. Written by the follower of CAMPAIGN only.
ALTER TABLE following.campaign
    ADD COLUMN IF NOT EXISTS guidance      int NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS group_quotas  jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN IF NOT EXISTS shares        jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN IF NOT EXISTS intake_closed boolean NOT NULL DEFAULT false;
UPDATE following.campaign SET guidance = 1 WHERE guidance = 0 AND intake_until IS NOT NULL;
