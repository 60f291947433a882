"""What reports and meetings ask about cases, ratings and rewards. Days are business dates, both ends included."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from branch_console.rules.cases.states import CaseState
from data.moments import ms_of
from data.reading import Reading
from data.states import chunks
from data.store import Store

_RATINGS = (
    "SELECT about, score, day, staff, revisions FROM rating_row WHERE day >= ? AND day <= ? AND score > 0 ORDER BY id"
)
_JOURNEYS = "SELECT count(*) FROM journey_row WHERE finished_day >= ? AND finished_day <= ? AND status = 'finished'"
_CLOSED = "SELECT count(*) FROM case_row WHERE +status IN ('closed', 'told') AND over_day >= ? AND over_day <= ?"
_REWARDED = "SELECT coalesce(sum(value_fen), 0) FROM case_reward WHERE month = ?"
_TOLD = """
SELECT subject, kind, received_day, text FROM case_row
WHERE received_day >= ? AND received_day <= ? AND text != '' ORDER BY received_ms, id
"""
_RECEIVED = "SELECT subject FROM case_row WHERE received_day >= ? AND received_day <= ? ORDER BY received_ms, id"
_DISPUTES = "SELECT subject FROM case_row WHERE kind = 'dispute' AND received_ms >= ? ORDER BY received_ms, id"


class RatingListed(NamedTuple):
    """A rating: the newest word counts, on the day of the first. `about`: the journey or case; `staff` took it down."""

    about: str
    score: int
    day: str
    staff: str | None
    revision_count: int


def ratings(source: Reading, since: date, until: date) -> list[RatingListed]:
    """All ratings of a period, each once."""
    with source.reading() as connection:
        return [RatingListed._make(row) for row in connection.exec_driver_sql(_RATINGS, _days(since, until))]


def journeys_ended(source: Reading, since: date, until: date) -> int:
    """How many journeys came to their end in a period: those whose customers could be asked."""
    with source.reading() as connection:
        return int(connection.exec_driver_sql(_JOURNEYS, _days(since, until)).scalar_one())


def cases_closed(source: Reading, since: date, until: date) -> int:
    """How many cases were closed, ideas told, in a period: those whose customers could be asked."""
    with source.reading() as connection:
        return int(connection.exec_driver_sql(_CLOSED, _days(since, until)).scalar_one())


def rewarded_fen(connection: Connection, month: str) -> int:
    """What ideas were rewarded with in a month (YYYY-MM), in fen; inside the act that rewards one more."""
    return int(connection.exec_driver_sql(_REWARDED, (month,)).scalar_one())


def told_texts(source: Reading, since: date, until: date) -> list[tuple[str, str, str, str]]:
    """What customers said in a period, masked: (subject, kind, day, text), the oldest first."""
    with source.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(_TOLD, _days(since, until))]


def register_cases(source: Store, since: date, until: date) -> Iterator[tuple[str, CaseState]]:
    """All cases received in a period, of every kind, in the order in which they were received."""
    with source.reading() as connection:
        subjects = connection.exec_driver_sql(_RECEIVED, _days(since, until)).scalars().all()
    yield from _states(source, subjects)


def disputes_since(source: Store, since: datetime) -> list[tuple[str, CaseState]]:
    """The abnormal deductions received since a moment, the oldest first."""
    with source.reading() as connection:
        subjects = connection.exec_driver_sql(_DISPUTES, (ms_of(since),)).scalars().all()
    return list(_states(source, subjects))


def _states(source: Store, subjects: Sequence[str]) -> Iterator[tuple[str, CaseState]]:
    for some in chunks(subjects):
        found = source.states(some)
        for subject in some:
            state = found.get(subject)
            if isinstance(state, CaseState):
                yield subject, state


def _days(since: date, until: date) -> tuple[str, str]:
    return since.isoformat(), until.isoformat()
