"""What exactly counts: spending net and honest, days of the branch, ages, segments."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.rules.eligibility.help import ask, paid


def test_a_holiday_of_a_year_nobody_published_is_unknown() -> None:
    condition = {"type": "recurring", "calendar": "holiday"}
    later = datetime(2099, 1, 1, 4, tzinfo=UTC)
    runs = {"from": date(2026, 1, 1), "to": date(2100, 1, 1)}
    assert ask(condition, {}, now=later, runs=runs).status == "UNKNOWN"
    assert ask(condition, {"calendar.2099-01-01": "holiday"}, now=later, runs=runs).status == "SAT"
    assert ask({**condition, "weekdays": [1]}, {}, now=later, runs=runs).status == "UNSAT"  # it is a Thursday


def test_a_make_up_work_day_is_a_work_day() -> None:
    # 2026-02-14 is a Saturday on which people work for the Spring Festival
    node = ask(
        {"type": "recurring", "calendar": "workday"},
        {},
        now=datetime(2026, 2, 14, 4, tzinfo=UTC),
        runs={"from": date(2026, 1, 1), "to": date(2026, 12, 31)},
    )
    assert node.status == "SAT"


def test_the_day_is_the_branch_s() -> None:
    late = datetime(2026, 11, 11, 16, 30, tzinfo=UTC)  # half past midnight of the 12th in Shanghai
    assert ask({"type": "period", "from": date(2026, 11, 12)}, {}, now=late).status == "SAT"
    assert ask({"type": "recurring", "hours": [{"start": 0, "end": 1}]}, {}, now=late).status == "SAT"


SPEND = {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 50_000}


@pytest.mark.parametrize(
    ("payments", "have"),
    [
        ([paid("2026-11-12", 38_000)], 38_000),
        ([paid("2026-11-12", 60_000), paid("2026-11-12", -30_000)], 30_000),
        ([paid("2026-11-12", 60_000, kind="transfer"), paid("2026-11-12", 60_000, kind="own_merchant")], 0),
        ([paid("2026-11-13", 60_000)], 0),
        ([], 0),
    ],
)
def test_spending_is_net_and_honest(payments: list[dict[str, Any]], have: int) -> None:
    node = ask(SPEND, {"payments": payments})
    assert (node.have, node.need, node.gap, node.unit) == (have, 50_000, 50_000 - have, "fen")


def test_what_is_missing_can_be_made_up_until_the_oldest_payment_leaves_the_window() -> None:
    node = ask({**SPEND, "days": 10}, {"payments": [paid("2026-11-05", 38_000)]})
    assert node.params["by"] == "2026-11-14"
    assert ask(SPEND, {"payments": []}).params["by"] == "2026-11-30"  # the campaign ends
    month = ask({"type": "distinct_days", "window": "month", "at_least": 3}, {"payments": []})
    assert month.params["by"] == "2026-11-30"


def test_a_refund_takes_a_payment_a_merchant_and_a_day_back() -> None:
    values = {"payments": [paid("2026-11-10", 500), paid("2026-11-11", 700, "m2"), paid("2026-11-11", -700, "m2")]}
    for kind in ("txn_count_in_window", "distinct_merchants", "distinct_days"):
        assert ask({"type": kind, "window": "campaign", "at_least": 2}, values).have == 1


def test_a_first_payment_before_the_campaign_is_final_none_at_all_is_not() -> None:
    condition = {"type": "first_txn"}
    assert ask(condition, {"first_paid_on": "2026-10-31"}).fixable == "final"
    assert ask(condition, {"first_paid_on": None}).fixable == "customer"
    at = {"type": "first_txn", "merchants": ["m1"]}
    before = [paid("2026-10-31", 100), paid("2026-11-02", 100)]
    assert ask(at, {"payments": before}).status == "UNSAT"
    assert ask(at, {"payments": [paid("2026-10-31", 100, "m2"), paid("2026-11-02", 100)]}).status == "SAT"


def test_age_by_band_only_as_far_as_it_decides() -> None:
    assert ask({"type": "age_between", "min": 18}, {"age_band": "16_59"}).status == "UNKNOWN"
    assert ask({"type": "age_between", "max": 80}, {"age_band": "60_plus"}).status == "UNKNOWN"
    assert ask({"type": "age_between", "min": 10, "max": 70}, {"age_band": "14_15"}).status == "SAT"
    assert ask({"type": "age_between", "min": 18}, {"age_band": "16_59", "born": "2000-01-01"}).status == "SAT"


def test_too_young_can_wait_for_a_birthday_in_the_campaign() -> None:
    condition = {"type": "age_between", "min": 16}
    soon = ask(condition, {"born": "2010-11-30"})
    assert (soon.fixable, soon.have, soon.gap, soon.params["on"]) == ("wait", 15, 1, "2026-11-30")
    assert ask(condition, {"born": "2010-12-01"}).fixable == "final"
    assert ask({"type": "age_between", "max": 16}, {"born": "2000-01-01"}).fixable == "final"


def test_born_on_a_leap_day() -> None:
    runs = {"from": date(2026, 1, 1), "to": date(2026, 12, 31)}
    condition = {"type": "age_between", "min": 18}
    born = {"born": "2008-02-29"}
    assert ask(condition, born, now=datetime(2026, 2, 28, 4, tzinfo=UTC), runs=runs).params["on"] == "2026-03-01"
    assert ask(condition, born, now=datetime(2026, 3, 1, 4, tzinfo=UTC), runs=runs).status == "SAT"


def test_segments_of_another_snapshot_are_unknown() -> None:
    for kind, status in (("segment_any", "UNSAT"), ("segment_none", "SAT")):
        condition = {"type": kind, "segments": ["youth"], "snapshot": "s2"}
        assert ask(condition, {"segments": [], "segments_version": "s2"}).status == status
        assert ask(condition, {"segments": [], "segments_version": "s1"}).status == "UNKNOWN"
        assert ask(condition, {"segments": []}).status == "UNKNOWN"


def test_a_wallet_that_opens_tomorrow_is_no_fact() -> None:
    condition = {"type": "within_days_of", "event": "wallet_opened_on", "days": 30}
    assert ask(condition, {"wallet_opened_on": "2026-11-13"}).status == "UNKNOWN"
