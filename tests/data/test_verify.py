"""Tamper evidence: no entry can be changed, removed or replaced, and what is changed all the same is found."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from branch_console.security.keys import random_key
from data.anchor import Anchor, AnchorError, AnchorHead
from data.store import Store
from data.verify import BadEntry, verify, verify_own
from tests.data.world import KEY, OTHER, OWN, Writer, act, new_store, receive, subject

COLUMNS = ("terminal", "seq", "id", "type", "subject", "clock", "hash", "wire")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET wire = X'00' WHERE seq = 1",
        "UPDATE entry SET type = 'journey.sang' WHERE seq = 1",
        "UPDATE entry SET wire = CAST(json_set(CAST(wire AS TEXT), '$.data', json('null')) AS BLOB) WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 2",
        "INSERT OR REPLACE INTO entry SELECT terminal, seq, id, type, subject, clock, hash, X'00' FROM entry LIMIT 1",
        "REPLACE INTO entry SELECT * FROM entry LIMIT 1",
    ],
)
def test_the_journal_is_append_only(store: Store, statement: str) -> None:
    receive(store, 1)
    with pytest.raises(DBAPIError, match="append-only"), store.database.write() as connection:
        connection.exec_driver_sql(statement)
    assert verify(store) == (True, 2, None)


def unguarded(folder: Path) -> Store:
    """A store without guards, as somebody with the key and a tool of their own would have it."""
    store = new_store(folder)
    about = receive(store, 1)
    act(store, about, ("data.erased", {"entries": [{"terminal": OWN, "seq": 2}], "why": "retention"}))
    store.apply_feed(Writer(OTHER).journey(2), "c", "e")
    store.pending()
    with store.database.write() as connection:
        for name in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER entry_{name}")
    return store


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return unguarded(tmp_path_factory.mktemp("store"))


def test_the_own_chain_is_verified_by_itself(tmp_path: Path) -> None:
    store = unguarded(tmp_path)
    head = store.head()
    assert verify_own(store) == (head.seq, head.hash, None)
    ahead = AnchorHead(OWN, head.seq + 1, "f" * 64)
    assert verify_own(store, ahead).first_bad == BadEntry(OWN, head.seq + 1, "rolled-back")
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE entry SET wire = X'00' WHERE seq = 1 AND terminal = ?", (OTHER,))
    assert not verify(store).ok and verify_own(store).first_bad is None
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE entry SET wire = X'00' WHERE seq = 2 AND terminal = ?", (OWN,))
    assert verify_own(store).first_bad == BadEntry(OWN, 2, "not-an-entry")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_any_entry_is_found(written: Store, data: st.DataObject) -> None:
    assert verify(written).ok
    with written.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT rowid, * FROM entry").mappings().all()
    row = data.draw(st.sampled_from(rows))
    column = data.draw(st.sampled_from((*COLUMNS, "wire", "wire", "wire")))
    before = row[column]
    if isinstance(before, int):
        after: Any = before ^ (1 << data.draw(st.integers(0, 40)))
    else:
        raw = bytearray(before if isinstance(before, bytes) else before.encode())
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 127).filter(lambda each: each != raw[at]))
        after = bytes(raw) if isinstance(before, bytes) else raw.decode("latin-1")
    # A place that another entry has is refused by the table itself.
    assume(column not in {"seq", "rowid"} or after not in {each[column] for each in rows})
    change = f"UPDATE entry SET {column} = ? WHERE rowid = ?"  # noqa: S608  a fixed name
    with written.database.write() as connection:
        connection.exec_driver_sql(change, (after, row["rowid"]))
    try:
        found = verify(written)
        assert not found.ok
        assert found.first_bad is not None
    finally:
        with written.database.write() as connection:
            connection.exec_driver_sql(change, (before, row["rowid"]))


@pytest.mark.parametrize(
    ("change", "bad"),
    [
        ("DELETE FROM entry WHERE seq = 1 AND terminal = :own", (OWN, 1, "broken-chain")),
        ("DELETE FROM entry WHERE seq = 3 AND terminal = :own", (OWN, 3, "truncated")),
        ("DELETE FROM entry WHERE terminal = :own", (OWN, 1, "truncated")),
        ("DELETE FROM chain WHERE terminal = :own", (OWN, 3, "unknown-head")),
        (
            "UPDATE entry SET wire = CAST(json_set(CAST(wire AS TEXT), '$.data', json('null')) AS BLOB)"
            " WHERE seq = 1 AND terminal = :own",
            (OWN, 1, "data-missing"),
        ),
        ("UPDATE checkpoint SET signature = 'A' || substr(signature, 2) WHERE terminal = :own", None),
        ("UPDATE checkpoint SET seq = 2 WHERE terminal = :own", (OWN, 2, "bad-checkpoint")),
    ],
)
def test_what_was_removed_is_found_where_it_was(tmp_path: Path, change: str, bad: tuple[str, int, str] | None) -> None:
    store = unguarded(tmp_path)
    with store.database.write() as connection:
        connection.exec_driver_sql(change, {"own": OWN})
    found = verify(store)
    assert not found.ok
    assert bad is None or found.first_bad == bad


def test_a_database_put_back_to_an_older_state_shows(tmp_path: Path) -> None:
    key = random_key()
    anchor = Anchor(tmp_path / "anchor.json", key)
    store = new_store(tmp_path)
    assert anchor.attach(store) == "anchor-missing"
    receive(store, 1)
    store.close()
    image = (tmp_path / "store.db").read_bytes()
    store = Store.open(tmp_path / "store.db", KEY)
    assert anchor.attach(store) is None
    receive(store, 2)
    store.close()
    (tmp_path / "store.db").write_bytes(image)

    store = Store.open(tmp_path / "store.db", KEY)
    assert verify(store, anchor.read()).first_bad == (OWN, 4, "rolled-back")
    assert anchor.attach(store) == "rolled-back"
    assert store.must_confirm()
    receive(store, 3)
    assert anchor.read().seq == 4
    assert store.entries(subject(2)) == []


def test_an_anchor_of_another_machine_counts_as_none(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    receive(store, 1)
    Anchor(tmp_path / "anchor.json", random_key()).attach(store)
    with pytest.raises(AnchorError):
        Anchor(tmp_path / "anchor.json", random_key()).read()
    assert Anchor(tmp_path / "anchor.json", random_key()).attach(store) == "anchor-missing"
