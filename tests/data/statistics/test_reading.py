"""What the store gives to figures: every row that they count, by day, subject or because it is open; at one moment."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection

from branch_console.rules.statistics.definition import selected
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures import FIGURES
from branch_console.rules.statistics.instants import EVER, Scope
from data.identity import Identity
from data.statistics import central, days, marks, rows, tallies
from data.statistics.catching_up import catch_up, catch_up_all, caught_up, how_far
from data.store import Store
from tests.data.plans import plans
from tests.data.statistics.stage import FIRST, LAST, all_tallies, arrivals, day_store, from_scratch, receive
from tests.rules.statistics.day_branch import DAYS
from tests.rules.statistics.day_branch import FIRST as MONDAY
from tests.rules.statistics.day_maker import make

DAY = MONDAY.date()
SUNDAY = DAY - timedelta(days=1)
STANDING = ("cases.open", "clocks.overdue")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with some days, which no test changes."""
    made = filled(day_store(tmp_path_factory.mktemp("full")))
    yield made
    made.close()


def filled(store: Store) -> Store:
    for piece in arrivals(make(9), Random(9)):
        receive(store, piece)
    catch_up_all(store)
    return store


@pytest.fixture(scope="module")
def everything(full: Store) -> Facts:
    """All facts of it, made at once."""
    return from_scratch(full)


def subjects(facts: Facts) -> set[str]:
    names = ("journeys", "claims", "checks", "cases", "ratings", "ideas")
    return {row.subject for name in names for row in getattr(facts, name)}


def counted(figure: str, facts: Facts, scope: Scope) -> Counter[Any]:
    return Counter(selected(FIGURES[figure], facts, scope))


@pytest.mark.parametrize("number", range(-1, DAYS + 2))
def test_the_facts_of_a_day_hold_all_rows_of_its_figures(full: Store, everything: Facts, number: int) -> None:
    day = DAY + timedelta(days=number)
    scope = Scope(day, day, EVER.as_of)
    facts = rows.facts_of_days(full, [day], steps=True)
    assert facts == rows.facts_between(full, day, day, steps=True)
    for figure in FIGURES:
        if FIGURES[figure].basis != "standing":
            assert counted(figure, facts, scope) == counted(figure, everything, scope), figure
    open_ones = rows.open_cases(full)
    for figure in STANDING:
        assert counted(figure, open_ones, scope) == counted(figure, everything, scope), figure


def test_facts_come_by_kind_and_due_day(full: Store, everything: Facts) -> None:
    span = (DAY, DAY + timedelta(days=DAYS))
    by_kind = {kind: subjects(rows.facts_between(full, FIRST, LAST, [kind])) for kind in rows.DAY_KINDS}
    assert by_kind["journey"] == {each.subject for each in everything.journeys}
    assert by_kind["claim"] == {each.subject for each in everything.claims}
    assert by_kind["idea"] == {each.subject for each in everything.ideas} < by_kind["case"]
    due = rows.due_facts(full, *span)
    assert {each.subject for each in due.cases} == {
        each.subject for each in everything.clocks if each.due and span[0] <= each.due.day <= span[1]
    }
    assert rows.facts_between(full, *span, ["journey"]).steps == ()


def test_tallies_of_some_figures_over_days(full: Store) -> None:
    few = {"journeys.received", "funnel.reached"}
    found = tallies.days_with_groups(full, FIRST, LAST, few)
    assert found == {key: tally for key, tally in all_tallies(full).items() if key[1] in few} != {}
    assert tallies.tallies_of(full, SUNDAY - timedelta(days=90)) == {}
    assert tallies.totals(full, LAST, LAST) == {}


def test_days_without_facts_are_silent_though_a_limit_runs_out_on_them(full: Store) -> None:
    with full.reading() as connection:
        stands = connection.exec_driver_sql("SELECT day, kind FROM fact_day").all()
    clocks_only = {row.day for row in stands} - {row.day for row in stands if row.kind != "clock"}
    assert clocks_only
    first, last = DAY - timedelta(days=60), DAY + timedelta(days=60)
    silent = days.silent_days(full, first, last)
    assert {date.fromisoformat(each) for each in clocks_only} <= silent
    assert len(silent) + len({row.day for row in stands} - clocks_only) == 121


def test_how_far_the_facts_are_made(store: Store) -> None:
    filled(store)
    assert how_far(store) == 1
    with store.database.write() as connection:
        marks.put(connection, marks.VERSIONS, "")
    shares = [how_far(store)]
    while not caught_up(store):
        catch_up(store, limit=10)
        shares.append(how_far(store))
    assert (shares[0], shares[-1]) == (0, 1)
    assert shares == sorted(shares)
    assert any(0 < each < 1 for each in shares)


def test_central_s_last_answer_is_kept(store: Store) -> None:
    assert central.central(store, "area") is None
    central.put_central(store, "area", "2026-11-20T09:00:00.000Z", b"{}")
    central.put_central(store, "area", "2026-11-20T10:00:00.000Z", b'{"a":1}')
    assert central.central(store, "area") == ("2026-11-20T10:00:00.000Z", b'{"a":1}')


@dataclass
class Snapshot:
    """One moment of a store."""

    identity: Identity
    connection: Connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        yield self.connection


def test_all_reads_see_one_moment(store: Store) -> None:
    filled(store)
    with store.reading() as connection:
        moment = Snapshot(store.identity, connection)
        before = (marks.place(moment), tallies.tallies_of(moment, DAY))
        for piece in arrivals(make(10), Random(10)):
            if piece[0].terminal == store.identity.terminal:
                receive(store, piece)
        catch_up_all(store)
        assert caught_up(moment)
        assert (marks.place(moment), tallies.tallies_of(moment, DAY)) == before
    assert marks.place(store) > before[0]


QUESTIONS: dict[str, Callable[[Store], Any]] = {
    "days": lambda store: rows.facts_of_days(store, [DAY], ["journey", "case"], steps=True),
    "span": lambda store: rows.facts_between(store, DAY, LAST),
    "due": lambda store: rows.due_facts(store, DAY, DAY),
    "open": rows.open_cases,
    "tallies": lambda store: tallies.tallies_of(store, DAY),
    "totals": lambda store: tallies.totals(store, DAY, LAST),
    "groups": lambda store: tallies.days_with_groups(store, DAY, LAST, ["journeys.received"]),
    "versions": lambda store: (marks.day_versions(store, DAY, LAST), marks.kind_versions(store), marks.place(store)),
    "frozen": lambda store: (days.frozen_days(store, DAY, LAST), days.day_state(store, DAY)),
    "silent": lambda store: days.silent_days(store, DAY, LAST),
    "caught_up": caught_up,
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_all_facts(full: Store, name: str) -> None:
    assert _wide(full, QUESTIONS[name]) == []


def test_catching_up_reads_no_table_as_a_whole(store: Store) -> None:
    filled(store)
    with store.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO fact_due(subject) SELECT subject FROM fact LIMIT 5")
    assert _wide(store, catch_up_all) == []


def _wide(store: Store, question: Callable[[Store], Any]) -> list[str]:
    """Steps of query plans that read a whole table; what is due is all to be read."""
    small = ("CONSTANT", "fact_due", "(subquery")
    return [
        step
        for _, step in plans(store, question)
        if step.startswith("SCAN") and "VIRTUAL TABLE" not in step and not step.split()[1].startswith(small)
    ]
