-- What only a server needs: files that wait for the dossier that names them, and how often an address or an account called of late
-- (subject is a keyed hash; since is the beginning of the minute that is counted).

CREATE TABLE uploads (
    owner TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (owner, sha256)
);

CREATE INDEX uploads_by_age ON uploads (at);

CREATE TABLE calls (
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    since TEXT NOT NULL,
    made INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
);
