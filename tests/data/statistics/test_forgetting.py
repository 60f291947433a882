"""Retention takes the hashes out of facts, and moves no figure."""

from datetime import timedelta
from pathlib import Path

from branch_console.rules.journal import Data
from data.retention import purge
from data.statistics.catching_up import catch_up_all, caught_up
from data.store import Store
from tests.data.cases import close, register
from tests.data.statistics.stage import acknowledge, all_tallies, day_store, facts_of_subjects, rows_of
from tests.data.statistics.test_confirming import finish
from tests.data.test_erasure import in_clear
from tests.data.world import NOW, act, later, phone, started, subject

CUSTOMER = "k1:" + "Q" * 43


def wait(store: Store, days: float) -> None:
    """Central gets everything, and so many days go by."""
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)
    catch_up_all(store)
    purge(store, later(days=days))


def leave(store: Store, name: str) -> str:
    about = subject(name)
    step: Data = {"step": "lookup", "reason": "no_papers", "note": "Frau Q", "active_ms": 5, "away_ms": 0}
    act(
        store,
        about,
        ("journey.started", started("Q")),
        ("journey.answered", phone(key=CUSTOMER)),
        ("journey.answered", {"step": "need", "answers": {"segment": "senior", "age_band": "60+"}}),
        ("journey.step_failed", step),
        ("journey.abandoned", {"step": "lookup", "reason": "no_time", "note": "Frau Q"}),
    )
    return about


def test_a_purge_moves_no_tally(store: Store) -> None:
    first, second = finish(store, "1", key=CUSTOMER), finish(store, "2", key=CUSTOMER, minutes=60)
    left = leave(store, "3")
    wait(store, 0.9)
    before, rows = all_tallies(store), facts_of_subjects(store, [left, first])
    wait(store, 30)
    assert caught_up(store)
    assert all_tallies(store) == before
    after = facts_of_subjects(store, [left, first])
    assert [(each.abandoned_reason, each.segment, each.last_step) for each in after.journeys] == [
        (each.abandoned_reason, each.segment, each.last_step) for each in rows.journeys
    ]
    assert {each.wallet for each in facts_of_subjects(store, [first, second]).journeys} == {first, second}
    assert not any(entry.data for entry in store.entries(left) if entry.type == "journey.abandoned")
    with store.database.write() as connection:  # another version makes all anew
        connection.exec_driver_sql("UPDATE stats_meta SET value = '' WHERE name = 'versions'")
    catch_up_all(store)
    assert all_tallies(store) == before


def test_one_of_two_journeys_of_a_wallet_is_erased_first(store: Store) -> None:
    finish(store, "1", key=CUSTOMER)
    acknowledge(store)
    wait(store, 0)
    finish(store, "2", key=CUSTOMER, minutes=6 * 24 * 60)
    acknowledge(store)
    catch_up_all(store)
    before = all_tallies(store)
    purge(store, later(days=8))
    assert len([row for row in rows_of(store, "fact_settled") if row[1]]) == 1
    assert all_tallies(store) == before
    act(store, subject("2"), ("field.revealed", {"field": "phone", "reason": "call"}), now=later(days=8))
    catch_up_all(store)
    assert all_tallies(store) == before


def test_a_repeat_stays_one_when_its_customer_is_forgotten(store: Store) -> None:
    who = {"how": "phone", "keys": {"phone": CUSTOMER}, "name": "Q", "phone": "1", "wallet": "", "journey": None}
    one = register(store, 1, customer=who)
    close(store, one, now=NOW + timedelta(days=1))
    two = register(store, 2, now=NOW + timedelta(days=9), customer=who)
    close(store, two, now=NOW + timedelta(days=9))
    wait(store, 10)
    before = all_tallies(store)
    assert {each.subject: each.repeat_of for each in facts_of_subjects(store, [one, two]).cases} == {
        one: None,
        two: one,
    }
    wait(store, 400)
    assert all(each.keys == () for each in facts_of_subjects(store, [one, two]).cases)
    assert all_tallies(store) == before


def test_nothing_of_a_hash_is_left_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    store = day_store(tmp_path / "s")
    finish(store, "1", key=CUSTOMER)
    leave(store, "2")
    register(store, 1)
    wait(store, 0)
    store.forget_old_pages()
    assert in_clear(tmp_path / "s" / "store.db").count(CUSTOMER.encode()) > 3
    wait(store, 30)
    store.close()
    assert CUSTOMER.encode() not in in_clear(tmp_path / "s" / "store.db")
