"""Days are frozen once, when they can be complete or nobody waits any more; what comes later is said, by terminal."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any, cast

from branch_console.central.batch import parse_stored
from branch_console.central.database import Connection
from branch_console.central.publish import first_writer
from branch_console.central.store import entries_of
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.day_entries import figures_subject
from branch_console.rules.statistics.day_state import DayState, frozen_of, restatements_of
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.rules.statistics.freezing import Frozen, intact, written
from branch_console.rules.statistics.instants import Instant, all_days
from branch_console.rules.statistics.restating import Restatement
from branch_console.rules.statistics.whole_day import REPORTED, day_values
from tests.central.inside import with_database
from tests.central.statistics_help import BRANCH, Pushing
from tests.rules.cases.case_help import SAMPLES
from tests.rules.gifts.gift_help import claim
from tests.rules.statistics.day_branch import CENTRAL, DAYS, FIRST, STAFF, TERMINALS
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.row_help import DAYS as RECKONED

MONDAY = FIRST.date()
AFTER = FIRST + timedelta(days=DAYS, hours=1)
"""All made-up days are over."""
ONE = timedelta(days=1)


async def published(world: Pushing, kind: str) -> list[Entry]:
    """What central said, in the order in which it did."""
    rows = await world.rows(
        "SELECT wire FROM entry WHERE writer = %s AND type = %s ORDER BY seq", first_writer(BRANCH), kind
    )
    return [parse_stored(wire) for (wire,) in rows]


async def frozen_days(world: Pushing) -> Counter[str]:
    return Counter(str((each.data or {})["day"]) for each in await published(world, "day.frozen"))


async def state(world: Pushing, day: date) -> tuple[Frozen, list[Restatement]]:
    """A day as a terminal folds it."""
    subject = figures_subject(BRANCH, day)
    found, wrong = fold_subject(FOLDS["figures"], await entries_of(world.connection, BRANCH, subject), Reference())
    assert wrong == []
    assert isinstance(found, DayState)
    assert found.marks == []
    frozen = frozen_of(found)
    assert frozen is not None
    assert intact(frozen)
    return frozen, restatements_of(found)


def figures(world: Pushing, day: date, at: datetime) -> dict[str, Any]:
    """What the rules say of all rows."""
    found = {name: written(each) for name, each in day_values(world.facts(), RECKONED, day, at).items()}
    return {name: each for name, each in found.items() if name not in REPORTED}


async def now_said(world: Pushing, day: date) -> dict[str, Any]:
    """The frozen figures with all that was restated."""
    frozen, history = await state(world, day)
    found = {name: each for name, each in frozen.figures.items() if name not in REPORTED}
    return found | {each.figure: each.now for each in history}


def test_a_day_is_frozen_once_when_all_have_synced_after_it(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(1))
        await world.push_all()
        await world.count(FIRST + timedelta(hours=20))
        assert await frozen_days(world) == Counter()
        after = FIRST + timedelta(days=1, minutes=5)
        await world.synced(after - timedelta(minutes=6))
        await world.count(after)
        assert await frozen_days(world) == Counter()
        await world.synced(after, pending=1)
        await world.count(after)
        assert await frozen_days(world) == Counter()
        await world.synced(after)
        await world.count(after)
        assert await frozen_days(world) == Counter([str(MONDAY)])
        frozen, history = await state(world, MONDAY)
        assert (frozen.why, frozen.missing, frozen.at, history) == ("complete", (), after, [])
        assert frozen.figures.keys() == {*FIGURES, *RATIOS}
        assert frozen.figures["terminals.complete"] == {"value": 1, "rows": 4, "of": 4}
        assert await now_said(world, MONDAY) == figures(world, MONDAY, frozen.at)
        await world.synced(AFTER)
        await world.count(AFTER)
        assert await frozen_days(world) == Counter(str(MONDAY + timedelta(days=number)) for number in range(DAYS))
        assert await published(world, "day.restated") == []

    with_database(database, inside)


def test_a_dark_terminal_is_waited_for_three_days_and_its_late_entries_are_said(database: str) -> None:
    async def inside(connection: Connection) -> None:
        branch = make(3)
        world = await Pushing.open(connection, branch)
        await world.push_all(branch.dark)
        lit = [name for name in TERMINALS if name != branch.dark]
        before = FIRST + timedelta(days=4, minutes=-1)
        await world.synced(before, *lit)
        await world.count(before)
        assert await frozen_days(world) == Counter()
        over = FIRST + timedelta(days=4, minutes=1)
        await world.count(over)
        assert await frozen_days(world) == Counter([str(MONDAY)])
        frozen, _ = await state(world, MONDAY)
        assert (frozen.why, frozen.missing) == ("timed_out", (f"terminal/{branch.dark}",))
        first = await now_said(world, MONDAY)
        assert first == figures(world, MONDAY, frozen.at)

        late = world.writers[branch.dark].entries
        await world.push(branch.dark)
        await world.count(over + timedelta(hours=1))
        _, history = await state(world, MONDAY)
        assert history
        assert await now_said(world, MONDAY) == figures(world, MONDAY, frozen.at) != first
        assert {each.why for each in history} == {"late"}
        assert {terminal for each in history for terminal, _count in each.late} == {branch.dark}
        most = max(count for each in history for _terminal, count in each.late)
        touching = {each.subject for each in late}
        assert 0 < most <= sum(each.subject in touching for each in late)
        assert {str(row[0]) for row in await world.rows("SELECT day FROM late_entry")} == {str(MONDAY)}

        await world.push(CENTRAL)
        world.pushed[branch.dark] = 0
        await world.push(branch.dark)  # the same again
        await world.count(over + timedelta(hours=2))
        assert len(await published(world, "day.restated")) == 1
        assert await frozen_days(world) == Counter([str(MONDAY)])

    with_database(database, inside)


def test_a_revoked_terminal_is_not_waited_for_and_named(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(2))
        gone = TERMINALS[1]
        await world.push_all(gone)
        after = FIRST + timedelta(days=1, hours=2)
        await world.synced(after, *(name for name in TERMINALS if name != gone))
        await world.count(after)
        assert await frozen_days(world) == Counter()
        await connection.execute(
            "UPDATE writer SET revoked_at = %s WHERE name = %s", (after - timedelta(minutes=5), gone)
        )
        await world.count(after)
        frozen, _ = await state(world, MONDAY)
        assert (frozen.why, frozen.missing) == ("complete", (f"terminal/{gone}",))

    with_database(database, inside)


def test_what_goes_on_by_itself_restates_nothing_and_what_is_taken_back_does(database: str) -> None:
    """A journey of Monday ends on Wednesday, a complaint goes up, a voucher is given up; then another journey of Monday
    comes late, whose wallet one of Monday's had opened."""

    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection)
        writer = world.writers[TERMINALS[0]]
        journey, other = (f"journey/0190c0de-0000-7000-8000-00000000c00{number}" for number in range(2))
        case, voucher = (f"{kind}/0190c0de-0000-7000-8000-00000000c004" for kind in ("case", "claim"))

        def act(subject: str, kind: str, when: datetime, /, **data: Any) -> None:
            writer.write(kind, subject, data, at_ms=0)
            said = writer.entries.pop()
            clock = f"{int(when.timestamp() * 1000):013d}-0000"
            world.write(said._replace(at=when.isoformat(timespec="milliseconds"), clock=clock, staff=STAFF[0]))

        noon = FIRST + timedelta(hours=12)
        wallet = {"phone": {"masked": "138****8000", "key": "k1:1"}, "wallet_id": "002250******5001"}
        for subject in (journey, other):
            act(subject, "journey.started", noon, flow={"id": "f", "version": 1}, target="III")
            act(subject, "journey.answered", noon, step="lookup", answers=wallet)
        act(other, "journey.finished", noon + timedelta(hours=2), wallet_class="III")
        act(case, "case.registered", noon, **{**SAMPLES["case.registered"], "received_at": noon.isoformat()})
        act(voucher, "claim.vouchered", noon, **claim(code="VC-ABCD-EFGH", expires_on="2026-12-01"))
        await world.push_all()
        tuesday = FIRST + timedelta(days=1, hours=1)
        await world.synced(tuesday)
        await world.count(tuesday)
        assert (await now_said(world, MONDAY))["journeys.onboarded"] == {"value": 1, "rows": 1, "of": 1}
        assert (await now_said(world, MONDAY))["journeys.completed"] == {"value": "0.500000", "rows": 1, "of": 2}
        wednesday = FIRST + timedelta(days=2, hours=10)
        act(journey, "journey.finished", wednesday, wallet_class="III")
        act(case, "case.escalated", wednesday, **{**SAMPLES["case.escalated"], "level": 2})
        act(voucher, "claim.released", wednesday, why="customer_left", note=None)
        await world.push_all()
        await world.count(FIRST + timedelta(days=2, hours=11))
        assert await published(world, "day.restated") == []

        late = f"journey/{'0190c0de-0000-7000-8000-00000000c003'}"
        act(late, "journey.started", noon - timedelta(hours=2), flow={"id": "f", "version": 1}, target="III")
        act(late, "journey.answered", noon - timedelta(hours=2), step="lookup", answers=wallet)
        act(late, "journey.finished", noon - timedelta(hours=1), wallet_class="III")
        await world.push_all()
        await world.count(FIRST + timedelta(days=2, hours=12))
        _, history = await state(world, MONDAY)
        said = {each.figure: (each.was, each.now, each.late) for each in history}
        assert "journeys.onboarded" not in said
        assert said["journeys.received"][1] == {"value": 3, "rows": 3, "of": 3}
        assert said["journeys.received"][2] == ((TERMINALS[0], 1),)
        rows = await world.rows("SELECT subject FROM fact WHERE kind = 'journey' ORDER BY subject")
        assert [each[0] for each in rows] == [journey, other, late]

    with_database(database, inside)


