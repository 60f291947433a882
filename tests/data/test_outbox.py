"""What waits for central: exactly the stored bytes, the same again until acknowledged; forks and restores show."""

from pathlib import Path

import orjson
import pytest

from branch_console.rules.canonical import canonical
from branch_console.rules.journal import Data
from branch_console.security.signing import SignatureError, check_checkpoint, make_checkpoint, public_jwk
from data import queries
from data.agreement import Agreement, agree, read_agreement
from data.anchor import Anchor
from data.errors import ForkError, WrongBranchError
from data.journal import START
from data.outbox import Quarantined
from data.store import Store
from data.verify import verify
from tests.data.test_feed import all_states, folded_anew
from tests.data.world import (
    CENTRAL_SEED,
    KEY,
    NOW,
    OWN,
    THIRD,
    Writer,
    act,
    done,
    identity,
    receive,
    subject,
)


def test_a_batch_is_the_stored_bytes_and_the_same_again(store: Store, tmp_path: Path) -> None:
    for at in range(5):
        receive(store, at)
    batch = store.pending()
    assert [entry.seq for entry in batch.entries] == list(range(1, 11))
    assert batch.body_entries == b"[" + b",".join(canonical(entry.wire()) for entry in batch.entries) + b"]"
    assert batch.checkpoint is not None
    check_checkpoint(public_jwk(store.identity.signing_key), batch.checkpoint)
    assert (batch.checkpoint["seq"], batch.checkpoint["hash"]) == (10, batch.entries[-1].hash)
    receive(store, 5)
    assert store.pending() == batch
    store.close()
    again = Store.open(tmp_path / "store.db", KEY)
    assert again.pending() == batch
    halved = again.pending(limit=5)
    assert [entry.seq for entry in halved.entries] == [1, 2, 3, 4, 5]
    assert again.pending(limit=5) == halved


def test_a_batch_keeps_to_its_size_but_is_never_empty(store: Store) -> None:
    for at in range(3):
        receive(store, at)
    two = len(store.pending(limit=2).body_entries)
    assert len(store.pending(max_bytes=two).entries) == 2
    assert len(store.pending(max_bytes=1).entries) == 1


def test_what_central_has_waits_no_longer(store: Store) -> None:
    about = receive(store, 1)
    assert store.pending_count() == 2
    head = store.head()
    store.acknowledge(1, store.hash_at(1) or "", [], "epoch-1", NOW)
    assert (store.pending_count(), [entry.seq for entry in store.pending().entries]) == (1, [2])
    store.acknowledge(2, head.hash, [Quarantined(2, "bad-data", "answers: no")], "epoch-1", NOW)
    assert store.pending() == ([], b"[]", None)
    assert not queries.journeys(store, tab="all", staff=None)[0].pending
    listed = store.quarantined()[0]
    assert (listed.seq, listed.source, listed.code, listed.type, listed.subject) == (
        2, "central", "bad-data", "journey.answered", about,
    )  # fmt: skip
    store.acknowledge(1, store.hash_at(1) or "", [], "epoch-1", NOW)
    assert store.pending_count() == 0


def test_another_history_at_central_is_a_fork(store: Store) -> None:
    receive(store, 1)
    for seq, digest in ((2, "0" * 64), (3, "0" * 64)):
        with pytest.raises(ForkError):
            store.acknowledge(seq, digest, [], "epoch-1", NOW)
    assert store.pending_count() == 2


def test_a_restored_central_gets_everything_again(store: Store) -> None:
    receive(store, 1)
    receive(store, 2)
    store.acknowledge(4, store.head().hash, [], "epoch-1", NOW)
    agree(store, 1, Agreement("epoch-2", ("epoch-1",)))
    assert read_agreement(store) == ("epoch-2", ("epoch-1",))
    assert [entry.seq for entry in store.pending().entries] == [2, 3, 4]


def test_only_central_signs_for_central(store: Store) -> None:
    receive(store, 1)
    head = store.head()
    store.keep_checkpoint(make_checkpoint(CENTRAL_SEED, OWN, head.seq, head.hash, NOW))
    assert verify(store).ok
    with pytest.raises(SignatureError):
        store.keep_checkpoint(make_checkpoint(bytes(32), OWN, head.seq, head.hash, NOW))
    store.keep_checkpoint(make_checkpoint(CENTRAL_SEED, OWN, head.seq, "0" * 64, NOW))
    assert verify(store).first_bad == (OWN, 2, "bad-checkpoint")


