"""What the end of a business day asks beside the figures: which places were counted, and what central does not have."""

from typing import NamedTuple

from data import meta
from data.reading import Reading

_COUNTED = """
SELECT location, max(at), subject FROM stock_row WHERE kind = 'count' AND status = 'approved' AND day = :day
GROUP BY location ORDER BY location
"""
_UNSYNCED = "SELECT count(*) FROM claim_row WHERE own_seq > :through AND own_seq > 0"


class CountedPlace(NamedTuple):
    """A place whose count of the day is approved; when it was counted last, and the document of that count."""

    location: str
    at: str
    subject: str


def counted_places(source: Reading, day: str) -> list[CountedPlace]:
    """The places of which a count of this business date (YYYY-MM-DD) is approved."""
    with source.reading() as connection:
        return [CountedPlace(*row) for row in connection.exec_driver_sql(_COUNTED, {"day": day})]


def unsynced_claims(source: Reading) -> int:
    """How many claims have entries of this terminal that central has not confirmed."""
    with source.reading() as connection:
        through = meta.get_number(connection, meta.ACKNOWLEDGED)
        return int(connection.exec_driver_sql(_UNSYNCED, {"through": through}).scalar_one())
