"""Retention of claims and rights: the person goes, from the disk too; goods, amounts and rulings stay."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from branch_console.rules.gifts.states import AttestationState, ClaimState, EntitlementState
from branch_console.rules.journal import Data, format_at
from data import gift_queries as ask
from data.retention import Purged, purge
from data.store import Store
from data.verify import verify
from tests.data.gifts import (
    PERSON,
    SKU,
    about,
    balance,
    central,
    fill,
    give,
    given_back,
    hand_over,
    receive_from,
    reservation,
    ruling,
    voucher,
)
from tests.data.test_erasure import in_clear
from tests.data.test_feed import all_states, folded_anew
from tests.data.world import NOW, Writer, act, later

GONE = Purged(0, 2, 0, 1)
NOTHING = Purged(0, 0, 0, 0)


def confirm(store: Store, after: timedelta = timedelta(0)) -> None:
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW + after)


def test_a_claim_loses_its_person_but_not_its_goods(store: Store, tmp_path: Path) -> None:
    fill(store)
    claim = give(store, 1)
    receive_from(store, central().write(claim, "claim.adjudicated", ruling("confirmed"), staff=None))
    before = balance(store)
    assert purge(store, later(days=30)) == NOTHING  # central does not have it yet
    confirm(store)
    assert purge(store, later(days=6, hours=23)) == NOTHING
    assert purge(store, later(days=8)) == GONE
    assert purge(store, later(days=9)) == NOTHING
    state = store.state(claim)
    assert isinstance(state, ClaimState)
    assert (state.keys, state.name, state.phone, state.erased) == ({}, "", "", True)
    assert (state.status, state.outcome, state.quantity, len(state.booked)) == ("handed_over", "confirmed", 1, 1)
    assert balance(store) == before
    row = ask.claim(store, claim)
    assert row is not None
    assert (row.name, row.phone, row.erased, row.sku, row.campaign) == ("", "", True, SKU, "D11-OIL")
    assert ask.claims_of_keys(store, PERSON, NOW) == {"person": [], "phone": []}
    assert verify(store).ok
    assert all_states(store) == folded_anew(store)
    store.close()
    everything = in_clear(tmp_path / "store.db")
    for marker in ("单*龙", "138****8000", *PERSON.values()):
        assert marker.encode() not in everything


@pytest.mark.parametrize(
    ("kind", "data", "days"),
    [
        ("claim.reserved", reservation, 8),
        ("claim.vouchered", lambda: voucher(until="2026-03-20"), 26),
    ],
)
def test_what_nobody_came_back_for_is_erased_once_it_is_over(
    store: Store, kind: str, data: Callable[[], Data], days: int
) -> None:
    act(store, about("claim", 1), (kind, data()))
    confirm(store)
    assert purge(store, later(days=days - 1)) == NOTHING
    assert purge(store, later(days=days)).gifts == 1


def test_an_exception_keeps_its_person_until_it_is_settled(store: Store) -> None:
    fill(store)
    claim = give(store, 1)
    receive_from(store, central().write(claim, "claim.adjudicated", ruling("duplicate_offset"), staff=None))
    confirm(store)
    assert purge(store, later(days=60)) == NOTHING
    settled: Data = {"how": "customer_contacted", "reason": "单小龙 will bring it back"}
    act(store, claim, ("claim.settled", settled), now=later(days=61))
    confirm(store, timedelta(days=61))
    assert purge(store, later(days=69)).gifts == 1
    assert all("单" not in str(entry.data) for entry in store.entries(claim))
    row = ask.claim(store, claim)
    assert row is not None
    assert (row.settled, row.outcome) == (True, "duplicate_offset")


def test_what_another_terminal_forgot_is_erased_a_day_later(store: Store) -> None:
    writer = Writer(clock_ms=int(NOW.timestamp() * 1000))
    receive_from(store, writer.write(about("claim", 1), "claim.handed_over", hand_over()))
    assert purge(store, later(days=7, hours=1)) == NOTHING
    assert purge(store, later(days=8, hours=1)).gifts == 1


def test_rights_and_attested_facts_are_erased_too(store: Store) -> None:
    issued: Data = {
        "campaign": "D11-OIL", "version": 1, "keys": dict(PERSON.items()), "skus": [SKU], "value_fen": 5000,
        "expires_on": "2026-03-10", "home_branch": "SZFT", "epoch": "epoch-1", "signature": "s",
    }  # fmt: skip
    attested: Data = {
        "recipient": {"keys": dict(PERSON.items()), "name": "单*龙", "phone": ""},
        "fact": "first_wallet", "value": "true", "reference": "TX-2026-1", "seen_at": format_at(NOW),
    }  # fmt: skip
    right, fact = about("entitlement", 1), about("attestation", 1)
    receive_from(store, central().write(right, "entitlement.issued", issued, staff=None))
    act(store, fact, ("fact.attested", attested))
    confirm(store)
    assert purge(store, later(days=7, hours=2)).gifts == 1
    attestation = store.state(fact)
    assert isinstance(attestation, AttestationState)
    assert (attestation.keys, attestation.value, attestation.erased) == ({}, "", True)
    assert ask.attested(store, PERSON, NOW) == []
    assert purge(store, later(days=16)) == NOTHING
    assert purge(store, later(days=17)).gifts == 1
    entitlement = store.state(right)
    assert isinstance(entitlement, EntitlementState)
    assert (entitlement.keys, entitlement.erased) == ({}, True)
    assert ask.entitlements(store, PERSON, NOW) == []
    assert purge(store, later(days=40)) == NOTHING


def with_person(store: Store, claim: str) -> list[str]:
    """The types of the entries that still name somebody."""
    return [
        entry.type
        for entry in store.entries(claim)
        if entry.data and entry.type != "data.erased" and ("k1:" in str(entry.data) or "单" in str(entry.data))
    ]


def test_a_person_who_arrives_after_the_erasure_is_erased_too(store: Store) -> None:
    """Another terminal, cut off, wrote about the same claim before; the erasure did not name that entry."""
    fill(store)
    claim = about("claim", 1)
    act(store, claim, ("claim.handed_over", hand_over()), now=later(hours=1))
    confirm(store)
    assert purge(store, later(days=8)).gifts == 1
    assert with_person(store, claim) == []
    late = Writer(clock_ms=int(NOW.timestamp() * 1000)).write(claim, "claim.reserved", reservation(minutes=90))
    receive_from(store, late)
    assert with_person(store, claim) == ["claim.reserved"]
    confirm(store, timedelta(days=8))
    assert purge(store, later(days=20)).gifts == 1
    assert with_person(store, claim) == []
    assert purge(store, later(days=40)) == NOTHING
    assert balance(store)["customer", SKU, ""] == 1


def test_what_is_noted_after_the_erasure_is_erased_too(store: Store) -> None:
    fill(store)
    claim = give(store, 1)
    confirm(store)
    assert purge(store, later(days=8)).gifts == 1
    returned: Data = {**(given_back() or {}), "note": "单小龙 came himself"}
    act(store, claim, ("claim.returned", returned), now=later(days=9))
    confirm(store, timedelta(days=9))
    assert with_person(store, claim) == ["claim.returned"]
    assert purge(store, later(days=17)).gifts == 1
    assert with_person(store, claim) == []
    assert balance(store)["quarantine", SKU, ""] == 1


def test_looking_for_what_is_due_reads_only_what_is_old(store: Store) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if any(name in statement for name in ("claim_row", "attestation_row", "entitlement_row")):
            asked.append((statement, parameters))

    event.listen(store.database.engine, "before_cursor_execute", note)
    purge(store, NOW)
    event.remove(store.database.engine, "before_cursor_execute", note)
    with store.database.read() as connection:
        plans = [
            str(row[3])
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert len(plans) == 3
    assert all("_personal (" in plan for plan in plans), plans
