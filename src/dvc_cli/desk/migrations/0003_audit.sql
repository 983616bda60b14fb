-- Who did what with whose data, in order. Each entry is a box; `mac` binds it to its place and to everything before it.
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    box BLOB NOT NULL,
    mac BLOB NOT NULL
);
-- One token store may serve several desks: what it keeps for this one is named by this.
CREATE TABLE identity (id TEXT NOT NULL);
INSERT INTO identity (id) VALUES (lower(hex(randomblob(8))));
