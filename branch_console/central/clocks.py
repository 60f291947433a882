"""Central's own time, in one place."""

from datetime import UTC, datetime

from branch_console.rules.journal import format_at


def now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


def now_text() -> str:
    """The moment as it stands in answers and entries."""
    return format_at(now())
