"""Requests to stop a loss that nobody has settled yet."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE containment (
    request text COLLATE "C" PRIMARY KEY,
    branch text COLLATE "C" NOT NULL REFERENCES branch,
    subject text COLLATE "C" NOT NULL,
    terminal text COLLATE "C" NOT NULL,
    heard_at timestamptz NOT NULL DEFAULT now(),
    asked_at timestamptz,
    next_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE containment IS 'requests to stop a loss that are not settled; the case says what is to be done';
COMMENT ON COLUMN containment.asked_at IS
    'when the core was first asked: from then on it may have done it, and it must be found out before anything is said';
CREATE INDEX containment_next ON containment (next_at);
"""


def upgrade() -> None:
    """Create it."""
    op.execute(SCHEMA)
