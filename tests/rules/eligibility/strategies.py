"""Hypothesis strategies for gifts: random conditions, campaigns, and facts that could all be true of one customer.

`conditions()`, `campaigns()`, `worlds()` (every fact is known, and no two contradict each other), `partial(world)`
(some of them), `campaign_of(rule, **fields)` builds one campaign, `SAMPLE` is its skeleton as a document would give
it, `NOW` and `TODAY` are the moment of all checks.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.facts import Fact

NOW = datetime(2026, 11, 12, 2, 30, tzinfo=UTC)  # 10:30 in Shanghai, a Thursday
TODAY = date(2026, 11, 12)
ID = "d11_oil"

PROVINCES = ["江苏", "浙江", "上海"]
SEGMENTS = ["youth", "farm", "vip"]
MERCHANTS = ["m1", "m2", "m3"]
MCC = ["5411", "5812"]
SKUS = ["OIL-5L", "RICE-5KG"]
TIERS = ["IV", "III", "II", "I"]
KEY_SCOPES = ["person", "wallet", "phone", "device", "household", "referrer", "staff", "terminal", "branch", "campaign"]

WORDS = {"zh": "字", "en": "words"}
SAMPLE: dict[str, Any] = {
    "id": ID,
    "version": 1,
    "effective_from": date(2026, 11, 1),
    "title": WORDS,
    "runs": {"from": date(2026, 11, 1), "to": date(2026, 11, 30)},
    "identity": "document",
    "reward": {"kind": "gift", "choices": [{"sku": "OIL-5L", "quantity": 1}]},
    "quantity": 300,
    "budget_fen": 1_500_000,
    "unit_cost_fen": 5_000,
    "unit_value_fen": 6_000,
    "offline": {"mode": "none"},
    "disclosure": dict.fromkeys(
        ["kinds", "conditions", "method", "times", "quantity_or_probability", "delivery", "organiser", "contact"], WORDS
    ),
    "tax_treatment": "to_confirm",
    "compliance_reference": "C-1",
}


def campaign_of(rule: Mapping[str, Any], **fields: Any) -> Campaign:
    """A campaign with this rule; `fields` replace those of the skeleton."""
    return Campaign.model_validate({**SAMPLE, "rule": rule, **fields})


def days(least: int = -60, most: int = 60) -> st.SearchStrategy[date]:
    """Business dates around today."""
    return st.integers(least, most).map(lambda each: TODAY + timedelta(days=each))


def _some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def _with_age(strategy: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda each, age: each if age is None else {**each, "max_age": age}, strategy, st.none() | st.integers(1, 72)
    )


def _leaf(type_: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _with_age(st.fixed_dictionaries({"type": st.just(type_), **fields}))


def _counted(type_: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    narrowed: dict[str, st.SearchStrategy[Any]] = {
        "merchants": st.just([]) | _some(MERCHANTS),
        "mcc": st.just([]) | _some(MCC),
    }
    return _leaf(type_, window=st.just("days"), days=st.integers(1, 60), **narrowed, **fields) | _leaf(
        type_, window=st.sampled_from(["campaign", "month"]), **narrowed, **fields
    )


def _ordered(pair: tuple[Any, Any]) -> tuple[Any, Any]:
    return (pair[0], pair[1]) if pair[0] <= pair[1] else (pair[1], pair[0])


TIME = [
    st.tuples(days(), days()).map(_ordered).map(lambda ends: {"type": "period", "from": ends[0], "to": ends[1]}),
    _leaf(
        "recurring",
        weekdays=st.lists(st.integers(1, 7), max_size=3),
        hours=st.just([{"start": 9, "end": 12}]) | st.just([{"start": 13, "end": 17}]),
        calendar=st.sampled_from([None, "holiday", "workday"]),
    ),
    _leaf("within_days_of", event=st.just("wallet_opened_on"), days=st.integers(0, 90)),
    _leaf("within_days_of", event=st.just("birthday_month")),
]
CUSTOMER = [
    _leaf("attr_in", attr=st.just("province"), values=_some(PROVINCES)),
    _leaf("attr_in", attr=st.just("channel"), values=_some(["branch", "app"])),
    st.tuples(st.integers(0, 70), st.integers(0, 70))
    .map(_ordered)
    .map(lambda ends: {"type": "age_between", "min": ends[0], "max": ends[1]}),
    _leaf("segment_any", segments=_some(SEGMENTS), snapshot=st.none() | st.just("s1")),
    _leaf("segment_none", segments=_some(SEGMENTS), snapshot=st.none() | st.just("s1")),
    _leaf("customer_kind", kind=st.sampled_from(["individual", "small_business"])),
    _leaf("wallet_tier_at_least", tier=st.sampled_from(TIERS)),
    _leaf("kyc_at_least", level=st.integers(1, 4)),
    _leaf("consent", purpose=st.just("marketing"), version=st.integers(1, 3)),
    _leaf("not_insider"),
]
BEHAVIOUR = [
    _counted("spend_in_window", at_least_fen=st.integers(1, 80_000)),
    _counted("txn_count_in_window", at_least=st.integers(1, 12), each_fen=st.sampled_from([1, 1_000])),
    _counted("distinct_merchants", at_least=st.integers(1, 4)),
    _counted("distinct_days", at_least=st.integers(1, 6)),
    _leaf("first_wallet"),
    _leaf("first_txn", state=st.sampled_from(["made", "to_come"]), merchants=st.just([]) | _some(MERCHANTS)),
    _leaf("points_at_least", points=st.sampled_from(["accumulated", "spendable"]), at_least=st.integers(1, 900)),
    _leaf(
        "referral",
        role=st.sampled_from(["referrer", "referee"]),
        milestone=st.sampled_from(["opened", "first_payment"]),
        at_least=st.integers(1, 3),
        window=st.sampled_from(["campaign", "ever"]),
    ),
    _leaf("suggestion_accepted", at_least=st.integers(1, 2), window=st.sampled_from(["campaign", "ever"])),
]
LIMITS = [
    _leaf(
        "claims_below",
        scope=st.sampled_from(KEY_SCOPES),
        window=st.sampled_from(["campaign", "day", "week", "month"]),
        cap=st.integers(1, 3),
    ),
    _leaf("budget_left", at_least_fen=st.integers(1, 20_000)),
    _leaf("stock", skus=_some(SKUS), quantity=st.integers(1, 3), location=st.sampled_from(["branch", "drawer"])),
    _leaf(
        "velocity_below",
        of=st.sampled_from(["terminal", "staff"]),
        per=st.sampled_from(["hour", "day"]),
        cap=st.integers(1, 9),
    ),
    _leaf("risk_below", score=st.integers(1, 100)),
    _leaf("no_open_hold"),
]


def leaves() -> st.SearchStrategy[dict[str, Any]]:
    """Any of the 27 leaves, as a document would give it."""
    return st.one_of(*TIME, *CUSTOMER, *BEHAVIOUR, *LIMITS)


def _combined(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    several = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        several.map(lambda of: {"type": "all", "of": of}),
        several.map(lambda of: {"type": "any", "of": of}),
        inner.map(lambda of: {"type": "not", "of": of}),
        several.flatmap(
            lambda of: st.integers(1, len(of)).map(lambda n: {"type": "at_least_n", "n": n, "of": of}),
        ),
    )


def conditions(most: int = 10) -> st.SearchStrategy[dict[str, Any]]:
    """A random tree with about `most` leaves at most."""
    return st.recursive(leaves(), _combined, max_leaves=most)


def campaigns(rule: st.SearchStrategy[dict[str, Any]] | None = None) -> st.SearchStrategy[Campaign]:
    """A random campaign that runs today or does not."""
    return st.builds(
        lambda tree, runs, identity: campaign_of(tree, runs={"from": runs[0], "to": runs[1]}, identity=identity),
        conditions() if rule is None else rule,
        st.tuples(days(-60, 20), days(-5, 60)).map(_ordered),
        st.sampled_from(["document", "phone"]),
    )


PAYMENTS = st.fixed_dictionaries(
    {
        "on": days(-70, 0).map(date.isoformat),
        "fen": st.integers(-20_000, 40_000).filter(bool),
        "merchant": st.sampled_from(MERCHANTS),
        "mcc": st.sampled_from(MCC),
        "kind": st.sampled_from(["spend", "spend", "spend", "transfer", "own_merchant"]),
    }
)


# made once: making strategies costs more than drawing from them
CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "campaign": st.sampled_from([ID, "other"]),
            "on": days(-40, 0).map(date.isoformat),
            "quantity": st.integers(1, 2),
            "branch": st.just("南京"),
            "number": st.just("G-000001"),
        }
    ),
    max_size=4,
)
REFERRALS = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(["referrer", "referee"]),
            "milestone": st.sampled_from(["opened", "first_payment"]),
            "on": days(-60, 0).map(date.isoformat),
        }
    ),
    max_size=4,
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "province": st.sampled_from(PROVINCES),
    "city": st.just("南京"),
    "branch": st.just("NJ001"),
    "channel": st.sampled_from(["branch", "app"]),
    "app_version": st.just("2.0.1"),
    "born": days(-30_000, -1),
    "segments": st.lists(st.sampled_from(SEGMENTS), max_size=2, unique=True),
    "segments_version": st.sampled_from(["s1", "s2"]),
    "customer_kind": st.sampled_from(["individual", "small_business"]),
    "wallet_tier": st.sampled_from(TIERS),
    "kyc": st.integers(1, 4),
    "consent.marketing": st.integers(0, 3),
    "insider": st.booleans(),
    "payments": st.lists(PAYMENTS, max_size=12),
    "wallet_opened_on": days(-120, 0).map(date.isoformat),
    "first_wallet": st.booleans(),
    "first_paid_on": st.none() | days(-70, 0).map(date.isoformat),
    "points": st.fixed_dictionaries({"accumulated": st.integers(0, 1_000), "spendable": st.integers(0, 500)}),
    "referrals": REFERRALS,
    "suggestions_accepted": st.lists(days(-60, 0).map(date.isoformat), max_size=2),
    "risk": st.integers(0, 100),
    "open_hold": st.booleans(),
    f"claimed.{ID}": st.booleans(),
    f"budget_left.{ID}": st.integers(0, 30_000),
    f"quantity_left.{ID}": st.integers(0, 300),
    **{f"stock.{sku}": st.integers(0, 4) for sku in SKUS},
    **{f"stock.drawer.{sku}": st.integers(0, 4) for sku in SKUS},
    **{f"velocity.{of}.{per}": st.integers(0, 9) for of in ("terminal", "staff") for per in ("hour", "day")},
}
NAMES = sorted([*VALUES, "age_band", *(f"claims.{scope}" for scope in KEY_SCOPES)])
WORLD = st.fixed_dictionaries(VALUES)
HOURS = st.lists(st.integers(0, 100), min_size=len(NAMES), max_size=len(NAMES))
GONE = st.sets(st.sampled_from(NAMES))


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Fact]:
    """Every raw fact of one customer, with its age. No two contradict each other, so that any part may be missing."""
    values: dict[str, Any] = draw(WORLD)
    born = values["born"]
    values["born"] = born.isoformat()
    values["age_band"] = next(
        code for code, above in (("60_plus", 60), ("16_59", 16), ("14_15", 14), ("under_14", 0)) if _age(born) >= above
    )
    for scope in KEY_SCOPES[:-1]:
        values[f"claims.{scope}"] = draw(CLAIMS) if values[f"claimed.{ID}"] else []
    left = values[f"quantity_left.{ID}"]
    values["claims.campaign"] = (
        [{"campaign": ID, "on": "2026-11-10", "quantity": 300 - left, "branch": "", "number": ""}] if left < 300 else []
    )
    return {
        name: Fact(value, NOW - timedelta(hours=age), "filter" if name.startswith("claimed.") else "server")
        for (name, value), age in zip(values.items(), draw(HOURS), strict=True)
    }


def partial(world: Mapping[str, Fact]) -> st.SearchStrategy[dict[str, Fact]]:
    """Some of the facts."""
    return GONE.map(lambda gone: {name: fact for name, fact in world.items() if name not in gone})


def _age(born: date) -> int:
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))
