"""Checks and backtests: 200 campaigns for one customer, one draft for 100,000 customers. No disk, no network.

Every round asks books that have answered nothing yet, as at the counter; making the books is measured by itself.
"""

import gc
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from branch_console.rules.eligibility.backtest import backtest
from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.campaign import Campaign, read_campaign
from branch_console.rules.eligibility.compiled import Compiled, compile_campaign
from branch_console.rules.eligibility.facts import Fact

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CAMPAIGNS, CUSTOMERS, ROUNDS = 200, 100_000, 30
SAMPLES = Path(__file__).parents[2] / "data" / "campaigns"


def campaigns(count: int = CAMPAIGNS) -> list[Campaign]:
    """So many different campaigns with about nine conditions each, all of them running."""
    chance = random.Random(7)
    base = read_campaign("", (SAMPLES / "spend_500_30d.v1.toml").read_text(encoding="utf-8"))
    raw = base.model_dump(by_alias=True)
    return [
        Campaign.model_validate({**raw, "id": f"bench_{number}", "rule": {"type": "all", "of": _rule(chance)}})
        for number in range(count)
    ]


def _rule(chance: random.Random) -> list[dict[str, Any]]:
    spend = {"type": "spend_in_window", "window": "days", "days": chance.choice([7, 30, 90])}
    return [
        {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1},
        {"type": "age_between", "min": chance.choice([16, 18]), "max": chance.choice([28, 60, 90])},
        {"type": "not_insider"},
        {"type": "no_open_hold"},
        {"type": "attr_in", "attr": "province", "values": chance.sample(["江苏", "浙江", "上海", "广东"], 3)},
        {"type": "segment_none", "segments": [chance.choice(["farm", "vip", "staff"])]},
        {
            "type": "any",
            "of": [
                {**spend, "at_least_fen": chance.choice([20_000, 50_000, 90_000])},
                {"type": "txn_count_in_window", "window": "days", "days": 30, "at_least": chance.choice([5, 10])},
                {"type": "not", "of": {"type": "wallet_tier_at_least", "tier": chance.choice(["III", "II"])}},
            ],
        },
    ]


def customer(chance: random.Random) -> dict[str, Fact]:
    """The facts of one invented customer, with eight payments."""
    values: dict[str, Any] = {
        "province": chance.choice(["江苏", "浙江", "上海", "广东"]),
        "born": (TODAY - timedelta(days=chance.randrange(4_000, 30_000))).isoformat(),
        "segments": chance.sample(["farm", "vip", "young"], 1),
        "wallet_tier": chance.choice(["IV", "III", "II", "I"]),
        "insider": chance.random() < 0.01,
        "open_hold": chance.random() < 0.01,
        "claims.person": [],
        "stock.RICE-5KG": 4,
        "stock.OIL-5L": 4,
        "payments": [
            {
                "on": (TODAY - timedelta(days=chance.randrange(60))).isoformat(),
                "fen": chance.randrange(100, 20_000),
                "merchant": chance.choice(["m1", "m2", "m3"]),
                "mcc": "5411",
                "kind": "spend",
            }
            for _ in range(8)
        ],
    }
    return {name: Fact(value, NOW, "server") for name, value in values.items()}


def measure() -> dict[str, float]:
    """Microseconds a campaign (fast, explained; in a fresh book and in one that has been asked), seconds a backtest."""
    compiled = [compile_campaign(each) for each in campaigns()]
    people = [customer(random.Random(number)) for number in range(ROUNDS)]
    found = {
        "fast": _each(compiled, people, lambda one, book: one.fast(book)),
        "explain": _each(compiled, people, lambda one, book: one.explain(book)),
    }
    crowd = [customer(random.Random(number)) for number in range(CUSTOMERS)]
    draft = read_campaign("", (SAMPLES / "spend_500_30d.v1.toml").read_text(encoding="utf-8"))
    gc.collect()
    gc.freeze()
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        tested = backtest(draft, crowd, now=NOW)
        times.append(time.perf_counter() - begin)
    gc.unfreeze()
    found["backtest"] = min(times)
    if tested.people != CUSTOMERS or not 0 < tested.eligible < CUSTOMERS:
        raise RuntimeError("the backtest did not ask everybody")
    return found


def _each(
    compiled: list[Compiled], people: list[dict[str, Fact]], ask: Callable[[Compiled, FactBook], object]
) -> float:
    """Microseconds a campaign, the best of the rounds: the machine's pauses are not the code's."""
    times = []
    for facts in people:
        book = FactBook(facts, NOW)
        begin = time.perf_counter()
        for one in compiled:
            ask(one, book)
        times.append((time.perf_counter() - begin) / len(compiled) * 1e6)
    return min(times)


def report(say: Callable[[str], None]) -> None:
    """Measure and print a table."""
    found = measure()
    say("| eligibility | measured | aim |\n|---|---:|---:|")
    say(f"| {CAMPAIGNS} campaigns × 1 customer, answer only, µs a campaign | {found['fast']:.2f} | 0.6 |")
    say(f"| the same with explanation, µs a campaign | {found['explain']:.2f} | 5 |")
    say(f"| backtest of one draft, {CUSTOMERS:,} customers, seconds | {found['backtest']:.2f} | 1 |\n")
