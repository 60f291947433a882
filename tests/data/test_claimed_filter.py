"""The kept list of who has claimed: checked before it is kept and when it is loaded; own claims count at once."""

from datetime import datetime, timedelta

import pytest

from branch_console.security.claimed import ClaimedError, Hasher
from branch_console.security.claimed_make import make_delta, make_filter
from data.claimed_filter import ClaimedFilter
from data.store import Store
from tests.data.gifts import about, fill, give, given_back, reservation
from tests.data.world import CENTRAL_SEED, NOW, act, later

CAMPAIGN = "D11-OIL"
HASHER = Hasher({"1": bytes(32)})


def person(number: int) -> str:
    return f"k1:{number:A>43}"


def members(*numbers: int) -> list[int]:
    return [HASHER.member(CAMPAIGN, person(number)) for number in numbers]


def whole(*numbers: int, sequence: int = 5, epoch: str = "e1", at: datetime = NOW, seed: bytes = CENTRAL_SEED) -> bytes:
    return make_filter(members(*numbers), seed, epoch=epoch, sequence=sequence, at=at)


def since(first: int, last: int, *numbers: int, epoch: str = "e1", at: datetime = NOW) -> bytes:
    return make_delta(members(*numbers), CENTRAL_SEED, epoch=epoch, since=first, sequence=last, at=at)


def asked(kept: ClaimedFilter, *numbers: int) -> list[bool | None]:
    return [kept.maybe_claimed(CAMPAIGN, person(number), NOW) for number in numbers]


def test_without_a_filter_nothing_is_known(store: Store) -> None:
    kept = ClaimedFilter(store)
    assert asked(kept, 1) == [None]
    assert (kept.age(NOW), kept.place(), kept.problem) == (None, None, None)
    with pytest.raises(ClaimedError):
        kept.put(since(5, 6, 1), "x", NOW)


def test_a_filter_and_what_came_after_it(store: Store) -> None:
    kept = ClaimedFilter(store)
    kept.put(whole(1, 2), '"5"', NOW)
    assert asked(kept, 1, 2, 3) == [True, True, False]
    kept.put(since(5, 7, 3, at=later(hours=1)), '"7"', later(hours=1))
    kept.put(since(7, 9, 4, at=later(hours=2)), '"9"', later(hours=2))
    assert asked(kept, 1, 3, 4, 5) == [True, True, True, False]
    assert kept.age(later(hours=3)) == timedelta(hours=1)
    assert kept.place() == ("e1", 9, '"9"')
    again = ClaimedFilter(store)
    assert asked(again, 1, 3, 4, 5) == [True, True, True, False]
    assert again.answers(["OTHER", CAMPAIGN], person(1), NOW) == {"OTHER": False, CAMPAIGN: True}


def test_a_newer_filter_takes_the_place_of_all_that_was(store: Store) -> None:
    kept, other_process = ClaimedFilter(store), ClaimedFilter(store)
    kept.put(whole(1), '"5"', NOW)
    kept.put(since(5, 7, 2), '"7"', later(hours=1))
    assert asked(other_process, 1, 2) == [True, True]
    kept.put(whole(3, epoch="e2", sequence=1), '"1"', later(hours=2))
    assert asked(kept, 1, 2, 3) == asked(other_process, 1, 2, 3) == [False, False, True]
    assert other_process.place() == ("e2", 1, '"1"')


@pytest.mark.parametrize(
    "content",
    [
        whole(1, 2)[:-1],
        whole(1, 2)[:400],
        whole(1, 2, seed=bytes(32)),
        since(6, 7, 3),
        since(5, 7, 3, epoch="e2"),
        since(5, 7, 3)[:-8],
        b"",
    ],
)
def test_what_is_not_right_changes_nothing(store: Store, content: bytes) -> None:
    kept = ClaimedFilter(store)
    kept.put(whole(1, 2), '"5"', NOW)
    with pytest.raises(ClaimedError):
        kept.put(content, "x", later(hours=1))
    assert asked(kept, 1, 3) == [True, False]
    assert kept.place() == ("e1", 5, '"5"')


@pytest.mark.parametrize("name", ["base", "delta"])
@pytest.mark.parametrize("keep", ["length(body) - 1", "length(body) - 8", "length(body) - 64", "30", "0"])
def test_a_filter_that_is_damaged_in_the_store_denies_nobody(store: Store, name: str, keep: str) -> None:
    """A truncated filter would load, and report members as absent: not known, never 'not claimed'."""
    kept = ClaimedFilter(store)
    kept.put(whole(1, 2), '"5"', NOW)
    kept.put(since(5, 7, *range(10, 30)), '"7"', NOW)
    with store.database.write() as connection:
        cut = f"UPDATE claimed_filter SET body = substr(body, 1, {keep}), etag = 'x' WHERE name = :name"  # noqa: S608
        assert connection.exec_driver_sql(cut, {"name": name}).rowcount == 1
    assert asked(kept, 1, 3) == [None, None]
    assert kept.age(NOW) is None
    assert kept.problem
    kept.put(whole(1, 2), '"5"', later(hours=1))
    assert asked(kept, 1) == [True]
    assert kept.problem is None


def test_own_claims_count_at_once_and_only_as_long_as_they_use_a_right(store: Store) -> None:
    fill(store)
    kept = ClaimedFilter(store)
    given, reserved = give(store, 1, keys={"person": person(1)}), about("claim", 2)
    act(store, reserved, ("claim.reserved", reservation(keys={"person": person(2)})))
    assert asked(kept, 1, 2, 3) == [True, True, None]
    kept.put(whole(9), '"5"', NOW)
    assert asked(kept, 1, 2, 3) == [True, True, False]
    assert kept.answers([CAMPAIGN], person(1), NOW, without=given) == {CAMPAIGN: False}
    assert kept.maybe_claimed(CAMPAIGN, person(2), later(minutes=31)) is False
    act(store, given, ("claim.returned", given_back(reopens=True)))
    assert asked(kept, 1) == [False]


def test_a_key_of_an_unknown_version_is_not_known(store: Store) -> None:
    kept = ClaimedFilter(store)
    kept.put(whole(1), '"5"', NOW)
    assert kept.maybe_claimed(CAMPAIGN, "k9:" + "A" * 43, NOW) is None
