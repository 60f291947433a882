"""Stock documents that stand: what was taken in, moved, destroyed or found by counting, and has not been taken back."""

from typing import NamedTuple

from data.reading import Reading

_STANDING = """
SELECT subject, kind, note_number, reason, staff, second_staff, at FROM stock_row
WHERE day >= :since AND status IN ('booked', 'approved')
  AND EXISTS (SELECT 1 FROM stock_move WHERE stock_move.subject = stock_row.subject)
ORDER BY at_ms DESC, id DESC LIMIT :limit
"""


class StandingDocument(NamedTuple):
    """A document whose moves are in the books; they are in its state."""

    subject: str
    kind: str
    note_number: str | None
    reason: str | None
    staff: str | None
    second_staff: str | None
    at: str


def standing_documents(source: Reading, since: str, limit: int) -> list[StandingDocument]:
    """Documents with moves from a business date (YYYY-MM-DD) on, the newest first. Of a dispatch: its receipt."""
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_STANDING, {"since": since, "limit": limit}).all()
    return [StandingDocument._make(row) for row in rows]
