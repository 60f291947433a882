"""Cases by the keys of their customers and payments, so that one that is known elsewhere is found."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE case_trace (
    branch text COLLATE "C" NOT NULL REFERENCES branch,
    subject text COLLATE "C" NOT NULL,
    terminal text COLLATE "C" NOT NULL,
    number text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    closed_on date,
    business text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    PRIMARY KEY (branch, subject)
);
COMMENT ON TABLE case_trace IS 'complaints and disputes as far as they can be compared; never what stands in them';
CREATE TABLE case_trace_key (
    key text COLLATE "C" NOT NULL,
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    payment boolean NOT NULL,
    PRIMARY KEY (key, branch, subject),
    FOREIGN KEY (branch, subject) REFERENCES case_trace ON DELETE CASCADE
);
COMMENT ON COLUMN case_trace_key.payment IS 'of a payment; else of a person';
CREATE INDEX case_trace_key_subject ON case_trace_key (branch, subject);
CREATE TABLE case_queue (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL
);
COMMENT ON TABLE case_queue IS 'cases that have a key which they did not have before';
CREATE TABLE case_hint (
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    other_branch text COLLATE "C" NOT NULL,
    other_subject text COLLATE "C" NOT NULL,
    told_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (branch, subject, other_branch, other_subject)
);
COMMENT ON TABLE case_hint IS 'pairs of which both branches were told, each once, the lesser of the two first';
"""


def upgrade() -> None:
    """Create it."""
    op.execute(SCHEMA)
