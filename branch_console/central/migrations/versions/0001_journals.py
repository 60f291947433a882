"""Branches, writers, their entries, the states folded from them, the feed, and what stands beside."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PARTITIONS = 8

PARTITIONED = ("entry", "state", "feed")

SCHEMA = """
CREATE TABLE meta (
    name text PRIMARY KEY,
    value text NOT NULL
);
CREATE TABLE branch (
    code text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    timezone text NOT NULL,
    language text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    feed_position bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
COMMENT ON COLUMN branch.feed_position IS
    'last position of the feed; its row lock orders positions by commit and is the last one that a push takes';
CREATE TABLE writer (
    name text COLLATE "C" PRIMARY KEY,
    branch text COLLATE "C" NOT NULL REFERENCES branch,
    label text NOT NULL,
    public_key text,
    registered_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    revoked_why text,
    seq bigint NOT NULL DEFAULT 0,
    hash text NOT NULL DEFAULT repeat('0', 64),
    clock text COLLATE "C" NOT NULL DEFAULT '0000000000000-0000',
    last_push_at timestamptz,
    last_seen_at timestamptz,
    client_version text,
    reported_seq bigint,
    reported_hash text,
    reported_epoch text,
    pending bigint,
    quarantined_here bigint,
    clock_offset_ms bigint,
    problem text
) WITH (fillfactor = 50);
COMMENT ON TABLE writer IS
    'one journal: of a terminal (UUID, with public_key) or of central for a branch (central/<branch>)';
COMMENT ON COLUMN writer.quarantined_here IS
    'as the terminal itself reported it, like reported_*, pending, clock_offset_ms and problem';
CREATE INDEX writer_branch ON writer (branch);
CREATE TABLE entry (
    branch text COLLATE "C" NOT NULL,
    writer text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    hash bytea NOT NULL,
    wire bytea NOT NULL,
    PRIMARY KEY (branch, writer, seq)
) PARTITION BY HASH (branch);
COMMENT ON COLUMN entry.wire IS 'the JSON as it was received, byte for byte; with data null once it has been erased';
CREATE INDEX entry_subject ON entry (branch, subject);
CREATE TABLE state (
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    version integer NOT NULL DEFAULT 0,
    last_clock text COLLATE "C" NOT NULL DEFAULT '',
    last_writer text COLLATE "C" NOT NULL DEFAULT '',
    last_seq bigint NOT NULL DEFAULT 0,
    max_id text COLLATE "C" NOT NULL DEFAULT '',
    state bytea,
    PRIMARY KEY (branch, subject)
) PARTITION BY HASH (branch);
COMMENT ON TABLE state IS 'the fold of each subject, and up to where in the total order it goes';
CREATE TABLE feed (
    branch text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    writer text COLLATE "C" NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (branch, position)
) PARTITION BY HASH (branch);
COMMENT ON TABLE feed IS 'the order in which batches were committed in a branch';
CREATE TABLE quarantine (
    branch text COLLATE "C" NOT NULL,
    writer text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    code text NOT NULL,
    detail text NOT NULL,
    answered boolean NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    released_at timestamptz,
    PRIMARY KEY (branch, writer, seq)
);
COMMENT ON COLUMN quarantine.answered IS 'named in the answer to its push, so that every resend gets the same answer';
CREATE INDEX quarantine_open ON quarantine (branch, subject) WHERE released_at IS NULL;
CREATE TABLE erasure (
    branch text COLLATE "C" NOT NULL,
    writer text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    PRIMARY KEY (branch, subject, writer, seq)
);
COMMENT ON TABLE erasure IS
    'places whose data a data.erased entry took away, whether or not something has arrived there';
CREATE TABLE enrolment_code (
    code_hash text COLLATE "C" PRIMARY KEY,
    branch text COLLATE "C" NOT NULL REFERENCES branch,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    terminal text
);
CREATE TABLE assertion (
    terminal text COLLATE "C" NOT NULL,
    jti text COLLATE "C" NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (terminal, jti)
);
CREATE INDEX assertion_expiry ON assertion (expires_at);
CREATE TABLE reference_document (
    name text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    content text NOT NULL,
    published_at text NOT NULL,
    expires_at text,
    signature text NOT NULL,
    PRIMARY KEY (name, sha256)
);
CREATE TABLE branch_reference (
    branch text COLLATE "C" NOT NULL REFERENCES branch,
    name text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    PRIMARY KEY (branch, name)
);
COMMENT ON TABLE branch_reference IS 'which version of a document was last published to a branch';
"""


def upgrade() -> None:
    """Create everything."""
    op.execute(SCHEMA)
    for table in PARTITIONED:
        for part in range(PARTITIONS):
            op.execute(
                f"CREATE TABLE {table}_{part} PARTITION OF {table}"
                f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part})"
                + (" WITH (fillfactor = 70)" if table == "state" else "")
            )
