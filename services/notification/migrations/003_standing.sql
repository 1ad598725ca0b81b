-- How a campaign stands since its launch: nobody is reminded to register in one that is over.
ALTER TABLE following.campaign
    ADD COLUMN IF NOT EXISTS standing text NOT NULL DEFAULT 'running';
