-- How the passphrase becomes the key, and a box to try it on.
CREATE TABLE header (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    operations INTEGER NOT NULL,
    memory INTEGER NOT NULL,
    salt BLOB NOT NULL,
    box BLOB NOT NULL
);
-- A record's name is hashed with the key and stands again inside its box.
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    box BLOB NOT NULL
);
