-- What the registers hold beside single people. people.household_id is the number of the householder, people.marriage_no the id of the
-- marriage; birth_known keeps a birth date that is known in part only (1941, 1941-03), birth_date is then its earliest day.

CREATE TABLE marriages (
    id TEXT PRIMARY KEY,
    husband_id TEXT NOT NULL REFERENCES people (id_number),
    wife_id TEXT NOT NULL REFERENCES people (id_number),
    certificate_no TEXT NOT NULL,
    book_no TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    issued_by TEXT NOT NULL
);

ALTER TABLE people ADD COLUMN birth_known TEXT NOT NULL DEFAULT '';
