"""Facts from outside: what fits becomes known, everything else stays unknown; windows of caps."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.eligibility.fact_schema import age_range, fact_rows, fits, known_name, read_facts
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.windows import CapWindow, next_window, window_days, window_id
from tests.rules.eligibility.help import claim, paid
from tests.rules.eligibility.strategies import worlds


@given(worlds())
def test_facts_travel_as_rows(world: dict[str, Fact]) -> None:
    assert read_facts(fact_rows(world)) == (world, [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("balance", 5),
        ("wallet_balance", 5),
        ("stock.deposit", 1),
        ("consent.top_up", 1),
        ("colour", "red"),
        ("claims.everybody", []),
        ("velocity.terminal.week", 1),
        ("calendar.today", "holiday"),
        ("calendar.2026-11-12", "maybe"),
        ("stock.", 1),
        ("kyc", 5),
        ("kyc", True),
        ("kyc", "3"),
        ("risk", 101),
        ("risk", 1.5),
        ("insider", 0),
        ("born", "2026-13-01"),
        ("born", "20260101"),
        ("first_paid_on", ""),
        ("age_band", "young"),
        ("wallet_tier", "V"),
        ("segments", "youth"),
        ("segments", ["x" * 65]),
        ("points", {"accumulated": 1}),
        ("points", {"accumulated": 1, "spendable": -1}),
        ("payments", [{**paid("2026-11-01", 1), "card": "6222"}]),
        ("payments", [paid("2026-11-01", 1, kind="cash")]),
        ("payments", {"on": "2026-11-01"}),
        ("claims.person", [{**claim("2026-11-01"), "quantity": 0}]),
        ("claimed.d11_oil", "yes"),
        ("budget_left.d11_oil", -1),
    ],
)
def test_what_does_not_fit_stays_unknown(name: str, value: Any) -> None:
    assert not fits(name, value)
    row = {"name": name, "value": value, "as_of": None, "source": "server"}
    assert read_facts([row]) == ({}, [name])


@pytest.mark.parametrize(
    "change",
    [{"source": "rumour"}, {"as_of": "yesterday"}, {"as_of": "2026-11-12T10:00:00"}, {"name": 5}, {"as_of": 5}],
)
def test_a_row_without_a_sound_origin_is_no_fact(change: dict[str, Any]) -> None:
    row = {"name": "kyc", "value": 3, "as_of": "2026-11-12T10:00:00+08:00", "source": "server", **change}
    found, wrong = read_facts([row])
    assert (found, len(wrong)) == ({}, 1)


def test_one_wrong_fact_spoils_no_other() -> None:
    rows = [
        {"name": "kyc", "value": 9, "as_of": None, "source": "server"},
        {"name": "risk", "value": 9, "as_of": "2026-11-12T10:00:00+08:00", "source": "attested"},
    ]
    assert read_facts(rows) == ({"risk": Fact(9, datetime(2026, 11, 12, 2, tzinfo=UTC), "attested")}, ["kyc"])


def test_names_of_families() -> None:
    assert known_name("consent.marketing") and known_name("stock.drawer.OIL-5L") and known_name("claims.household")
    assert not known_name("consent") and not known_name("stock.余额") and not known_name("payments.more")


@pytest.mark.parametrize(
    ("band", "expected"),
    [("under_14", (0, 13)), ("14_15", (14, 15)), ("60_plus", (60, None)), ("old", None), ("_15", None)],
)
def test_age_bands_say_their_years(band: str, expected: tuple[int, int | None] | None) -> None:
    assert age_range(band) == expected


@pytest.mark.parametrize(
    ("window", "name", "following"),
    [
        ("campaign", "all", None),
        ("day", "2026-12-31", date(2027, 1, 1)),
        ("week", "2026-W53", date(2027, 1, 4)),
        ("month", "2026-12", date(2027, 1, 1)),
    ],
)
def test_windows_at_the_end_of_a_year(window: CapWindow, name: str, following: date | None) -> None:
    assert window_id(window, date(2026, 12, 31)) == name
    assert next_window(window, date(2026, 12, 31)) == following


@given(st.sampled_from(get_args(CapWindow)), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-40, 40))
def test_a_day_is_in_the_window_of_the_same_name(window: CapWindow, day: date, offset: int) -> None:
    other = day + timedelta(days=offset)
    first, last = window_days(window, day)
    assert (first <= other.isoformat() <= last) is (window_id(window, other) == window_id(window, day))
    following = next_window(window, day)
    if following is not None:
        assert window_id(window, following) != window_id(window, day)
        assert window_id(window, following - timedelta(days=1)) == window_id(window, day)
