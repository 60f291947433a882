"""Leases that were recalled, are over or belong to a central of before go back by themselves, once."""

from datetime import timedelta
from pathlib import Path

import pytest

from branch_console.rules.gifts.states import LeaseState
from branch_console.rules.journal import Data, format_at
from data.lease_return import return_leases
from data.store import Store
from tests.data.gifts import CENTRAL, about, hand_over, reservation
from tests.data.world import NOW, OWN, Writer, act, new_store

LEASE = about("lease", 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path)
    grant(made)
    return made


def grant(store: Store, *more: tuple[str, Data], days: int = 30) -> None:
    central = Writer(CENTRAL)
    data: Data = {
        "campaign": "D11-OIL", "terminal": OWN, "quantity": 5, "unit_cost_fen": 3000,
        "epoch": "epoch-1", "expires_at": format_at(NOW + timedelta(days=days)),
    }  # fmt: skip
    entries = [central.write(LEASE, "lease.granted", data), *(central.write(LEASE, name, said) for name, said in more)]
    store.apply_feed(entries, "c", "epoch-1")


def lease(store: Store) -> LeaseState:
    state = store.state(LEASE)
    assert isinstance(state, LeaseState)
    return state


def test_one_that_stands_stays(store: Store) -> None:
    assert return_leases(store, (), NOW) == 0
    assert lease(store).status == "open"


def test_one_of_a_central_that_was_restored_goes_back_once_with_what_was_used(store: Store) -> None:
    claim = about("claim", 1)
    act(store, claim, ("claim.handed_over", hand_over(right=("lease", LEASE.partition("/")[2]))))
    assert return_leases(store, ("epoch-1",), NOW) == 1
    assert (lease(store).status, lease(store).used) == ("returned", 1)
    assert return_leases(store, ("epoch-1",), NOW) == 0
    assert not lease(store).marks


def test_one_that_is_over_goes_back(store: Store) -> None:
    assert return_leases(store, (), NOW + timedelta(days=31)) == 1
    assert lease(store).used == 0


def test_a_recalled_one_waits_for_what_is_kept_for_a_customer(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    grant(store, ("lease.recalled", {"why": "paused"}))
    act(store, about("claim", 1), ("claim.reserved", reservation(right=("lease", LEASE.partition("/")[2]))))
    assert return_leases(store, (), NOW) == 0
    assert return_leases(store, (), NOW + timedelta(minutes=31)) == 1
    assert lease(store).status == "returned"
