-- What happens to a filed dossier beside the ordinary course: an office asks, refuses or finishes at once, the citizen answers or withdraws.
-- fields and papers are keys and ids separated by spaces; answer_by is the last day of the answer to an `ask`.

CREATE TABLE dossier_events (
    number INTEGER PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ask', 'supplement', 'refuse', 'finish', 'withdraw')),
    answer_by TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL DEFAULT '',
    papers TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    idempotency_key TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT ''
);

CREATE INDEX dossier_events_by_dossier ON dossier_events (dossier_id, number);
