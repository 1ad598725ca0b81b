-- What a unit held is found among these few events, not by reading the whole log (succeeding.py).
CREATE INDEX IF NOT EXISTS events_of_custody ON log.events (topic) WHERE topic IN
    ('dossier.opened.v1', 'session.convened.v1', 'decision.drafted.v1', 'custody.passed.v1');
