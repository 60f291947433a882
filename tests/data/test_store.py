"""Acts: durable or not at all, in one chain, folded, listed; drafts and facts beside them."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from branch_console.rules.canonical import NotCanonicalError
from branch_console.rules.entries import CannotFoldError
from branch_console.rules.journal import FIRST_PREV, check_chain, check_entry
from branch_console.rules.journey import JourneyState
from data import queries
from data.errors import (
    CorruptError,
    DiskFullError,
    ExistsError,
    MissingError,
    NotEncryptedError,
    TooNewError,
    WrongKeyError,
)
from data.migrate import REVISIONS
from data.store import Store
from tests.data.world import KEY, NAME, NOW, OWN, act, done, identity, later, new_store, receive, started, subject


def test_an_act_is_one_chain_one_state_one_row(store: Store, tmp_path: Path) -> None:
    about = receive(store, 1)
    act(
        store,
        about,
        ("journey.step_started", {"step": "need"}),
        ("journey.step_done", done("need")),
        now=later(hours=1),
    )
    entries = store.entries(about)
    for entry in entries:
        check_entry(entry)
    assert check_chain(entries, 0, FIRST_PREV) == store.head()[:2]
    state = store.state(about)
    assert isinstance(state, JourneyState)
    assert (state.name, state.phone_masked, state.steps["need"].status) == (NAME, "138****8000", "done")
    row = queries.journeys(store, tab="mine", staff="s-wang")[0]
    assert (row.masked_name, row.masked_phone, row.holder, row.pending) == ("单*龙", "138****8000", "s-wang", True)
    store.close()
    again = Store.open(tmp_path / "store.db", KEY)
    assert again.state(about) == state
    assert again.identity.terminal == OWN


def test_what_raises_leaves_no_trace(store: Store) -> None:
    about = receive(store, 1)
    head, state = store.head(), store.state(about)
    with pytest.raises(RuntimeError, match="no"), store.act("s-wang", NOW) as each:
        each.append("journey.step_started", about, {"step": "need"})
        each.save_draft(about, "phone", "138")
        raise RuntimeError("no")
    assert (store.head(), store.state(about), queries.drafts(store, about)) == (head, state, {})


@pytest.mark.parametrize(
    ("kind", "data", "error"),
    [
        ("journey.step_done", {"step": "need"}, CannotFoldError),
        ("journey.flew", {}, CannotFoldError),
        ("journey.step_done", {**done("need"), "active_ms": 1.5}, NotCanonicalError),
        ("journey.step_started", {"step": "a\x00b"}, CannotFoldError),
    ],
)
def test_an_own_act_that_no_store_could_fold_is_refused(
    store: Store, kind: str, data: dict[str, object], error: type[Exception]
) -> None:
    about = receive(store, 1)
    before = store.head()
    with pytest.raises(error), store.act("s-wang", NOW) as each:
        each.append(kind, about, data)  # type: ignore[arg-type]
    assert store.head() == before


def test_an_act_sees_what_it_has_appended(store: Store) -> None:
    about = subject(1)
    with store.act("s-wang", NOW) as each:
        assert each.state(about) is None
        each.append("journey.started", about, started())
        assert each.state(about).name == NAME  # type: ignore[union-attr]


def test_the_clock_never_runs_backwards(store: Store) -> None:
    about = receive(store, 1)
    act(store, about, ("journey.step_started", {"step": "need"}), now=later(days=-3))
    clocks = [entry.clock for entry in store.entries(about)]
    assert clocks == sorted(set(clocks))


def test_drafts_and_facts(store: Store) -> None:
    about = receive(store, 1)
    with store.act("s-wang", NOW) as each:
        each.save_draft(about, "name", "单")
        each.save_draft(about, "name", "单小")
        each.save_draft(about, "phone", "138")
    assert queries.drafts(store, about) == {"name": "单小", "phone": "138"}
    with store.act("s-wang", NOW) as each:
        each.clear_drafts(about, "phone")
    assert queries.drafts(store, about) == {"name": "单小"}
    store.set_meta("last_contact", "now")
    assert (store.meta("last_contact"), store.meta("nothing")) == ("now", None)


def test_opening_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.raises(MissingError):
        Store.open(path, KEY)
    new_store(tmp_path).close()
    with pytest.raises(ExistsError):
        Store.create(path, KEY, identity())
    for wrong in (bytes(32), KEY[:31], b""):
        with pytest.raises(WrongKeyError):
            Store.open(path, wrong)
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(b"SQLite format 3\x00" + bytes(4096))
    with pytest.raises(NotEncryptedError):
        Store.open(path, KEY)


def test_a_plain_database_is_never_made(store: Store, tmp_path: Path) -> None:
    receive(store, 1)
    store.close()
    assert not (tmp_path / "store.db").read_bytes().startswith(b"SQLite format 3")


def test_a_flipped_byte_on_the_disk_is_an_error_not_another_value(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    subjects = [receive(store, at) for at in range(60)]
    store.close()
    path = tmp_path / "store.db"
    whole = bytearray(path.read_bytes())
    for at in range(4096 + 100, len(whole), 4096):
        whole[at] ^= 1
    path.write_bytes(whole)
    with pytest.raises(CorruptError):
        for about in subjects:
            Store.open(path, KEY).entries(about)


def test_a_full_disk_is_said_and_nothing_is_half_saved(store: Store) -> None:
    receive(store, 1)
    with store.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limited = store.database.connect

    def full() -> Any:
        connection = limited()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        return connection

    store.database.engine.dispose()
    store.database.engine.pool._creator = full
    head = store.head()
    with pytest.raises(DiskFullError):
        for at in range(2, 100):
            receive(store, at)
            head = store.head()
    assert store.head() == head
    assert len(store.entries(subject(1))) == 2


def test_a_store_of_a_newer_version_is_left_alone(store: Store, tmp_path: Path) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(TooNewError):
        Store.open(tmp_path / "store.db", KEY)


def test_migrations_make_exactly_the_tables_of_the_models(store: Store) -> None:
    with store.database.read() as connection:
        context = MigrationContext.configure(connection)
        found = [each for each in compare_metadata(context, SQLModel.metadata) if "_search" not in repr(each)]
    assert found == []
    scripts = ScriptDirectory(str(Path("data/migrations").absolute()))
    assert tuple(reversed([each.revision for each in scripts.walk_revisions()])) == REVISIONS
