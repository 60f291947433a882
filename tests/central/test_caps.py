"""Counters that many take at the same time: never more than the cap, all or nothing, and back to nothing."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import psycopg
import pytest

from branch_console.central import caps
from branch_console.central.caps import At, MissingKey, Refused, Use, give_back, right_uses, take, total_uses
from branch_console.central.database import Connection, connect
from branch_console.central.loop import run
from branch_console.rules.eligibility.campaign import read_campaign
from tests.central.gift_help import campaign_text
from tests.central.inside import with_database

CLAIMERS = 16
HOT = Use("d", "quantity", "", "all", 1, 100)


def person(number: int, cap: int = 1) -> Use:
    return Use("d", "person", f"k1:{number}", "all", 1, cap)


def counters(database: str) -> dict[tuple[str, str], int]:
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT scope, key, used FROM cap_use").fetchall()
    return {(scope, key): used for scope, key, used in rows}


def race(database: str, tries: Callable[[int], Sequence[Sequence[Use]]]) -> int:
    """Sixteen claimers, each on a connection and a loop of its own, each with its tries; how many were granted."""
    granted: Counter[bool] = Counter()
    start = threading.Barrier(CLAIMERS)

    async def claim(number: int) -> Counter[bool]:
        counted: Counter[bool] = Counter()
        async with await connect(database) as connection:
            start.wait()
            for uses in tries(number):
                async with connection.transaction():
                    counted[await take(connection, uses) is None] += 1
        return counted

    def work(number: int) -> None:
        granted.update(run(claim(number)))

    claimers = [threading.Thread(target=work, args=(number,)) for number in range(CLAIMERS)]
    for each in claimers:
        each.start()
    for each in claimers:
        each.join()
    assert granted.total() == sum(len(tries(number)) for number in range(CLAIMERS))
    return granted[True]


def test_sixteen_claimers_and_a_cap_of_a_hundred(database: str) -> None:
    assert race(database, lambda number: [[person(number * 100 + n), HOT] for n in range(20)]) == 100
    assert counters(database)["quantity", ""] == 100
    assert sum(used for (scope, _key), used in counters(database).items() if scope == "person") == 100


def test_sixteen_claimers_and_three_hundred_people(database: str) -> None:
    def everybody(number: int) -> list[list[Use]]:
        return [[person((n * 7 + number * 31) % 300), HOT._replace(cap=10_000)] for n in range(300)]

    assert race(database, everybody) == 300
    used = counters(database)
    assert used.pop(("quantity", "")) == 300
    assert set(used.values()) == {1}
    assert len(used) == 300


def test_in_whatever_order_they_are_asked_for_nobody_waits_for_ever(database: str) -> None:
    uses = [person(number, cap=10_000) for number in range(12)]

    def turned(number: int) -> list[list[Use]]:
        return [uses[number % 12 :] + uses[: number % 12], uses[::-1]] * 10

    assert race(database, turned) == CLAIMERS * 20
    assert set(counters(database).values()) == {CLAIMERS * 20}


def taken(database: str, *uses: Use) -> Refused | None:
    async def work(connection: Connection) -> Refused | None:
        async with connection.transaction():
            return await take(connection, uses)

    return with_database(database, work)


def returned(database: str, *uses: Use) -> None:
    async def work(connection: Connection) -> None:
        await give_back(connection, uses)

    with_database(database, work)


def test_all_or_nothing_and_the_transaction_goes_on(database: str) -> None:
    assert taken(database, person(1)) is None

    async def work(connection: Connection) -> Refused | None:
        async with connection.transaction():
            refused = await take(connection, [person(2), person(1), HOT])
            await connection.execute("INSERT INTO meta (name, value) VALUES ('after', 'x')")
        return refused

    assert with_database(database, work) == Refused(person(1))
    assert counters(database) == {("person", "k1:1"): 1}
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'after'").fetchone() == ("x",)


def test_what_is_given_back_can_be_taken_again_but_never_more(database: str) -> None:
    assert taken(database, person(1), HOT._replace(quantity=100)) is None
    assert taken(database, HOT) == Refused(HOT)
    returned(database, person(1), HOT._replace(quantity=40))
    assert taken(database, person(1), HOT._replace(quantity=40)) is None
    assert taken(database, HOT) is not None
    with pytest.raises(psycopg.errors.CheckViolation):
        returned(database, HOT._replace(quantity=101))
    returned(database, Use("other", "quantity", "", "all", 5, 9))
    assert counters(database)["quantity", ""] == 100


@pytest.mark.parametrize("quantity", [101, 10**12])
def test_more_than_the_whole_cap_is_refused_at_once(database: str, quantity: int) -> None:
    assert taken(database, HOT._replace(quantity=quantity)) is not None
    assert counters(database) == {}


def test_a_new_version_s_cap_counts_from_then_on(database: str) -> None:
    assert taken(database, person(1)) is None
    assert taken(database, person(1)) is not None
    assert taken(database, person(1, cap=2)) is None
    assert taken(database, person(1, cap=1)) is not None
    assert counters(database) == {("person", "k1:1"): 2}


def test_one_counter_named_twice_counts_twice_and_the_tightest_cap_holds(database: str) -> None:
    assert taken(database, person(1, cap=2), person(1, cap=5)) is None
    assert taken(database, person(2, cap=1), person(2, cap=5)) is not None
    assert taken(database, *([HOT] * 100)) is None
    assert taken(database) is None


def test_what_one_claim_takes() -> None:
    text = campaign_text(
        "d_1",
        caps=[("person", "campaign", 1), ("phone", "month", 3), ("staff", "day", 40), ("campaign", "week", 500)],
        quantity=900,
        budget_fen=2_000_000,
    )
    campaign, day = read_campaign("x.toml", text), date(2026, 12, 12)
    keys = {"person": "k1:a", "phone": "k1:b"}
    assert right_uses(campaign, keys, At("B1", "t", "g01"), day) == [
        Use("d_1", "person", "k1:a", "all", 1, 1),
        Use("d_1", "phone", "k1:b", "2026-12", 1, 3),
        Use("d_1", "staff", "B1/g01", "2026-12-12", 1, 40),
        Use("d_1", "campaign", "", "2026-W50", 1, 500),
    ]
    assert right_uses(campaign, {"person": "k1:a"}, At("B1", "t", "g01"), day) == MissingKey("phone")
    assert total_uses(campaign, 20) == [
        Use("d_1", "quantity", "", "all", 20, 900),
        Use("d_1", "budget", "", "all", 60_000, 2_000_000),
    ]
    by_phone = read_campaign("x.toml", campaign_text("d_1", identity="phone"))
    assert right_uses(by_phone, keys, At("B1", "t", "g01"), day) == [Use("d_1", "phone", "k1:b", "all", 1, 1)]


def test_uses_survive_being_kept() -> None:
    uses = [HOT, person(1)]
    assert caps.uses_of_json(caps.uses_json(uses)) == uses
