-- Electronic death notices of the insurance database, and who receives what: assistance_category is a code of enums.csv, '' for nobody's.

CREATE TABLE death_notices (
    id_number TEXT PRIMARY KEY REFERENCES people (id_number),
    died_at TEXT NOT NULL,
    number TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    issuer TEXT NOT NULL,
    death_province TEXT NOT NULL DEFAULT '',
    death_ward TEXT NOT NULL DEFAULT '',
    death_place_detail TEXT NOT NULL DEFAULT '',
    cause TEXT NOT NULL DEFAULT ''
);

ALTER TABLE people ADD COLUMN assistance_category TEXT NOT NULL DEFAULT '';
