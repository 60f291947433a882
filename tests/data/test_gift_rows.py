"""Rows about gifts follow the states: claims, moves and balances, rights, days; after a migration and a refold too."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.gifts.ledger import balances, booked_of
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import Data, Entry, format_at
from data import gift_queries, meta
from data.claim_expiry import release_expired
from data.connection import Database
from data.doctor import Check, doctor
from data.migrate import REVISIONS, revision
from data.store import Store
from data.verify import verify
from tests.data.gifts import (
    CENTRAL,
    SKU,
    about,
    balance,
    central,
    delivery,
    dispatched,
    fill,
    give,
    given_back,
    hand_over,
    move,
    receive_from,
    reservation,
    ruling,
)
from tests.data.test_feed import all_states, folded_anew
from tests.data.world import KEY, NOW, OTHER, OWN, THIRD, Writer, act, identity, later, new_store, receive, subject

GIFTS = ("claim", "stock", "lease", "entitlement", "attestation", "campaign", "day")


def rows(store: Store, name: str) -> list[tuple[object, ...]]:
    with store.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608


def replayed(store: Store) -> dict[tuple[str, str, str], int]:
    """Balances as the sums of all moves of all states."""
    with store.database.read() as connection:
        bodies = connection.exec_driver_sql("SELECT subject, body FROM state").all()
    states = [FOLDS[row.subject.partition("/")[0]].load(row.body) for row in bodies]
    net = balances(booked.move for state in states for booked in booked_of(state))
    return {(slot.location, slot.sku, slot.lot): quantity for slot, quantity in net.items()}


def test_a_hand_over_is_one_entry_one_row_and_moves_stock(store: Store) -> None:
    fill(store)
    claim = give(store, 1)
    assert balance(store) == {("supplier", SKU, ""): -10, ("shelf", SKU, ""): 9, ("customer", SKU, ""): 1}
    row = gift_queries.claim(store, claim)
    assert row is not None
    assert (row.status, row.campaign, row.sku, row.name, row.staff) == (
        "handed_over",
        "D11-OIL",
        SKU,
        "单*龙",
        "s-wang",
    )
    assert (row.day, row.pending, row.exceptional, row.settled) == ("2026-03-02", True, False, False)
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)
    listed = gift_queries.claim(store, claim)
    assert listed is not None
    assert not listed.pending


def test_what_is_undone_leaves_no_trace_in_the_books(store: Store) -> None:
    fill(store)
    before = balance(store)
    with pytest.raises(RuntimeError), store.act("s-wang", NOW) as each:
        each.append("claim.handed_over", about("claim", 1), hand_over())
        assert gift_queries.there(each, NOW) != gift_queries.there(store, NOW)
        raise RuntimeError
    assert balance(store) == before
    assert rows(store, "claim_row") == rows(store, "claim_key") == []


def test_inside_an_act_the_rows_say_what_it_has_appended(store: Store) -> None:
    fill(store, 2)
    with store.act("s-wang", NOW) as each:
        each.append("claim.reserved", about("claim", 1), reservation())
        assert list(gift_queries.there(each, NOW).values()) == [1]
        each.append("claim.handed_over", about("claim", 1), hand_over())
        here = gift_queries.balances(each, NOW)
        assert [(each.quantity, each.reserved) for each in here] == [(1, 0)]
    assert balance(store)["shelf", SKU, ""] == 1


def test_a_place_can_be_short_but_never_negative(store: Store) -> None:
    fill(store, 1)
    writer = Writer()
    for name in range(3):
        receive_from(store, writer.write(about("claim", name), "claim.handed_over", hand_over()))
    (here,) = gift_queries.balances(store, NOW)
    assert (here.quantity, here.short, here.available) == (0, 2, -2)
    fill(store, 3)
    (here,) = gift_queries.balances(store, NOW)
    assert (here.quantity, here.short) == (1, 0)
    for wrong in ("quantity = -1", "short = -1"):
        with pytest.raises(DBAPIError, match="CHECK"), store.database.write() as connection:
            connection.exec_driver_sql(f"UPDATE stock_balance SET {wrong}")  # noqa: S608


def test_a_late_entry_that_unbooks_a_move_takes_the_balance_back(store: Store) -> None:
    """Two terminals receive the same dispatch; the one that sorts first arrives last."""
    sent = central(1_772_300_000_000).write(
        about("stock", 1), "stock.dispatched", dispatched(move(5, "supplier", "transit", "dispatch")), staff=None
    )
    first, second = Writer(OTHER, 1_772_400_000_000), Writer(THIRD, 1_772_400_500_000)
    four = [move(4, "transit", "shelf", "receive"), move(1, "transit", "loss", "loss")]
    five = [move(5, "transit", "shelf", "receive")]
    receive_from(store, sent, second.write(about("stock", 1), "stock.received", delivery(*five, second="s-chen")))
    assert balance(store)["shelf", SKU, ""] == 5
    receive_from(store, first.write(about("stock", 1), "stock.received", delivery(*four, second="s-chen")))
    assert balance(store) == {("supplier", SKU, ""): -5, ("shelf", SKU, ""): 4, ("loss", SKU, ""): 1}
    assert balance(store) == replayed(store)


def test_two_subjects_with_the_same_act_id_hold_up_nobody(store: Store) -> None:
    """An id of an act is unique within a subject only; a hostile terminal may use it twice."""
    writer = Writer()
    one = writer.write(about("claim", 1), "claim.handed_over", hand_over())
    two = writer.write(about("claim", 2), "claim.handed_over", hand_over(), entry_id=one.id)
    receive_from(store, one, two)
    assert balance(store)["customer", SKU, ""] == 2


def test_moments_that_are_none_hold_up_nobody(store: Store) -> None:
    data: Data = {**(reservation() or {}), "expires_at": "this is not a moment at all"}
    receive_from(store, Writer().write(about("claim", 1), "claim.reserved", data))
    assert gift_queries.count_claims(store, tab="open", now=NOW) == 1
    assert gift_queries.claims_of_keys(store, {"person": "k1:" + "A" * 43}, NOW) == {"person": []}
    assert gift_queries.there(store, NOW) == {}


def test_rights_campaigns_and_days_have_rows(store: Store) -> None:
    writer = central()
    lease: Data = {
        "campaign": "D11-OIL", "terminal": OWN, "quantity": 3, "unit_cost_fen": 3000, "epoch": "epoch-1",
        "expires_at": format_at(later(days=1)),
    }  # fmt: skip
    status: Data = {"id": "D11-OIL", "status": "running", "version": 1, "approved_by": "赵六", "left_count": 40}
    receive_from(
        store,
        writer.write(about("lease", 1), "lease.granted", lease, staff=None),
        writer.write(about("campaign", 1), "campaign.status_changed", status, staff=None),
    )
    assert [(each.left, each.id) for each in gift_queries.leases(store, NOW)] == [(3, about("lease", 1)[6:])]
    assert gift_queries.leases(store, later(days=2))[0].left == 0
    (running,) = gift_queries.campaigns(store, NOW)
    assert (running.campaign, running.status, running.left_count) == ("D11-OIL", "running", 40)
    paused: Data = {**status, "status": "paused", "version": 2, "left_count": 39}
    receive_from(store, writer.write(about("campaign", 1), "campaign.status_changed", paused, staff=None))
    assert [(each.status, each.version) for each in gift_queries.campaigns(store, NOW, "D11-OIL")] == [("paused", 2)]
    assert gift_queries.campaigns(store, NOW, "OTHER") == []


def first_version(folder: Path) -> Store:
    """A store as the first version made it: only its tables, and folds of what it knew."""
    database = Database(folder / "store.db", KEY, create=True)
    with database.write() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path("data/migrations").absolute()))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        meta.put(connection, meta.IDENTITY, identity().dump())
        assert revision(connection) == "0001"
    return Store._ready(database)


def test_a_store_of_the_first_version_is_upgraded_with_all_that_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        for kind in GIFTS:
            patched.delitem(FOLDS, kind)
        patched.setattr("data.upgrade.unlisted", lambda _: [])
        patched.setattr("data.projection.note_changed", lambda *_: None)
        old = first_version(tmp_path)
        receive(old, 1)
        goods = Writer().write(
            about("stock", 1), "stock.received", delivery(move(7, "supplier", "shelf", "receive"), second="s-chen")
        )
        receive_from(old, goods)
        assert [each.code for each in old.quarantined()] == ["unknown-type"]
        old.close()
    with closing(Store.open(tmp_path / "store.db", KEY)) as store:
        with store.database.read() as connection:
            assert revision(connection) == REVISIONS[-1] == "0006"
        assert store.quarantined() == []
        assert balance(store) == {("supplier", SKU, ""): -7, ("shelf", SKU, ""): 7}
        assert len(store.entries(subject(1))) == 2
        assert verify(store).ok
        give(store, 1)
        assert balance(store)["shelf", SKU, ""] == 6
    with closing(Store.open(tmp_path / "store.db", KEY)) as again:
        assert balance(again)["shelf", SKU, ""] == 6


def test_after_a_fork_nothing_of_the_old_journal_waits_and_the_books_stay(store: Store) -> None:
    fill(store)
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)
    give(store, 1)
    before = balance(store)
    store.continue_in_new_journal(identity(THIRD))
    assert balance(store) == before == replayed(store)
    assert gift_queries.claims(store, tab="all", now=NOW)[0].pending
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)
    assert not gift_queries.claims(store, tab="all", now=NOW)[0].pending


def _journals(rng: Random) -> list[list[Entry]]:
    """Two terminals and central write about the same claims and documents; one journal each."""
    writers = [Writer(each, 1_772_400_000_000 + rng.randrange(60_000)) for each in (OTHER, THIRD, CENTRAL)]
    journals: list[list[Entry]] = [[], [], []]
    for _ in range(14):
        at = rng.randrange(3)
        name = rng.randrange(3)
        place = rng.choice(["shelf", f"drawer:{OTHER}", f"drawer:{THIRD}"])
        lot = rng.choice(["", "A1"])
        acts: list[tuple[str, Data, str]] = [
            ("claim.reserved", reservation(place=place), "claim"),
            ("claim.handed_over", hand_over(place=place, lot=lot), "claim"),
            ("claim.handed_over", hand_over(place=place, quantity=2), "claim"),
            ("claim.returned", given_back(), "claim"),
            ("claim.released", {"why": "mistake"}, "claim"),
            ("stock.received", delivery(move(3, "supplier", "shelf", "receive", lot=lot), second="s-x"), "stock"),
            ("stock.transferred", {"moves": [move(2, "shelf", place, "transfer")], "reason": "fill"}, "stock"),
        ]
        kind, data, who = rng.choice(acts)
        if at == 2:
            outcome = rng.choice(["confirmed", "reversed", "duplicate_accepted"])
            kind, data, who = "claim.adjudicated", ruling(outcome), "claim"
        journals[at].append(writers[at].write(about(who, name), kind, data))
    return journals


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 6))
def test_balances_are_the_replay_of_moves_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int
) -> None:
    rng = Random(seed)
    journals = _journals(rng)
    results = []
    for _ in range(2):
        store = new_store(tmp_path_factory.mktemp("store"))
        queues = [journal[:] for journal in journals]
        while any(queues):
            queue = rng.choice([each for each in queues if each])
            page, queue[:] = queue[:size], queue[size:]
            receive_from(store, *page)
            found = balance(store)
            assert sum(found.values()) == 0
            assert found == replayed(store)
        assert all_states(store) == folded_anew(store)
        moves = sorted(row[1:] for row in rows(store, "stock_move"))
        listed = sorted(gift_queries.claims(store, tab="all", now=NOW))
        results.append((balance(store), moves, listed))
        store.close()
    assert results[0] == results[1]


def test_expired_reservations_are_named_once_their_time_is_over(store: Store) -> None:
    fill(store)
    act(store, about("claim", 1), ("claim.reserved", reservation(minutes=30)))
    receive_from(store, Writer().write(about("claim", 2), "claim.reserved", reservation(minutes=30)))
    assert gift_queries.expired_reservations(store, NOW + timedelta(minutes=29)) == []
    assert gift_queries.expired_reservations(store, NOW + timedelta(minutes=30)) == [about("claim", 1)]


def test_what_was_kept_too_long_is_given_up_by_itself_once_and_by_its_own_terminal(store: Store) -> None:
    fill(store)
    act(store, about("claim", 1), ("claim.reserved", reservation(minutes=30)))
    receive_from(store, Writer().write(about("claim", 2), "claim.reserved", reservation(minutes=30)))
    assert release_expired(store, NOW + timedelta(minutes=29)) == 0
    assert release_expired(store, NOW + timedelta(minutes=31)) == 1
    assert release_expired(store, NOW + timedelta(minutes=32)) == 0
    states = [store.state(about("claim", number)) for number in (1, 2)]
    assert [(each.status, each.released_why) for each in states if isinstance(each, ClaimState)] == [
        ("released", "expired"),
        ("reserved", None),
    ]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE stock_balance SET quantity = quantity + 1 WHERE location = 'shelf'",
        "DELETE FROM stock_move WHERE subject LIKE 'claim/%'",
        "UPDATE stock_move SET quantity = 2 WHERE subject LIKE 'claim/%'",
        "DELETE FROM stock_balance WHERE location = 'customer'",
    ],
)
def test_the_doctor_finds_books_that_are_not_the_sum_of_moves(store: Store, tmp_path: Path, change: str) -> None:
    fill(store)
    give(store, 1)

    def books() -> Check:
        return next(each for each in doctor(store, tmp_path, NOW) if each.name == "books")

    assert books().ok
    with store.database.write() as connection:
        connection.exec_driver_sql(change)
    assert (books().ok, books().code) == (False, "doctor_books")
