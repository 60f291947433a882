"""The feed: entries are added once, in any order of pages, and nothing that does not fit gets in or in the way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Data, Entry, entry_hash
from branch_console.rules.staff import subject_for
from branch_console.security.signing import reference_bytes, sign
from data import queries
from data.doctor import Check, doctor
from data.states import entries_of
from data.store import Store
from data.verify import verify
from tests.data.world import CENTRAL_SEED, NOW, OTHER, OWN, THIRD, Writer, act, new_store, receive, subject

CENTRAL = "central/SZFT"


def test_a_page_and_its_cursor_come_together(store: Store) -> None:
    entries = Writer().journey(1)
    applied = store.apply_feed(entries, "cursor-1", "epoch-1")
    assert (applied.subjects, applied.broken, applied.added) == ({subject(1)}, [], len(entries))
    assert store.cursor() == ("cursor-1", "epoch-1")
    assert store.entries(subject(1)) == entries
    assert not queries.journeys(store, tab="all", staff=None)[0].pending
    store.reset_feed("epoch-2")
    assert store.cursor() == (None, "epoch-2")
    again = store.apply_feed(entries, "cursor-1", "epoch-2")
    assert (again.subjects, again.added) == (set(), 0)
    assert store.entries(subject(1)) == entries


def _changed(entry: Entry, **fields: Any) -> Entry:
    """An entry with another content and a right hash."""
    draft = entry._replace(**fields)
    return draft._replace(hash=entry_hash(draft))


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("bad-entry", lambda entry: entry._replace(hash="0" * 64)),
        ("bad-entry", lambda entry: entry._replace(data={"step": "other"})),
        ("bad-entry", lambda entry: entry._replace(type="x")),
        ("broken-chain", lambda entry: _changed(entry, prev="1" * 64)),
        ("journal-gap", lambda entry: _changed(entry, seq=entry.seq + 1)),
        ("journal-fork", lambda entry: _changed(entry, seq=1, staff="s-mallory")),
        ("journal-fork", lambda entry: _changed(entry, terminal=OWN, seq=1, prev="0" * 64)),
    ],
)
def test_what_fits_no_chain_is_kept_aside_and_holds_up_nobody(
    store: Store, code: str, spoil: Callable[[Entry], Entry]
) -> None:
    writer, third = Writer(), Writer(THIRD)
    first = writer.journey(1)
    bad = spoil(writer.write(subject(1), "journey.step_started", {"step": "late"}))
    behind = third.journey(2)
    applied = store.apply_feed([*first, bad, *behind], "c", "epoch-1")
    assert [each.code for each in applied.broken] == [code]
    assert store.entries(subject(1)) == first
    assert store.entries(subject(2)) == behind
    assert [each.code for each in store.quarantined() if each.source == "feed"] == [code]
    assert verify(store).ok


def test_an_unknown_entry_is_kept_for_the_next_version(store: Store) -> None:
    writer = Writer()
    about = subject(1)
    entries = [*writer.journey(1), writer.write(about, "journey.sang", {}), writer.write(about, "claim.made", {})]
    entries.append(writer.write(about, "journey.step_started", {"step": "x"}, version=9))
    entries.append(writer.write("claim/" + about[8:], "claim.made", {}))
    store.apply_feed(entries, "c", "epoch-1")
    listed = {(each.seq, each.code, each.type) for each in store.quarantined()}
    last = len(entries)
    assert listed == {
        (last - 3, "unknown-type", "journey.sang"),
        (last - 2, "unknown-type", "claim.made"),
        (last - 1, "unknown-version", "journey.step_started"),
        (last, "unknown-type", "claim.made"),
    }
    assert verify(store).ok


def test_a_lone_surrogate_is_kept_byte_for_byte(store: Store) -> None:
    entry = Writer().write(subject(1), "journey.step_started", {"step": "a\ud800"})
    store.apply_feed([entry], "c", "epoch-1")
    assert store.entries(subject(1)) == [entry]
    assert [each.code for each in store.quarantined()] == ["unstorable-text"]
    assert verify(store).ok


def test_a_clock_of_the_far_future_stops_nobody(store: Store) -> None:
    about = receive(store, 1)
    store.apply_feed([Writer().write(about, "journey.paused", {"reason": "x"}, clock="9999999999999-ffff")], "c", "e")
    act(store, about, ("journey.step_started", {"step": "need"}))
    assert store.head().clock < "9000000000000"


def test_central_writes_staff_and_reference_data(store: Store) -> None:
    central = Writer(CENTRAL)
    person: Data = {"staff_id": "s-li", "name": "李强", "role": "supervisor", "active": True, "credential": None}
    applied = store.apply_feed(
        [central.write(subject_for("staff", "s-li"), "staff.registered", person, staff=None)], "c1", "e"
    )
    assert (applied.staff_changed, applied.reference_changed) == (True, False)
    assert [each.name for each in queries.staff_list(store)] == ["李强"]
    shared: Data = {"name": "K-02", "public_key": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43}}
    store.apply_feed([central.write(f"terminal/{OTHER}", "terminal.registered", shared, staff=None)], "c2", "e")
    assert [(each.terminal, each.name) for each in queries.terminals(store)] == [(OTHER, "K-02")]


def published(central: Writer, name: str, content: str, *, seed: bytes = CENTRAL_SEED, digest: str = "") -> Entry:
    hashed = digest or sha256(content.encode()).hexdigest()
    at = "2026-01-01T00:00:00.000+00:00"
    data: Data = {
        "name": name,
        "content": content,
        "sha256": hashed,
        "published_at": at,
        "expires_at": "2027-01-01T00:00:00.000+00:00",
        "signature": sign(seed, reference_bytes(name, hashed, at, "2027-01-01T00:00:00.000+00:00")),
    }
    return central.write(subject_for("reference", name), "reference.published", data, staff=None)


def test_reference_data_counts_only_as_central_signed_it(store: Store) -> None:
    central = Writer(CENTRAL)
    name = "wallets/wallets.v1.toml"
    folder = Path("data/reference/wallets")
    found = next(iter(sorted(folder.glob("*.toml"))))
    name, good = f"wallets/{found.name}", found.read_text(encoding="utf-8")
    applied = store.apply_feed([published(central, name, good)], "c1", "e")
    assert applied.reference_changed
    tiers = store.reference.tiers
    assert tiers
    assert store.published.expires == {name: "2027-01-01T00:00:00.000+00:00"}
    for bad, why in (
        (published(central, name, good + "\n# x", seed=bytes(32)), "signature"),
        (published(central, name, good + "\n# x", digest="0" * 64), "hash"),
        (published(central, name, "not = [toml"), "form"),
    ):
        store.apply_feed([bad], "c2", "e")
        assert store.reference.tiers == tiers
        assert store.published.refused[0] == (name, why)


def test_the_doctor_names_reference_data_that_was_refused_or_is_out_of_date(store: Store, tmp_path: Path) -> None:
    central, good = Writer(CENTRAL), Path("data/reference/wallets/tiers.v1.toml").read_text(encoding="utf-8")

    def found(now: datetime) -> Check:
        return next(each for each in doctor(store, tmp_path, now) if each.name == "reference")

    in_force = published(central, "wallets/tiers.v1.toml", good)
    store.apply_feed([in_force], "c1", "e")
    assert found(NOW).ok
    assert found(NOW + timedelta(days=400)).params == {"names": "wallets/tiers.v1.toml"}
    store.apply_feed([published(central, "wallets/tiers.v1.toml", good + "\n# x", seed=bytes(32))], "c2", "e")
    assert found(NOW).params == {"names": "wallets/tiers.v1.toml"}
    assert store.reference.tiers


def all_states(store: Store) -> dict[str, bytes]:
    with store.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT subject, body FROM state ORDER BY subject")
        return {row.subject: row.body for row in rows}


def folded_anew(store: Store) -> dict[str, bytes]:
    """All states, folded from all entries at once."""
    found = {}
    with store.database.read() as connection:
        for about in all_states(store):
            fold = FOLDS[about.partition("/")[0]]
            found[about] = fold.dump(fold_subject(fold, entries_of(connection, about), store.reference)[0])
    return found


def rows(store: Store) -> list[tuple[Any, ...]]:
    listed = queries.journeys(store, tab="all", staff=None, limit=1000)
    return sorted((each.subject, each.masked_name, each.status, each.step_number, each.updated_at) for each in listed)


def _two_sides(rng: Random) -> list[list[Entry]]:
    """Two terminals and central write about the same journeys, with clocks that overlap; one journal each."""
    journals: list[list[Entry]] = []
    for terminal in (OTHER, THIRD):
        writer = Writer(terminal, 1_772_400_000_000 + rng.randrange(60_000))
        entries: list[Entry] = []
        for name in range(3):
            entries += writer.journey(name, rng.randrange(4))
            kind = rng.choice(["journey.taken_over", "journey.paused", "journey.finished", "consent.withdrawn"])
            data: dict[str, dict[str, Any]] = {
                "journey.taken_over": {"from_staff": "s-li", "reason": "away"},
                "journey.paused": {"reason": "called"},
                "journey.finished": {"wallet_class": "II"},
                "consent.withdrawn": {"scope": "general", "reason": "asked"},
            }
            entries.append(writer.write(subject(name), kind, data[kind], staff=rng.choice(["s-li", "s-wang"])))
        journals.append(entries)
    return journals


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 9))
def test_any_order_of_pages_gives_the_same_states(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int
) -> None:
    rng = Random(seed)
    journals = _two_sides(rng)
    results = []
    for _ in range(2):
        store = new_store(tmp_path_factory.mktemp("store"))
        queues = [journal[:] for journal in journals]
        while any(queues):
            queue = rng.choice([each for each in queues if each])
            page, queue[:] = queue[:size], queue[size:]
            assert not store.apply_feed(page, "c", "e").broken
        assert all_states(store) == folded_anew(store)
        results.append((all_states(store), rows(store)))
        assert verify(store).ok
        store.close()
    assert results[0] == results[1]


def test_an_act_that_comes_twice_counts_once(store: Store) -> None:
    writer, other = Writer(), Writer(THIRD)
    entries = writer.journey(1)
    first = entries[-1]
    twin = other.write(subject(1), first.type, first.data or {}, entry_id=first.id, clock=first.clock)
    store.apply_feed(entries, "c1", "e")
    before = all_states(store)
    store.apply_feed([twin], "c2", "e")
    assert all_states(store) == before == folded_anew(store)
