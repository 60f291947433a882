"""Where the numbers of a day go on in a store that was restored on it."""

from datetime import date

from sqlalchemy import Connection

from branch_console.rules.journal import parse_at
from data import meta
from data.identity import Identity

BEHIND_ALL = 10_000
"""No terminal takes down so many cases, or hands over so many gifts, in a day."""


def first_count(connection: Connection, identity: Identity, day: date) -> int:
    """The lowest number that this store may issue on that business day: 1, unless it was restored on it.

    A restored store may lack what stands on customers' slips already. Its count goes on behind all that could have been
    issued before: 10,000 and the second of the day in which it was restored, at most 96,399.
    """
    restored = meta.get(connection, meta.LAST_RESTORED)
    at = parse_at(restored).astimezone(identity.zone) if restored else None
    if at is None or at.date() != day:
        return 1
    return BEHIND_ALL + (at.hour * 60 + at.minute) * 60 + at.second
