"""Making facts and tallies follow the journal, in small steps, each one short transaction.

What has to be done stands in the store itself (`fact_due`, journeys whose finish central has come to hold, how far a
rebuild has come), so a step that is lost is taken again, two processes may both do it, and nothing needs an order.
When the definitions, the packing, a fold or the end of the business day are others than those that made the facts, all
are dropped and made anew, in small steps too.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.statistics import figures, packing
from branch_console.rules.statistics.deriving_all import KINDS
from branch_console.rules.statistics.instants import Days
from data import meta
from data.identity import Identity
from data.reading import Reading
from data.statistics import marks
from data.statistics.chunk import NotKeptError, take_in
from data.statistics.due import cutoffs_of, days_in_force
from data.store import Store

CLEAR: Final = "clear"
SWEEP: Final = "sweep"
_READY: Final = ""
_CLEARED_AT_ONCE: Final = 2000
_DUE = "SELECT subject FROM fact_due LIMIT :limit"
_CONFIRMED = "SELECT subject FROM fact WHERE waiting > 0 AND waiting <= :acknowledged LIMIT :limit"
_NEXT = "SELECT subject FROM state WHERE subject > :swept ORDER BY subject LIMIT :limit"
_SWEPT = """
SELECT (SELECT count(*) FROM state WHERE subject <= :swept), (SELECT count(*) FROM state WHERE subject > :swept)
"""
_MADE = "SELECT (SELECT count(*) FROM fact WHERE :swept = :swept), (SELECT count(*) FROM fact_due)"
_CLEAR = (
    "DELETE FROM fact WHERE rowid IN (SELECT rowid FROM fact LIMIT :limit)",
    "DELETE FROM fact_day WHERE (day, kind, subject) IN (SELECT day, kind, subject FROM fact_day LIMIT :limit)",
    "DELETE FROM fact_link WHERE (name, subject) IN (SELECT name, subject FROM fact_link LIMIT :limit)",
    "DELETE FROM fact_wallet WHERE (day, wallet) IN (SELECT day, wallet FROM fact_wallet LIMIT :limit)",
)


class Progress(NamedTuple):
    """What a step has done. `done`: nothing is left to do. `place`: see `marks.place`. `taken`: how many subjects."""

    done: bool
    place: int
    taken: int


def catch_up(store: Store, *, limit: int = 200) -> Progress:
    """Take in at most so many changed subjects, in one transaction; none when nothing changed. Raises StoreError."""
    with store.reading() as connection:
        if _is_done(connection, store.identity):
            return Progress(True, marks.number(connection, marks.PLACE), 0)
    try:
        with store.database.write() as connection:
            return _step(connection, store, limit)
    except NotKeptError:
        with store.database.write() as connection:
            marks.put(connection, marks.VERSIONS, "")
            return Progress(False, marks.number(connection, marks.PLACE), 0)


def catch_up_all(store: Store, *, limit: int = 200) -> Progress:
    """Take in everything that has changed. Raises StoreError."""
    taken = 0
    while True:
        progress = catch_up(store, limit=limit)
        taken += progress.taken
        if progress.done:
            return progress._replace(taken=taken)


def forget(store: Store) -> None:
    """Let go of keyed hashes that were erased: take in all changed subjects, whatever else is left. Raises StoreError.

    While all facts are dropped to be made anew, these go with them.
    """
    while True:
        with store.reading() as connection:
            if marks.get(connection, marks.STAGE) == CLEAR or not _due(connection, 1):
                return
        if catch_up(store).done:
            return


def caught_up(source: Reading) -> bool:
    """Whether the facts are what the journal says."""
    with source.reading() as connection:
        return _is_done(connection, source.identity)


def how_far(source: Reading) -> float:
    """Which share of the facts is made, 0 to 1; 1 when all are. Counts rows, so only for what is shown meanwhile."""
    with source.reading() as connection:
        if _is_done(connection, source.identity):
            return 1.0
        stage = marks.get(connection, marks.STAGE)
        if stage not in {SWEEP, _READY} or marks.get(connection, marks.VERSIONS) != _versions(source.identity):
            return 0.0
        statement = _SWEPT if stage == SWEEP else _MADE
        swept = {"swept": marks.get(connection, marks.SWEPT) or ""}
        made, left = connection.exec_driver_sql(statement, swept).one()
    return float(made) / (made + left) if made + left else 0.0


def days_of(source: Reading) -> Days:
    """How the facts here reckon business days."""
    with source.reading() as connection:
        return days_in_force(connection, source.identity)


def _is_done(connection: Connection, identity: Identity) -> bool:
    return (
        marks.get(connection, marks.VERSIONS) == _versions(identity)
        and marks.get(connection, marks.STAGE) == _READY
        and not _due(connection, 1)
    )


def _step(connection: Connection, store: Store, limit: int) -> Progress:
    if marks.get(connection, marks.VERSIONS) != _versions(store.identity):
        _begin_again(connection, store)
    stage = marks.get(connection, marks.STAGE)
    if stage == CLEAR:
        if not _clear(connection):
            marks.put(connection, marks.STAGE, SWEEP)
        return Progress(False, marks.number(connection, marks.PLACE), 0)
    subjects = _due(connection, limit)
    if stage == SWEEP and len(subjects) < limit:
        subjects = _sweep(connection, subjects, limit - len(subjects))
    if subjects:
        take_in(connection, store, subjects, days_in_force(connection, store.identity))
    done = _is_done(connection, store.identity)
    return Progress(done, marks.number(connection, marks.PLACE), len(subjects))


def _begin_again(connection: Connection, store: Store) -> None:
    """Drop all tallies at once; facts go and come step by step. What is due now will be swept with all the rest."""
    for table in ("day_tally", "day_total", "fact_due"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  the names stand here
    marks.forget_versions(connection)
    marks.move(connection, (), ())
    if marks.get(connection, marks.CUTOFFS) is None:
        marks.put(connection, marks.CUTOFFS, cutoffs_of(store.reference, store.identity))
    marks.put(connection, marks.VERSIONS, _versions(store.identity))
    marks.put(connection, marks.STAGE, CLEAR)
    marks.put(connection, marks.SWEPT, "")


def _clear(connection: Connection) -> int:
    """Drop some of the old facts; how many rows."""
    return sum(connection.exec_driver_sql(each, {"limit": _CLEARED_AT_ONCE}).rowcount for each in _CLEAR)


def _sweep(connection: Connection, due: Sequence[str], limit: int) -> list[str]:
    """What is due, and the next subjects that have not been looked at yet."""
    swept = marks.get(connection, marks.SWEPT) or ""
    found = connection.exec_driver_sql(_NEXT, {"swept": swept, "limit": limit}).scalars().all()
    if found:
        marks.put(connection, marks.SWEPT, found[-1])
    if len(found) < limit:
        marks.put(connection, marks.STAGE, _READY)
    more = [subject for subject in found if subject.partition("/")[0] in KINDS]
    return list(dict.fromkeys([*due, *more]))


def _due(connection: Connection, limit: int) -> list[str]:
    """Subjects that have changed, and journeys that wait for central no longer."""
    found = list(connection.exec_driver_sql(_DUE, {"limit": limit}).scalars())
    acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
    span = {"acknowledged": acknowledged, "limit": limit}
    found += connection.exec_driver_sql(_CONFIRMED, span).scalars()
    return list(dict.fromkeys(found))[:limit]


def _versions(identity: Identity) -> str:
    """What facts and tallies are made by."""
    folds = " ".join(f"{kind}:{FOLDS[kind].version}" for kind in sorted(KINDS))
    return f"{figures.DEFINITIONS} {packing.VERSION} {folds} {identity.timezone}"
