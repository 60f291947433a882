"""Erasing: the data goes from every place where it stood, the chain stays, and only what was asked for (G9, S15)."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from branch_console.rules.journal import Data
from branch_console.rules.journey import JourneyState
from data import queries
from data.retention import Purged, purge
from data.store import Store
from data.verify import verify
from tests.data.test_feed import all_states, folded_anew
from tests.data.world import (
    KEY,
    NAME,
    NOW,
    OTHER,
    OWN,
    PHONE_KEY,
    THIRD,
    Writer,
    act,
    done,
    later,
    new_store,
    receive,
    started,
    subject,
)


def erase(*places: tuple[str, int]) -> Data:
    return {"entries": [{"terminal": terminal, "seq": seq} for terminal, seq in places], "why": "consent_withdrawn"}


def in_clear(path: Path) -> bytes:
    """Every page of the file, freed ones included, as the holder of the key can decrypt it (SQLCipher 4's layout)."""
    pages = path.read_bytes()
    found = b""
    for start in range(0, len(pages), 4096):
        page = pages[start : start + 4096]
        body, iv = page[16 if start == 0 else 0 : 4096 - 80], page[4096 - 80 : 4096 - 64]
        decryptor = Cipher(algorithms.AES(KEY), modes.CBC(iv)).decryptor()
        found += decryptor.update(body) + decryptor.finalize()
    return found


def test_erased_data_is_gone_from_every_place(store: Store, tmp_path: Path) -> None:
    about = receive(store, 1)
    store.forget_old_pages()
    assert NAME.encode() in in_clear(tmp_path / "store.db")
    act(store, about, ("data.erased", erase((OWN, 1), (OWN, 2))))
    assert [entry.data is None for entry in store.entries(about)] == [True, True, False]
    state = store.state(about)
    assert isinstance(state, JourneyState)
    assert (state.name, state.person_keys, state.phone_masked, state.erased) == (None, [], None, True)
    assert queries.search_people(store, NAME, 5) == queries.search_people(store, "8000", 5) == []
    assert queries.journeys_of_person(store, [PHONE_KEY]) == []
    assert verify(store).ok
    assert all_states(store) == folded_anew(store)
    assert NAME not in store.pending().body_entries.decode()
    store.forget_old_pages()
    store.close()
    everything = in_clear(tmp_path / "store.db")
    for marker in (NAME, " ".join(NAME), PHONE_KEY, "138****8000"):
        assert marker.encode() not in everything


@pytest.mark.parametrize("erasure_first", [True, False])
def test_erasing_works_in_any_order_of_arrival(store: Store, erasure_first: bool) -> None:
    writer, other = Writer(), Writer(THIRD)
    entries = writer.journey(1)
    erasure = other.write(subject(1), "data.erased", erase((OTHER, 1)), clock=f"{writer.clock_ms + 5:013d}-0000")
    for page in ([erasure], entries) if erasure_first else (entries, [erasure]):
        store.apply_feed(list(page), "c", "e")
    assert [entry.data is None for entry in store.entries(subject(1))][:2] == [True, False]
    state = store.state(subject(1))
    assert isinstance(state, JourneyState)
    assert state.name is None
    assert verify(store).ok
    assert all_states(store) == folded_anew(store)


def test_what_arrives_without_data_stays_verifiable(store: Store) -> None:
    entries = [entry._replace(data=None) for entry in Writer().journey(1)]
    assert not store.apply_feed(entries, "c", "e").broken
    assert verify(store).ok


def test_an_erasure_reaches_its_own_subject_only(store: Store) -> None:
    mine = receive(store, 1)
    hostile = Writer().write(subject(2), "data.erased", erase((OWN, 1), (OWN, 2)))
    store.apply_feed([hostile], "c", "e")
    assert all(entry.data is not None for entry in store.entries(mine))
    assert queries.search_people(store, NAME, 5)
    late = Writer(THIRD).journey(3)
    store.apply_feed([Writer("central/SZFT").write(subject(4), "data.erased", erase((THIRD, 1)))], "c", "e")
    store.apply_feed(late, "c", "e")
    assert store.entries(subject(3)) == late


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("at_once", [True, False])
def test_an_erasure_reaches_every_copy_of_an_act(store: Store, order: tuple[int, ...], at_once: bool) -> None:
    """A terminal that went on in a new journal has written an act twice; the erasure names one place."""
    old, new, eraser = Writer(OTHER), Writer(THIRD), Writer("central/SZFT")
    first = old.write(subject(1), "journey.started", started(NAME))
    again = new.write(subject(1), "journey.started", started(NAME), entry_id=first.id, clock=first.clock)
    another = old.write(subject(2), "journey.started", started(NAME))
    same_id = new.write(subject(3), "journey.started", started(NAME), entry_id=first.id)
    erasure = eraser.write(subject(1), "data.erased", erase((THIRD, 1)))
    parts = [[first, another], [again, same_id], [erasure]]
    entries = [entry for at in order for entry in parts[at]]
    for page in [entries] if at_once else [[entry] for entry in entries]:
        assert not store.apply_feed(list(page), "c", "e").broken
    assert {(each.terminal, each.data is None) for each in store.entries(subject(1)) if each.type != "data.erased"} == {
        (OTHER, True),
        (THIRD, True),
    }
    assert store.entries(subject(2)) == [another]
    assert store.entries(subject(3)) == [same_id]
    assert verify(store).ok
    assert all_states(store) == folded_anew(store)


@pytest.mark.parametrize("erasure_first", [True, False])
def test_what_was_kept_aside_of_a_forked_journal_is_erased_too(store: Store, erasure_first: bool) -> None:
    store.apply_feed(Writer().journey(2), "c", "e")
    forked = Writer().journey(1, customer="陈秘密")
    erasure = Writer(THIRD).write(subject(1), "data.erased", erase((OTHER, 1)))
    for page in ([erasure], forked) if erasure_first else (forked, [erasure]):
        store.apply_feed(list(page), "c", "e")
    with store.database.read() as connection:
        kept = b"".join(connection.exec_driver_sql("SELECT coalesce(wire, x'') FROM quarantined").scalars())
    assert "陈秘密".encode() not in kept
    assert {each.code for each in store.quarantined()} == {"journal-fork"}


@pytest.mark.parametrize("erasure_first", [True, False])
def test_an_erasure_is_never_erased_itself(store: Store, erasure_first: bool) -> None:
    writer, other = Writer(), Writer(THIRD)
    entries = [*writer.journey(1, steps=0), writer.write(subject(1), "data.erased", erase((OTHER, 1)))]
    hostile = [other.write(subject(1), "data.erased", erase((OTHER, 3)))]
    for page in (hostile, entries) if erasure_first else (entries, hostile):
        store.apply_feed(list(page), "c", "e")
    kept = [each for each in store.entries(subject(1)) if each.type == "data.erased"]
    assert [each.data is None for each in kept] == [False, False]
    assert verify(store).ok


def finish(store: Store, name: str, *, abandoned: bool = False) -> str:
    about = receive(store, name)
    end: tuple[str, Data] = ("journey.finished", {"wallet_class": "II"})
    if abandoned:
        end = ("journey.abandoned", {"step": None, "reason": "no_time", "note": NAME})
    act(store, about, ("journey.step_started", {"step": "need"}), ("journey.step_done", done("need")), end)
    with store.act("s-wang", NOW) as each:
        each.save_draft(about, "name", NAME)
    return about


def confirm(store: Store, now: timedelta = timedelta()) -> None:
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW + now)


