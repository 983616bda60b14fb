-- Dates are ISO text, instants ISO text of whole seconds at +07:00 (so that text order is time order), booleans 0 or 1,
-- choices and places the codes of the shipped tables. Columns named box hold sealed bytes.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);

-- The invented population. phone_owner is the number under which the operator registered the phone ('' when nobody's).
CREATE TABLE people (
    id_number TEXT PRIMARY KEY,
    full_name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    gender TEXT NOT NULL,
    ethnicity TEXT NOT NULL DEFAULT '',
    nationality TEXT NOT NULL DEFAULT '',
    id_issue_date TEXT NOT NULL DEFAULT '',
    id_issue_place TEXT NOT NULL DEFAULT '',
    residence_type TEXT NOT NULL DEFAULT '',
    province TEXT NOT NULL DEFAULT '',
    ward TEXT NOT NULL DEFAULT '',
    address_detail TEXT NOT NULL DEFAULT '',
    hometown_province TEXT NOT NULL DEFAULT '',
    hometown_ward TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    phone_owner TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    vneid_level INTEGER NOT NULL DEFAULT 0 CHECK (vneid_level IN (0, 1, 2)),
    vneid_phone TEXT NOT NULL DEFAULT '',
    social_insurance_number TEXT NOT NULL DEFAULT '',
    household_id TEXT NOT NULL DEFAULT '',
    father_id TEXT NOT NULL DEFAULT '',
    mother_id TEXT NOT NULL DEFAULT '',
    spouse_id TEXT NOT NULL DEFAULT '',
    marriage_no TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL DEFAULT 'generated'
);

CREATE INDEX people_by_phone ON people (phone, phone_owner);

CREATE INDEX people_by_household ON people (household_id);

CREATE TABLE birth_notifications (
    code TEXT PRIMARY KEY,
    mother_id_number TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    gender TEXT NOT NULL,
    facility TEXT NOT NULL,
    issued_at TEXT NOT NULL
);

-- Accounts with a password: kind portal (opened here) or vneid (of the ministry; its row appears at the first sign-in).
-- password_hash is NULL while the password is the derived one (earlier programs kept a hash of that one too).
CREATE TABLE accounts (
    id_number TEXT NOT NULL REFERENCES people (id_number),
    kind TEXT NOT NULL CHECK (kind IN ('portal', 'vneid')),
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    assurance TEXT NOT NULL,
    password_hash TEXT,
    password_chosen INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id_number, kind)
);

-- Wrong passwords in a row; apart from accounts, so that a number without an account is answered alike.
CREATE TABLE password_tries (
    id_number TEXT NOT NULL,
    kind TEXT NOT NULL,
    wrong INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (id_number, kind)
);

CREATE TABLE challenges (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('register', 'login', 'login-vneid')),
    subject TEXT NOT NULL,
    phone TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    code_number INTEGER NOT NULL DEFAULT 1,
    begun_at TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    resend_at TEXT NOT NULL,
    resends INTEGER NOT NULL DEFAULT 0,
    tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'verified', 'used', 'superseded', 'locked')),
    request_box BLOB NOT NULL
);

CREATE INDEX challenges_by_phone ON challenges (phone, begun_at);

CREATE INDEX challenges_by_subject ON challenges (subject, kind, state);

CREATE TABLE old_codes (
    challenge_id TEXT NOT NULL REFERENCES challenges (id),
    code_hash BLOB NOT NULL
);

CREATE INDEX old_codes_by_challenge ON old_codes (challenge_id);

CREATE TABLE phone_locks (
    phone TEXT PRIMARY KEY,
    locked_until TEXT NOT NULL
);

CREATE TABLE tickets (
    hash BLOB PRIMARY KEY,
    challenge_id TEXT NOT NULL REFERENCES challenges (id),
    expires_at TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX tickets_by_challenge ON tickets (challenge_id);

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    refresh_hash BLOB NOT NULL UNIQUE,
    id_number TEXT NOT NULL REFERENCES people (id_number),
    kind TEXT NOT NULL,
    assurance TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    refresh_until TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX sessions_by_person ON sessions (id_number, kind);

CREATE TABLE profiles (
    id_number TEXT PRIMARY KEY REFERENCES people (id_number),
    refreshed_at TEXT NOT NULL
);

CREATE TABLE messages (
    number INTEGER PRIMARY KEY,
    phone TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    challenge_id TEXT REFERENCES challenges (id),
    box BLOB NOT NULL
);

CREATE INDEX messages_by_phone ON messages (phone);

CREATE INDEX messages_by_challenge ON messages (challenge_id);

CREATE TABLE dossiers (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL REFERENCES people (id_number),
    idempotency_key TEXT NOT NULL,
    digest TEXT NOT NULL,
    procedure TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    form_version TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,
    filed_at TEXT NOT NULL,
    counted_from TEXT NOT NULL,
    due_on TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (owner, idempotency_key)
);

CREATE INDEX dossiers_by_owner ON dossiers (owner, number);

CREATE TABLE dossier_members (
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    position INTEGER NOT NULL,
    procedure TEXT NOT NULL,
    agency TEXT NOT NULL,
    status TEXT NOT NULL,
    due_on TEXT,
    PRIMARY KEY (dossier_id, position)
);

CREATE TABLE dossier_history (
    number INTEGER PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    at TEXT NOT NULL,
    status TEXT NOT NULL,
    member TEXT,
    note TEXT NOT NULL DEFAULT ''
);

CREATE INDEX dossier_history_by_dossier ON dossier_history (dossier_id, number);

CREATE TABLE attachments (
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    position INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (dossier_id, position)
);
