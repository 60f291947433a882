"""A store to which made-up days come, and what its facts and tallies must be by making all of them anew."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from branch_console.rules.journal import FIRST_PREV, Entry, parse_at, seal
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.statistics.days_of_rows import days_of as days_of_rows
from branch_console.rules.statistics.days_of_rows import onboarded
from branch_console.rules.statistics.deriving_all import KINDS, derive
from branch_console.rules.statistics.facts import Facts, joined
from branch_console.rules.statistics.linking import linked
from branch_console.rules.statistics.packing import unpack_all
from branch_console.rules.statistics.tallies import tallies
from branch_console.rules.statistics.tally import Key, Tally, by_day, whole
from data import meta
from data.published import Published
from data.statistics.catching_up import days_of
from data.statistics.linking import digest
from data.statistics.tallies import tallies_of, totals
from data.store import Store
from tests.data.world import NOW, identity, new_store
from tests.rules.statistics.day_branch import TERMINALS, Branch
from tests.rules.statistics.fact_help import reference

OWN = TERMINALS[0]
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
ROWS = ("journeys", "steps", "claims", "checks", "cases", "clocks", "ratings", "ideas")


def day_store(folder: Path) -> Store:
    """A new store of the made-up branch, with the reference data that its cases need."""
    store = new_store(folder, identity(OWN, "SZ01"))
    store.published = Published(reference(), [], {})
    return store


def chained(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The same acts as whole journals, one for each writer."""
    journals: dict[str, list[Entry]] = {}
    for each in sorted(entries, key=lambda entry: entry.seq):
        put_in(journals.setdefault(each.terminal, []), each)
    return journals


def put_in(journal: list[Entry], act: Entry) -> Entry:
    """The same act as the next entry of a writer's journal."""
    said = {name: getattr(act, name) for name in ("terminal", "id", "type", "version", "branch", "subject", "staff")}
    place: dict[str, Any] = {"seq": len(journal) + 1, "prev": journal[-1].hash if journal else FIRST_PREV}
    journal.append(seal(at=act.at, clock=act.clock, data=act.data or {}, **place, **said))
    return journal[-1]


def arrivals(branch: Branch, random: Random) -> Iterator[list[Entry]]:
    """The branch's entries in pieces, in the order in which they reach the store: each writer's own in theirs."""
    rest = chained(branch.entries)
    while rest:
        writer = random.choice(sorted(rest))
        count = random.randint(1, 25)
        yield rest[writer][:count]
        del rest[writer][:count]
        if not rest[writer]:
            del rest[writer]


def receive(store: Store, piece: Sequence[Entry]) -> None:
    """Take in what came: acts of this terminal are done here, all else is a page of the feed."""
    if piece[0].terminal != store.identity.terminal:
        assert not store.apply_feed(list(piece), "c", "epoch-1").broken
        return
    for each in piece:
        with store.act(each.staff, parse_at(each.at)) as act:
            assert each.data is not None
            act.append(each.type, each.subject, each.data)


def acknowledge(store: Store, through: int | None = None) -> None:
    """Central holds the own journal, up to that entry."""
    seq = store.head().seq if through is None else through
    store.acknowledge(seq, store.hash_at(seq) or "", [], "epoch-1", NOW)


def assert_right(store: Store) -> Facts:
    """Facts, days, wallets, tallies and totals are what all states say together; returns the facts."""
    by_subject = _by_subject(store)
    scratch = linked(joined(by_subject.values()))
    kept = facts_of_subjects(store, list(by_subject))
    for rows in ROWS:
        assert Counter(getattr(kept, rows)) == Counter(getattr(scratch, rows)), rows
    expected = tallies(scratch)
    assert all_tallies(store) == expected
    of_days = {day: whole(found) for day, found in by_day(expected).items()}
    assert totals(store, FIRST, LAST) == of_days
    with store.reading() as connection:
        stored = connection.exec_driver_sql("SELECT day, kind, subject FROM fact_day").all()
        wallets = connection.exec_driver_sql("SELECT day, wallet FROM fact_wallet").all()
    assert {tuple(row) for row in stored} == {
        (day.isoformat(), kind, subject) for subject, facts in by_subject.items() for day, kind in days_of_rows(facts)
    }
    assert sorted(wallets) == sorted((day.isoformat(), digest(wallet)) for day, wallet in onboarded(scratch))
    counted = (row for row in scratch.journeys if row.confirmed and row.first_of_wallet and row.recognised)
    assert Counter(day for day, _ in wallets) == Counter(
        row.finished.day.isoformat() for row in counted if row.finished
    )
    return kept


def from_scratch(store: Store) -> Facts:
    """All facts of a store, made from its states at once."""
    return linked(joined(_by_subject(store).values()))


def facts_of_subjects(store: Store, subjects: Sequence[str]) -> Facts:
    """The facts that are kept of these subjects, steps too."""
    with store.reading() as connection:
        kept = connection.exec_driver_sql("SELECT subject, body, steps FROM fact ORDER BY subject").all()
    return unpack_all((row.body, row.steps) for row in kept if row.subject in subjects)


def all_tallies(store: Store) -> dict[Key, Tally]:
    """The tallies of all days that have any."""
    with store.reading() as connection:
        days = connection.exec_driver_sql("SELECT DISTINCT day FROM day_tally").scalars().all()
    return {key: tally for day in days for key, tally in tallies_of(store, date.fromisoformat(day)).items()}


def rows_of(store: Store, table: str) -> list[tuple[Any, ...]]:
    """All rows of a table, in order."""
    with store.reading() as connection:
        return sorted(tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}"))  # noqa: S608


def _by_subject(store: Store) -> dict[str, Facts]:
    days = days_of(store)
    return {
        subject: derive(subject, state, days, store.reference, confirmed=_held(store, subject, state))
        for subject, state in store.states(_subjects(store)).items()
    }


def _subjects(store: Store) -> list[str]:
    with store.reading() as connection:
        found = connection.exec_driver_sql("SELECT subject FROM state ORDER BY subject").scalars().all()
    return [subject for subject in found if subject.partition("/")[0] in KINDS]


def _held(store: Store, subject: str, state: Any) -> bool:
    """Whether central holds the finish of a journey, counted slowly."""
    if not isinstance(state, JourneyState) or state.finished_at is None:
        return True
    with store.reading() as connection:
        acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
    own = store.identity.terminal
    ends = [each for each in store.entries(subject) if each.type == "journey.finished" and each.at == state.finished_at]
    return any(each.terminal != own or each.seq <= acknowledged for each in ends)