def test_a_finished_journey_keeps_its_person_seven_days_after_central_has_it(store: Store) -> None:
    about = finish(store, "finished")
    open_one = receive(store, "open")
    assert purge(store, later(days=30)) == Purged(0, 0, 1)
    confirm(store, timedelta(days=20))
    assert purge(store, later(days=26, hours=23)) == Purged(0, 0, 0)
    assert purge(store, later(days=27)) == Purged(1, 2, 0)
    assert purge(store, later(days=28)) == Purged(0, 0, 0)
    state = store.state(about)
    assert isinstance(state, JourneyState)
    assert (state.name, state.person_keys, state.status, state.steps["need"].active_ms) == (
        None,
        [],
        "finished",
        30_000,
    )
    row = queries.journeys(store, tab="finished", staff=None)[0]
    assert (row.masked_name, row.masked_phone) == ("", "")
    assert all(entry.data is not None for entry in store.entries(open_one))
    assert verify(store).ok


def test_an_abandoned_journey_keeps_its_person_a_day(store: Store) -> None:
    finish(store, "abandoned", abandoned=True)
    confirm(store)
    assert purge(store, later(hours=23)) == Purged(0, 0, 0)
    assert purge(store, later(hours=25)) == Purged(1, 3, 1)


def test_what_another_terminal_forgot_to_erase_is_erased_a_day_later(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    writer = Writer(clock_ms=int(NOW.timestamp() * 1000))
    end = writer.write(subject(1), "journey.finished", {"wallet_class": "II"})
    store.apply_feed([*Writer(THIRD, int(NOW.timestamp() * 1000) - 60_000).journey(1), end], "c", "e")
    assert purge(store, later(days=7, hours=1)).journeys == 0
    assert purge(store, later(days=8, hours=1)).journeys == 1