def test_after_a_restore_the_head_must_be_confirmed(store: Store) -> None:
    receive(store, 1)
    store.mark_restored()
    assert store.must_confirm()
    agree(store, 1, Agreement("epoch-1", ()))
    assert not store.must_confirm()
    assert [entry.seq for entry in store.pending().entries] == [2]


def test_a_forked_terminal_goes_on_in_a_new_journal_and_loses_nothing(store: Store, tmp_path: Path) -> None:
    sent = receive(store, "sent")
    store.acknowledge(2, store.head().hash, [], "epoch-1", NOW)
    act(store, sent, ("journey.step_started", {"step": "need"}), ("journey.step_done", done("need")))
    unsent = receive(store, "unsent")
    place: Data = {"terminal": OWN, "seq": store.head().seq}
    act(store, unsent, ("data.erased", {"entries": [place], "why": "retention"}))
    anchor = Anchor(tmp_path / "anchor.json", bytes(32))
    anchor.attach(store)
    ids = [entry.id for about in (sent, unsent) for entry in store.entries(about)]
    before = all_states(store)

    assert store.continue_in_new_journal(identity(THIRD)) == 5
    assert store.identity.terminal == THIRD
    assert [entry.id for about in (sent, unsent) for entry in store.entries(about)] == ids
    assert [entry.terminal for entry in store.entries(sent)] == [OWN, OWN, THIRD, THIRD]
    assert store.entries(unsent)[1].data is None
    assert store.entries(unsent)[2].data == {"entries": [{"terminal": THIRD, "seq": 4}], "why": "retention"}
    assert {about: body.replace(OWN.encode(), b"") for about, body in before.items()} == {
        about: body.replace(OWN.encode(), b"").replace(THIRD.encode(), b"") for about, body in all_states(store).items()
    }
    assert all_states(store) == folded_anew(store)
    assert verify(store).ok
    assert store.cursor() == (None, "epoch-1")
    assert read_agreement(store) == ("epoch-1", ())
    assert anchor.attach(store) is None
    assert not store.must_confirm()
    assert [entry.seq for entry in store.pending().entries] == [1, 2, 3, 4, 5]
    assert [row.pending for row in queries.journeys(store, tab="all", staff=None)] == [True, True]

    store.close()
    again = Store.open(tmp_path / "store.db", KEY)
    act(again, unsent, ("journey.step_started", {"step": "need"}))
    assert again.head().seq == 6
    assert verify(again).ok


@pytest.mark.parametrize("written", [0, 2])
def test_a_terminal_without_unsent_acts_goes_on_in_a_new_journal_too(store: Store, written: int) -> None:
    if written:
        receive(store, "sent")
        store.acknowledge(written, store.head().hash, [], "epoch-1", NOW)
    assert store.continue_in_new_journal(identity(THIRD)) == 0
    assert (store.identity.terminal, store.head(), store.pending_count()) == (THIRD, START, 0)
    assert verify(store).ok
    about = receive(store, "next")
    assert [entry.seq for entry in store.entries(about)] == [1, 2]


def test_what_central_held_of_the_lost_journal_comes_back_by_the_feed(store: Store) -> None:
    """The image was taken after entry 2; central holds 3 and 4, which this store has forgotten."""
    about = receive(store, 1)
    store.acknowledge(2, store.head().hash, [], "epoch-1", NOW)
    lost = Writer(OWN)
    lost.seq, lost.prev = 2, store.head().hash
    forgotten = [lost.write(about, "journey.step_started", {"step": "device"}, staff="s-wang")]
    act(store, about, ("journey.step_started", {"step": "need"}))
    store.continue_in_new_journal(identity(THIRD))
    applied = store.apply_feed([*store.entries(about)[:2], *forgotten], "c", "epoch-1")
    assert (applied.added, applied.broken) == (1, [])
    assert len(store.entries(about)) == 4
    assert verify(store).ok


def test_another_branch_cannot_continue_a_journal(store: Store) -> None:
    receive(store, 1)
    with pytest.raises(WrongBranchError):
        store.continue_in_new_journal(identity(THIRD, "GZTH"))
    assert store.identity.terminal == OWN


def test_the_body_is_json(store: Store) -> None:
    receive(store, 1)
    assert orjson.loads(store.pending().body_entries)[0]["subject"] == subject(1)
