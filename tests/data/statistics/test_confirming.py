"""Onboarded is what central holds: a journey waits until central has its finish, wherever that stands by then."""

from datetime import UTC, timedelta

import pytest

from branch_console.rules.canonical import Json
from branch_console.rules.journal import Data
from data.agreement import Agreement, agree
from data.statistics.catching_up import catch_up_all, caught_up
from data.statistics.tallies import totals
from data.store import Store
from tests.data.statistics.stage import FIRST, LAST, acknowledge, assert_right
from tests.data.world import NAME, NOW, THIRD, Writer, act, identity, phone, started, subject
from tests.rules.statistics.day_branch import TERMINALS

END: tuple[str, Data] = ("journey.finished", {"wallet_class": "II"})
DAY = NOW.astimezone(UTC).date()


def finish(store: Store, name: str, *, minutes: int = 0, key: str = "k1:one", wallet: str = "0022******5001") -> str:
    """A customer opens a wallet here."""
    about, now = subject(name), NOW + timedelta(minutes=minutes)
    answers: Json = {"wallet_id": wallet, "segment": "senior"}
    opened: tuple[str, Data] = ("journey.answered", {"step": "open_wallet", "answers": answers})
    act(store, about, ("journey.started", started(NAME)), ("journey.answered", phone(key=key)), opened, now=now)
    act(store, about, END, now=now + timedelta(minutes=9))
    return about


def figures(store: Store) -> tuple[int, int]:
    """Onboarded and waiting on the day."""
    catch_up_all(store)
    assert_right(store)
    found = totals(store, FIRST, LAST).get(DAY, {})
    onboarded, waiting = found.get("journeys.onboarded"), found.get("journeys.waiting")
    return (onboarded.of if onboarded else 0, waiting.of if waiting else 0)


def test_what_waits_becomes_onboarded_when_central_has_its_finish(store: Store) -> None:
    finish(store, "1")
    finish(store, "2", key="k1:two")
    assert figures(store) == (0, 2)
    acknowledge(store, 3)  # not yet the finish
    assert caught_up(store)
    acknowledge(store, 4)
    assert not caught_up(store)
    assert figures(store) == (1, 1)
    act(store, subject("1"), ("field.revealed", {"field": "phone", "reason": "call"}))  # a later entry of it waits
    assert figures(store) == (1, 1)
    acknowledge(store)
    assert figures(store) == (2, 0)


def test_what_came_from_central_is_confirmed_also_when_this_terminal_wrote_on(store: Store) -> None:
    writer = Writer(TERMINALS[1], int(NOW.timestamp() * 1000))
    page = [*writer.journey(1), writer.write(subject(1), *END)]
    store.apply_feed([each for each in page if each.branch], "c", "epoch-1")
    act(store, subject(1), ("field.revealed", {"field": "phone", "reason": "call"}), END)
    assert figures(store) == (1, 0)


def test_of_one_wallet_the_first_finish_counts_whoever_has_it(store: Store) -> None:
    second = finish(store, "later", minutes=30)
    assert figures(store) == (0, 1)
    finish(store, "earlier", minutes=0)
    assert figures(store) == (0, 1)
    acknowledge(store)
    assert figures(store) == (1, 0)
    with store.reading() as connection:
        body = connection.exec_driver_sql("SELECT body FROM fact WHERE subject = ?", (second,)).scalar_one()
    assert b"false" in body


def test_what_central_has_lost_waits_again(store: Store) -> None:
    finish(store, "1")
    finish(store, "2", key="k1:two")
    acknowledge(store)
    assert figures(store) == (2, 0)
    agree(store, 4, Agreement("epoch-2", ("epoch-1",)))
    assert figures(store) == (1, 1)
    store.rewind(0)
    assert figures(store) == (0, 2)


@pytest.mark.parametrize("seen", [True, False])
def test_in_a_new_journal_it_waits_for_central_there(store: Store, seen: bool) -> None:
    finish(store, "1")
    if seen:
        assert figures(store) == (0, 1)
    acknowledge(store)
    finish(store, "2", key="k1:two")
    old = store.entries(subject("2"))
    assert store.continue_in_new_journal(identity(THIRD, "SZ01")) == 4
    assert figures(store) == (1, 1)
    acknowledge(store, 3)
    assert figures(store) == (1, 1)
    store.apply_feed(old, "c", "epoch-1")  # central got it under the old name after all
    assert figures(store) == (2, 0)
    acknowledge(store)
    assert figures(store) == (2, 0)
