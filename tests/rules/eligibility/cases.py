"""Every type of leaf condition with facts that satisfy it, and facts that do not."""

from datetime import date
from typing import Any, NamedTuple

from tests.rules.eligibility.help import claim, paid

EMPTY: dict[str, Any] = {}


class Case(NamedTuple):
    """`good` and `bad` are facts; `other` is the condition to use with `bad` where no fact decides."""

    name: str
    condition: dict[str, Any]
    good: dict[str, Any]
    bad: dict[str, Any]
    other: dict[str, Any] | None = None


def _days(*offsets: str) -> list[dict[str, Any]]:
    return [paid(day, 10_000, f"m{number}") for number, day in enumerate(offsets)]


FACTLESS = [
    Case(
        "period",
        {"type": "period", "from": date.fromisoformat("2026-11-10"), "to": date.fromisoformat("2026-11-12")},
        EMPTY,
        EMPTY,
        {"type": "period", "to": date.fromisoformat("2026-11-11")},
    ),
    Case(
        "period.from",
        {"type": "period", "from": date.fromisoformat("2026-11-12")},
        EMPTY,
        EMPTY,
        {"type": "period", "from": date.fromisoformat("2026-11-13")},
    ),
    Case(
        "period.to",
        {"type": "period", "to": date.fromisoformat("2026-11-12")},
        EMPTY,
        EMPTY,
        {"type": "period", "to": date.fromisoformat("2026-11-11")},
    ),
    Case(
        "recurring",
        {"type": "recurring", "weekdays": [4, 5], "hours": [{"start": 9, "end": 12}]},
        EMPTY,
        EMPTY,
        {"type": "recurring", "hours": [{"start": 11, "end": 17}]},
    ),
    Case(
        "recurring.calendar",
        {"type": "recurring", "calendar": "workday"},
        EMPTY,
        EMPTY,
        {"type": "recurring", "calendar": "holiday"},
    ),
]

