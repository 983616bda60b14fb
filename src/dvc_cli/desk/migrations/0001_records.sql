-- Every record is encrypted by itself; nothing in clear tells whose it is.
CREATE TABLE records (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    box BLOB NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE UNIQUE INDEX records_by_version ON records (version);
CREATE INDEX records_by_kind ON records (kind, version);
-- Which key opens the records: a box to try it on, and the kind of token store that keeps it.
CREATE TABLE keys (
    number INTEGER PRIMARY KEY,
    store TEXT NOT NULL,
    box BLOB NOT NULL
);
