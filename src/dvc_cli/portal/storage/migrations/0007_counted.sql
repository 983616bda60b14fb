-- The last serial of each day's codes stands in counters, by what the codes of the day begin with; it used to be read from the codes.
-- Sign-ins with VNeID that are over are found by their age.

INSERT INTO counters (name, value)
    SELECT substr(code, 1, 17), max(CAST(substr(code, 18) AS INTEGER)) FROM dossiers
    WHERE code LIKE 'G22.99.08-______-______' GROUP BY substr(code, 1, 17);

CREATE INDEX vneid_requests_by_age ON vneid_requests (expires_at);

CREATE INDEX vneid_visits_by_request ON vneid_visits (request);