LEAVES = [
    Case(
        "within_days_of",
        {"type": "within_days_of", "event": "wallet_opened_on", "days": 30},
        {"wallet_opened_on": "2026-10-13"},
        {"wallet_opened_on": "2026-10-12"},
    ),
    Case(
        "within_days_of.birthday",
        {"type": "within_days_of", "event": "birthday_month"},
        {"born": "1999-11-30"},
        {"born": "1999-12-01"},
    ),
    Case(
        "attr_in",
        {"type": "attr_in", "attr": "province", "values": ["江苏", "浙江"]},
        {"province": "江苏"},
        {"province": "上海"},
    ),
    Case("age_between", {"type": "age_between", "min": 16, "max": 35}, {"born": "2010-11-12"}, {"born": "2010-11-13"}),
    Case("age_between.min", {"type": "age_between", "min": 16}, {"age_band": "16_59"}, {"age_band": "14_15"}),
    Case("age_between.max", {"type": "age_between", "max": 59}, {"age_band": "16_59"}, {"age_band": "60_plus"}),
    Case(
        "segment_any",
        {"type": "segment_any", "segments": ["youth", "farm"]},
        {"segments": ["vip", "farm"]},
        {"segments": ["vip"]},
    ),
    Case(
        "segment_none",
        {"type": "segment_none", "segments": ["youth", "farm"]},
        {"segments": ["vip"]},
        {"segments": ["vip", "farm"]},
    ),
    Case(
        "customer_kind",
        {"type": "customer_kind", "kind": "small_business"},
        {"customer_kind": "small_business"},
        {"customer_kind": "individual"},
    ),
    Case(
        "customer_kind.individual",
        {"type": "customer_kind", "kind": "individual"},
        {"customer_kind": "individual"},
        {"customer_kind": "small_business"},
    ),
    Case(
        "wallet_tier_at_least",
        {"type": "wallet_tier_at_least", "tier": "II"},
        {"wallet_tier": "I"},
        {"wallet_tier": "IV"},
    ),
    Case("kyc_at_least", {"type": "kyc_at_least", "level": 3}, {"kyc": 3}, {"kyc": 2}),
    Case(
        "consent",
        {"type": "consent", "purpose": "marketing", "version": 2},
        {"consent.marketing": 2},
        {"consent.marketing": 0},
    ),
    Case("not_insider", {"type": "not_insider"}, {"insider": False}, {"insider": True}),
    Case(
        "spend_in_window",
        {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 50_000},
        {"payments": [paid("2026-10-14", 50_000)]},
        {"payments": [paid("2026-10-13", 50_000), paid("2026-11-12", 38_000)]},
    ),
    Case(
        "spend_in_window.campaign",
        {
            "type": "spend_in_window",
            "window": "campaign",
            "at_least_fen": 123_456,
            "merchants": ["m1"],
            "mcc": ["5812"],
        },
        {"payments": [paid("2026-11-01", 100_000), paid("2026-11-02", 23_456, "m2", "5812")]},
        {"payments": [paid("2026-11-01", 900_000, "m2", "5411"), paid("2026-10-31", 900_000)]},
    ),
    Case(
        "txn_count_in_window",
        {"type": "txn_count_in_window", "window": "month", "at_least": 2},
        {"payments": _days("2026-11-01", "2026-11-01")},
        {"payments": _days("2026-11-01", "2026-10-31")},
    ),
    Case(
        "txn_count_in_window.each",
        {"type": "txn_count_in_window", "window": "campaign", "at_least": 2, "each_fen": 1_000},
        {"payments": [paid("2026-11-01", 1_000), paid("2026-11-12", 1_000)]},
        {"payments": [paid("2026-11-01", 1_000), paid("2026-11-12", 999)]},
    ),
    Case(
        "distinct_merchants",
        {"type": "distinct_merchants", "window": "days", "days": 7, "at_least": 2},
        {"payments": _days("2026-11-06", "2026-11-12")},
        {"payments": [paid("2026-11-06", 1), paid("2026-11-12", 1)]},
    ),
    Case(
        "distinct_days",
        {"type": "distinct_days", "window": "days", "days": 7, "at_least": 2},
        {"payments": _days("2026-11-06", "2026-11-12")},
        {"payments": _days("2026-11-06", "2026-11-06")},
    ),
    Case("first_wallet", {"type": "first_wallet"}, {"first_wallet": True}, {"first_wallet": False}),
    Case("first_txn.made", {"type": "first_txn"}, {"first_paid_on": "2026-11-01"}, {"first_paid_on": None}),
    Case(
        "first_txn.to_come",
        {"type": "first_txn", "state": "to_come", "merchants": ["m1"]},
        {"payments": [paid("2026-11-01", 100, "m2")]},
        {"payments": [paid("2026-11-01", 100)]},
    ),
    Case(
        "points_at_least.accumulated",
        {"type": "points_at_least", "points": "accumulated", "at_least": 500},
        {"points": {"accumulated": 500, "spendable": 0}},
        {"points": {"accumulated": 499, "spendable": 600}},
    ),
    Case(
        "points_at_least.spendable",
        {"type": "points_at_least", "points": "spendable", "at_least": 1},
        {"points": {"accumulated": 0, "spendable": 1}},
        {"points": {"accumulated": 9, "spendable": 0}},
    ),
    *[
        Case(
            f"referral.{role}.{milestone}",
            {"type": "referral", "role": role, "milestone": milestone, "at_least": 2},
            {"referrals": [{"role": role, "milestone": milestone, "on": "2026-11-01"}] * 2},
            {"referrals": [{"role": role, "milestone": milestone, "on": day} for day in ("2026-10-31", "2026-11-01")]},
        )
        for role in ("referrer", "referee")
        for milestone in ("opened", "first_payment")
    ],
    Case(
        "suggestion_accepted",
        {"type": "suggestion_accepted", "window": "ever"},
        {"suggestions_accepted": ["2026-01-01"]},
        {"suggestions_accepted": []},
    ),
    Case(
        "claims_below",
        {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1},
        {"claims.person": [claim("2026-11-02", "other")]},
        {"claims.person": [claim("2026-11-02")]},
    ),
    Case(
        "claims_below.week",
        {"type": "claims_below", "scope": "household", "window": "week", "cap": 2},
        {"claims.household": [claim("2026-11-08", quantity=2), claim("2026-11-09")]},
        {"claims.household": [claim("2026-11-09", quantity=2)]},
    ),
    Case(
        "budget_left",
        {"type": "budget_left", "at_least_fen": 5_000},
        {"budget_left.d11_oil": 5_000},
        {"budget_left.d11_oil": 4_999},
    ),
    Case(
        "stock.branch",
        {"type": "stock", "skus": ["OIL-5L", "RICE-5KG"], "quantity": 2},
        {"stock.RICE-5KG": 2},
        {"stock.OIL-5L": 1, "stock.RICE-5KG": 1},
    ),
    Case(
        "stock.drawer",
        {"type": "stock", "skus": ["OIL-5L"], "location": "drawer"},
        {"stock.drawer.OIL-5L": 1},
        {"stock.OIL-5L": 9, "stock.drawer.OIL-5L": 0},
    ),
    *[
        Case(
            f"velocity_below.{of}.{per}",
            {"type": "velocity_below", "of": of, "per": per, "cap": 5},
            {f"velocity.{of}.{per}": 4},
            {f"velocity.{of}.{per}": 5},
        )
        for of in ("terminal", "staff")
        for per in ("hour", "day")
    ],
    Case("risk_below", {"type": "risk_below", "score": 60}, {"risk": 59}, {"risk": 60}),
    Case("no_open_hold", {"type": "no_open_hold"}, {"open_hold": False}, {"open_hold": True}),
]
