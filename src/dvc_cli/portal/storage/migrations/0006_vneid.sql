-- Sign-ins with VNeID that wait for an answer on a page. user_code is what a person types, no secret: who uses it has to sign in as themselves;
-- a sign-in by browser has a drawn name there that nobody can type, and its request, sealed. secret_hash is that of the device code, or of the
-- authorization code once there is one (code_until: its last instant). ask_after is the instant before which asking again is too soon, pause
-- the seconds between two questions. session_hash is that of the token that it opened: a code that comes back ends it.

CREATE TABLE vneid_requests (
    number INTEGER PRIMARY KEY,
    user_code TEXT NOT NULL UNIQUE,
    secret_hash BLOB UNIQUE,
    browser_box BLOB,
    begun_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    pause INTEGER NOT NULL,
    ask_after TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'granted', 'refused', 'used')),
    id_number TEXT NOT NULL DEFAULT '',
    code_until TEXT NOT NULL DEFAULT '',
    session_hash BLOB
);

-- A browser at work on one of them. hash is that of the secret which each of its forms carries; id_number is known once the password was
-- right, signed_in once the code was.

CREATE TABLE vneid_visits (
    hash BLOB PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES vneid_requests (number),
    id_number TEXT NOT NULL DEFAULT '',
    challenge_id TEXT NOT NULL DEFAULT '',
    signed_in INTEGER NOT NULL DEFAULT 0
);
