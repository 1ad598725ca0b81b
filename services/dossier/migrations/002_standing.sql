-- Whether a launched campaign still runs: closed, cancelled, recalled or replaced ones take nothing new.
ALTER TABLE following.campaign ADD COLUMN IF NOT EXISTS standing text NOT NULL DEFAULT 'running';
