"""With 20,000 claims: no question reads them all. How long they take is measured in tests/bench."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from branch_console.rules.gifts.parts import Move
from branch_console.rules.gifts.states import Booked, ClaimState
from branch_console.rules.journal import format_at
from data import gift_queries as ask
from data.projection import project
from data.states import Folded
from data.store import Store
from tests.data.gifts import about
from tests.data.plans import plans
from tests.data.world import NOW, OTHER, OWN, THIRD, new_store

CLAIMS = 20_000
OPEN = 40
EVERY_MINUTES = 50  # about two years


def state(number: int) -> ClaimState:
    at = format_at(NOW - timedelta(minutes=EVERY_MINUTES * (CLAIMS - number)))
    kept = number >= CLAIMS - OPEN
    goods = Move(sku="OIL-5L", lot=f"L{number // 500}", quantity=1, source="shelf", target="customer", kind="hand_over")
    return ClaimState(
        outcome="case" if number % 997 == 0 else None,
        campaign=f"C{number % 20}",
        version=1,
        keys={"person": f"k1:p{number % 30_000}", "phone": f"k1:t{number % 29_000}"},
        name="单*龙",
        sku=goods.sku,
        quantity=1,
        right_kind="lease",
        right_id=f"l-{number // 10}",
        status="reserved" if kept else "handed_over",
        reserved=[goods] if kept else [],
        booked=[] if kept else [Booked(f"{number}#0", goods, at, OWN, "s-1")],
        expires_at=format_at(NOW + timedelta(minutes=30)) if kept else None,
        terminal=(OWN, OTHER, THIRD)[number % 3],
        staff=f"s-{number % 7}",
        started_at=at,
        handed_over_at=None if kept else at,
    )


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = full_store(tmp_path_factory.mktemp("store"))
    yield store
    store.close()


def full_store(folder: Path) -> Store:
    """A store with all claims; also what tests/bench measures."""
    store = new_store(folder)
    for start in range(0, CLAIMS, 2000):
        changed = {
            about("claim", f"full-{number}"): Folded(state(number), (f"{number:013d}-0000", OWN, number), 1)
            for number in range(start, start + 2000)
        }
        with store.database.write() as connection:
            project(connection, changed, store.reference, store.identity)
    return store


QUESTIONS: dict[str, Callable[[Store], Any]] = {
    "open": lambda store: ask.claims(store, tab="open", now=NOW),
    "today": lambda store: ask.claims(store, tab="today", now=NOW),
    "exceptions": lambda store: ask.claims(store, tab="exceptions", now=NOW),
    "count_open": lambda store: ask.count_claims(store, tab="open", now=NOW),
    "count_today": lambda store: ask.count_claims(store, tab="today", now=NOW),
    "count_exceptions": lambda store: ask.count_claims(store, tab="exceptions", now=NOW),
    "keys": lambda store: ask.claims_of_keys(store, {"person": "k1:p77", "phone": "k1:t77"}, NOW),
    "offline": lambda store: ask.offline_use(store, "C1", "s-1", NOW, since=NOW - timedelta(hours=5)),
    "velocity": lambda store: ask.velocity(store, "s-1", NOW),
    "under_right": lambda store: ask.used_under_right(store, "lease", "l-77", NOW),
    "leases": lambda store: ask.leases(store, NOW),
    "entitlements": lambda store: ask.entitlements(store, {"person": "k1:p77"}, NOW),
    "attested": lambda store: ask.attested(store, {"person": "k1:p77"}, NOW),
    "campaigns": lambda store: ask.campaigns(store, NOW),
    "balances": lambda store: ask.balances(store, NOW),
    "deliveries": ask.deliveries,
    "open_counts": ask.open_counts,
    "moved": lambda store: ask.moved_since(store, "shelf", NOW - timedelta(hours=1)),
    "days_not_closed": lambda store: ask.days_not_closed(store, "2026-03-02"),
    "last_closed": ask.last_closed,
    "expired": lambda store: ask.expired_reservations(store, NOW + timedelta(days=1)),
    "people": lambda store: ask.people_of_day(store, "2026-03-01"),
    "facts": lambda store: ask.facts_of(store, {"person": "k1:p77"}, "2026-03-02"),
}
SMALL = ("stock_balance", "campaign_row", "lease_row", "meta", "json_each", "wanted", "CONSTANT")
"""What holds few rows whatever the number of claims."""


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_all_claims_or_moves(full: Store, name: str) -> None:
    read = [step for _, step in plans(full, QUESTIONS[name])]
    wide = [each for each in read if each.startswith("SCAN") and not each.split()[1].startswith(SMALL)]
    # A scan of an index that holds the few rows of its condition only reads those.
    narrow = ("stock_balance_there", "claim_row_reserved", "stock_move_day")
    assert [each for each in wide if not each.endswith(narrow)] == []
