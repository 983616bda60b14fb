-- What receipts are searched by, packed: a page is one box of many lines, so that all of them are read in a few decryptions.
CREATE TABLE pages (
    number INTEGER PRIMARY KEY,
    box BLOB NOT NULL
);
-- Marks point to a version, which is short; every write of a record makes its marks anew.
DROP TABLE marks;
CREATE TABLE marks (
    mark BLOB NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (mark, version)
) WITHOUT ROWID;
CREATE INDEX marks_by_version ON marks (version);
INSERT OR IGNORE INTO chores (name) VALUES ('receipts');
