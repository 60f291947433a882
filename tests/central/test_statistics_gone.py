"""What is erased is in no row of what happened; after a restore everybody is waited for anew."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any, cast

from branch_console.central.database import Connection
from branch_console.central.facts import renew_epoch
from branch_console.central.refolding import refold
from branch_console.central.statistics_queue import counted_subjects
from branch_console.central.statistics_tallies import tallies_of
from branch_console.rules.canonical import Json
from branch_console.rules.cases.forgetting import erasure as of_case
from branch_console.rules.journey_forgetting import erasure as of_journey
from branch_console.rules.reference import Reference
from tests.central.inside import with_database
from tests.central.statistics_help import BRANCH, Pushing
from tests.central.test_statistics_counts import equal
from tests.central.test_statistics_frozen import AFTER, MONDAY, frozen_days, published, state
from tests.rules.cases.case_help import CASE, SAMPLES
from tests.rules.statistics.day_branch import DAYS, FIRST, NOW, TERMINALS
from tests.rules.statistics.day_maker import make

KEYS = ("k1:138", "k1:777")


_ALL = (
    "SELECT name, subject FROM fact_link",
    "SELECT subject, ''::bytea, body, steps FROM fact",
    "SELECT branch, figures::text, tallies FROM statistics_day",
    "SELECT subject, writer FROM fact_due",
    "SELECT id, type, terminal FROM late_entry",
    "SELECT * FROM fact_settled",
)


async def everything(world: Pushing) -> str:
    """All that is kept, as text."""
    return "".join([str(row) for each in _ALL for row in await world.rows(each)])


def test_keyed_hashes_go_with_what_is_erased(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection)
        writer = world.writers[TERMINALS[0]]
        places = {}
        for key in ("k1:778", "k1:777"):
            journey = f"journey/0190c0de-0000-7000-8000-00000000c{key[3:]}"
            answers: Any = {"phone": {"masked": "138****8000", "key": key}, "wallet_id": "002250******5777"}
            writer.write("journey.started", journey, {"flow": {"id": "f", "version": 1}, "target": "III"})
            places[journey] = writer.write("journey.answered", journey, {"step": "lookup", "answers": answers}).seq
            writer.write("journey.finished", journey, {"wallet_class": "III"})
        case = writer.write("case.registered", CASE, cast(Any, SAMPLES["case.registered"])).seq
        await world.push_all()
        await world.count(NOW)
        kept = await everything(world)
        assert [key in kept for key in KEYS] == [True, True]
        for subject, seq in ((journey, places[journey]), (CASE, case)):
            erased: list[Json] = [{"terminal": writer.terminal, "seq": seq}]
            writer.write("data.erased", subject, {"entries": erased, "why": "consent_withdrawn"})
        await world.push_all()
        await world.count(NOW)
        kept = await everything(world)
        assert [key in kept for key in KEYS] == [False, False]
        assert "k1:778" in kept  # others stay

    with_database(database, inside)


def test_forgetting_customers_moves_no_figure_and_restates_no_day(database: str) -> None:
    """Wallets that were opened twice and complaints that repeat others stay what they were, whoever goes first."""

    async def inside(connection: Connection) -> None:
        branch, random = make(25, 8), Random(25)
        world = await Pushing.open(connection, branch)
        await world.push_all()
        over = branch.now + timedelta(hours=1)
        await world.synced(over)
        await world.count(over)
        days = [MONDAY + timedelta(days=number) for number in range(9)]
        before, frozen = await tallies_of(connection, BRANCH, days), await frozen_days(world)
        assert len(frozen) > 5

        entries = [each for writer in world.writers.values() for each in writer.entries]
        people = sorted({each.subject for each in entries if each.kind in {"journey", "case", "rating"}})
        for number, subject in enumerate(random.sample(people, len(people))):
            own = [each for each in entries if each.subject == subject]
            places = of_case(own) if own[0].kind != "journey" else of_journey(own)
            if places:
                data = {"entries": places, "why": "consent_withdrawn"}
                world.write(branch.add("data.erased", subject, data, over, "s1", TERMINALS[0]))
            if number % 5 == 0:
                await world.push_all()
                await world.count(over)
                assert await tallies_of(connection, BRANCH, days) == before
        await world.push_all()
        await world.count(over)
        settled = await world.rows("SELECT later_of_wallet, repeat_of FROM fact_settled")
        assert [any(each[0] for each in settled), any(each[1] for each in settled)] == [True, True]
        assert {name[:6] for (name,) in await world.rows("SELECT name FROM fact_link")} == {"about:"}
        await connection.execute("UPDATE statistics_branch SET made_by = ''")
        await world.count(over)
        assert await tallies_of(connection, BRANCH, days) == before
        assert (await frozen_days(world), await published(world, "day.restated")) == (frozen, [])

    with_database(database, inside)


def test_in_a_new_epoch_terminals_are_waited_for_anew_and_no_day_is_frozen_twice(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(3))
        await world.push_all()
        tuesday = FIRST + timedelta(days=1, hours=1)
        await world.synced(tuesday)
        await world.count(tuesday)
        assert await frozen_days(world) == Counter([str(MONDAY)])
        await world.synced(AFTER - timedelta(hours=30))
        epoch = await renew_epoch(connection)
        wednesday = FIRST + timedelta(days=2, hours=1)
        await connection.execute("UPDATE writer SET settled_at = %s WHERE public_key IS NOT NULL", (wednesday,))
        await world.count(wednesday)
        assert await frozen_days(world) == Counter([str(MONDAY)])
        await connection.execute("UPDATE writer SET settled_epoch = %s WHERE public_key IS NOT NULL", (epoch,))
        await world.count(wednesday)
        rows = await world.rows("SELECT writer FROM entry WHERE type = 'day.frozen' ORDER BY writer")
        assert [writer.startswith(f"central/{BRANCH}") for (writer,) in rows] == [True, True]
        assert len({writer for (writer,) in rows}) == 2
        assert (await state(world, MONDAY))[1] == []
        assert await published(world, "day.restated") == []

    with_database(database, inside)


def test_what_is_folded_anew_is_counted_anew(database: str) -> None:
    async def inside(connection: Connection) -> None:
        world = await Pushing.open(connection, make(2))
        await world.push_all()
        await world.count(NOW)
        subjects = [row[0] for row in await world.rows("SELECT subject FROM state")]
        some = counted_subjects(subjects)[:10]
        await refold(connection, [(BRANCH, each) for each in some], Reference())
        assert {row[0] for row in await world.rows("SELECT subject FROM fact_due")} == set(some)
        await world.count(NOW)
        await equal(world, NOW)
        assert len(await frozen_days(world)) < DAYS

    with_database(database, inside)
