"""Figures are read from facts now: journeys keep only the days on which they began and ended, for lists."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UNUSED = (
    "started_hour",
    "started_by",
    "finished_hour",
    "finished_by",
    "first_use_day",
    "first_use_hour",
    "first_use_by",
)


def upgrade() -> None:
    """Drop what only figures read, and narrow two indexes."""
    for event in ("started", "finished", "first_use"):
        op.drop_index(f"journey_row_{event}", "journey_row")
    for name in UNUSED:
        op.drop_column("journey_row", name)
    for event in ("started", "finished"):
        op.create_index(f"journey_row_{event}", "journey_row", [f"{event}_day"])
