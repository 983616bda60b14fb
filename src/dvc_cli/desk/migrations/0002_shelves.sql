-- What must be found among very many records without opening each one: a shelf (where it waits) and a day (when it is due) stand in clear
-- and tell nothing of a person; both are bound to the box. A mark is a keyed hash: equal texts can be found, no text can be read.
ALTER TABLE records ADD COLUMN shelf TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN day TEXT NOT NULL DEFAULT '';
CREATE INDEX records_by_shelf ON records (kind, shelf, day) WHERE shelf <> '';
CREATE TABLE marks (
    mark TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (mark, kind, id)
) WITHOUT ROWID;
CREATE INDEX marks_by_record ON marks (kind, id);
-- What a step of the tables leaves to the program, because it needs the key.
CREATE TABLE chores (name TEXT PRIMARY KEY);
INSERT INTO chores (name) VALUES ('receipts');