def test_no_day_that_nobody_waited_for_and_each_in_a_transaction_of_its_own(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(5))
        await world.push_all()
        await world.count(FIRST + timedelta(days=41, hours=2))
        wanted = Counter(str(each) for each in all_days(MONDAY + ONE, MONDAY + timedelta(days=37)))
        assert await frozen_days(world) == wanted
        found = await world.rows("SELECT count(DISTINCT xmin::text) FROM entry WHERE type = 'day.frozen'")
        assert found == [(len(wanted),)]

    with_database(database, inside)


def test_no_day_before_the_first_entry(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(5))
        await connection.execute(
            "UPDATE writer SET registered_at = %s WHERE public_key IS NOT NULL", (FIRST - timedelta(days=9),)
        )
        await world.push_all()
        await world.synced(AFTER)
        await world.count(AFTER)
        moments = [world.writers[name].entries[0].at for name in TERMINALS if world.writers[name].entries]
        first = min(cast(Instant, RECKONED.instant(each)).day for each in moments)
        assert sorted(await frozen_days(world)) == [str(each) for each in all_days(first, AFTER.date() - ONE)]
        assert FIRST.date() - timedelta(days=9) < first

    with_database(database, inside)


def test_made_anew_by_other_rules_all_is_as_before_and_nothing_is_restated(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(4))
        await world.push_all()
        await world.synced(AFTER)
        await world.count(AFTER)
        tables = [
            "SELECT subject, kind, begins, ends, body, steps FROM fact ORDER BY 1",
            "SELECT day, kind, subject FROM fact_day ORDER BY 1, 2, 3",
            "SELECT name, subject FROM fact_link ORDER BY 1, 2",
            "SELECT day, figures, stale, moved, frozen_at FROM statistics_day ORDER BY 1",
        ]
        before = [await world.rows(each) for each in tables]
        assert all(before)
        await connection.execute("UPDATE statistics_branch SET made_by = 'another'")
        await world.count(AFTER)
        assert [await world.rows(each) for each in tables] == before
        assert await published(world, "day.restated") == []
        assert len(await published(world, "day.frozen")) == DAYS

    with_database(database, inside)
