"""A check that was opened is one entry: all campaigns, verdicts and reasons as codes, nothing about the customer."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from branch_console.desk.gifts.checking import check
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.recording import TYPE, record
from branch_console.rules.eligibility.refusals import REASONS
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.checks import CheckState
from branch_console.rules.journal import Entry
from data.store import Store
from tests.desk.gifts.conftest import ANNA, RICE, World, key, spending

SPEND, FIRST = "spend_500_30d", "first_payment"
BELA = Person({"person": (key("bela"),), "phone": (key("tel2"),)}, "贝*拉", "139****1111")


def shown(world: World, person: Person = ANNA, staff: str = "wang", *, online: bool = True) -> bool:
    """Staff open the check of a customer."""
    booth = world.booth(staff, online=online)
    return record(booth, check(booth, booth.store, person))


def written(world: World) -> list[Entry]:
    return [each for each in world.store.pending().entries if each.type == TYPE]


def test_one_entry_says_what_every_campaign_said(world: World) -> None:
    world.run(SPEND)
    world.run(FIRST)
    world.shelve(RICE, 3)
    world.know(payments=spending(38000))
    assert shown(world)
    (entry,) = written(world)
    assert entry.data is not None
    said = {each["campaign"]: each for each in orjson.loads(orjson.dumps(entry.data["verdicts"]))}
    assert said.keys() == {SPEND, FIRST}
    assert said[SPEND]["verdict"] == "NOT_YET" and said[SPEND]["reasons"][0] == "spend_in_window"
    assert {code for each in said.values() for code in each["reasons"]} <= REASONS
    state = world.store.state(entry.subject)
    assert isinstance(state, CheckState) and state.staff == "wang" and len(state.verdicts) == 2


def test_who_gets_the_reward_misses_nothing(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 3)
    world.know(payments=spending(38000, 13200))
    assert shown(world)
    (entry,) = written(world)
    assert entry.data == {"verdicts": [{"campaign": SPEND, "verdict": "ELIGIBLE", "reasons": []}]}


def test_the_entry_names_no_customer(world: World) -> None:
    world.run(SPEND)
    world.know(payments=spending(38000))
    assert shown(world)
    (entry,) = written(world)
    kept = orjson.dumps(entry.wire()).decode()
    known = [*ANNA.all_keys, ANNA.name, ANNA.phone, "1990", "38000", "380"]
    assert not [each for each in known if each in kept.replace(entry.hash, "").replace(entry.prev, "")]


def test_the_same_customer_with_the_same_verdicts_is_written_once_a_day(world: World) -> None:
    world.run(SPEND)
    world.know(payments=spending(38000))
    assert [shown(world), shown(world), shown(world, staff="li")] == [True, False, False]
    known_by_phone = Person({"phone": ANNA.keys["phone"]})
    world.know(known_by_phone, payments=spending(38000))
    assert not shown(world, known_by_phone)
    world.know(BELA, payments=spending(38000))
    assert shown(world, BELA)
    world.clock.now += timedelta(days=1)
    world.know(payments=spending(38000))
    assert [shown(world), shown(world)] == [True, False]
    assert len({each.subject for each in written(world)}) == len(written(world)) == 3


def test_other_verdicts_are_another_check(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 3)
    world.know(payments=spending(38000))
    assert shown(world)
    world.know(payments=spending(38000, 13200))
    assert [shown(world), shown(world)] == [True, False]


def test_it_is_remembered_in_the_store(world: World, tmp_path: Path) -> None:
    world.run(SPEND)
    world.know(payments=spending(38000))
    assert shown(world)
    world.store.close()
    world.store = Store.open(tmp_path / "store.db", bytes(range(32)))
    assert not shown(world)


def test_offline_it_is_written_as_well(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 3)
    assert shown(world, online=False)
    (entry,) = written(world)
    assert entry.data is not None
    (line,) = orjson.loads(orjson.dumps(entry.data["verdicts"]))
    assert line["reasons"][0] == "unknown" and len(line["reasons"]) > 1


def test_nobody_and_nothing_is_not_written(world: World) -> None:
    assert not shown(world)  # no campaign
    world.run(SPEND)
    assert not shown(world, Person({}))
    assert written(world) == []


def test_a_role_that_may_not_check_writes_nothing(world: World) -> None:
    world.run(SPEND)
    allowed, booth = world.booth(), world.booth("zhou")
    with pytest.raises(RuleError, match="role"):
        record(booth, check(allowed, world.store, ANNA))
    assert written(world) == []
