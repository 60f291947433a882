"""Rows of what happened, tallied by business day; what has changed since; days that were frozen."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE fact_due (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    writer text COLLATE "C" NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL
);
COMMENT ON TABLE fact_due IS
    'subjects that changed; rows are only added and taken away, so that no push waits for it';
COMMENT ON COLUMN fact_due.last_seq IS
    'the entries that changed it are those of the writer from first_seq on; 0: none, folded anew; -1: all made anew';
CREATE INDEX fact_due_branch ON fact_due (branch, place);
CREATE TABLE statistics_branch (
    branch text COLLATE "C" PRIMARY KEY REFERENCES branch,
    made_by text NOT NULL DEFAULT '',
    looked_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
COMMENT ON TABLE statistics_branch IS 'its row lock is held by whoever works on the figures of the branch';
COMMENT ON COLUMN statistics_branch.made_by IS 'versions of all rules by which the rows were made; others: made anew';
CREATE TABLE fact (
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    begins date,
    ends date,
    body bytea NOT NULL,
    steps bytea NOT NULL,
    PRIMARY KEY (branch, subject)
);
COMMENT ON TABLE fact IS 'what figures count of a subject, derived from its state; ends: null while something is open';
CREATE INDEX fact_standing ON fact (branch, ends) WHERE kind = 'case';
CREATE TABLE fact_day (
    branch text COLLATE "C" NOT NULL,
    day date NOT NULL,
    kind text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    PRIMARY KEY (branch, day, kind, subject)
);
CREATE TABLE fact_link (
    branch text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    PRIMARY KEY (branch, name, subject)
);
COMMENT ON TABLE fact_link IS 'names by which subjects depend on each other';
CREATE INDEX fact_link_subject ON fact_link (branch, subject);
CREATE TABLE fact_settled (
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    later_of_wallet boolean NOT NULL,
    repeat_of text COLLATE "C",
    PRIMARY KEY (branch, subject)
);
COMMENT ON TABLE fact_settled IS
    'what was known by hashes that are erased: never made anew, since nothing else says it any more';
CREATE TABLE statistics_day (
    branch text COLLATE "C" NOT NULL,
    day date NOT NULL,
    tallies bytea,
    figures jsonb NOT NULL DEFAULT '{}',
    made_at timestamptz,
    stale boolean NOT NULL DEFAULT true,
    moved boolean NOT NULL DEFAULT false,
    frozen_at timestamptz,
    PRIMARY KEY (branch, day)
);
COMMENT ON COLUMN statistics_day.stale IS 'figures must be made anew';
COMMENT ON COLUMN statistics_day.moved IS 'something has changed in a frozen day that may have to be restated';
CREATE INDEX statistics_day_stale ON statistics_day (branch, day) WHERE stale OR moved;
CREATE TABLE late_entry (
    branch text COLLATE "C" NOT NULL,
    day date NOT NULL,
    id text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    terminal text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (branch, day, id)
);
COMMENT ON TABLE late_entry IS 'entries that changed a day after it had been frozen';
"""


def upgrade() -> None:
    """Create them. What is there already is counted once central has started: no branch's `made_by` is the present."""
    op.execute(SCHEMA)
