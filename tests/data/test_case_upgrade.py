"""A store of the version before cases: what it could not fold stands in lists and search after the upgrade."""

from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from branch_console.rules.cases.rating_entries import rating_subject
from branch_console.rules.catalogue import FOLDS
from data import case_queries as ask
from data import meta
from data.connection import Database
from data.migrate import REVISIONS, revision
from data.store import Store
from data.verify import verify
from tests.data.cases import case, names, register, registered
from tests.data.gifts import balance, fill, receive_from
from tests.data.world import KEY, NOW, OTHER, THIRD, Writer, identity, new_store, receive, subject


def before_cases(folder: Path) -> Store:
    """A store with the tables of the version before."""
    database = Database(folder / "store.db", KEY, create=True)
    with database.write() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path("data/migrations").absolute()))
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        meta.put(connection, meta.IDENTITY, identity().dump())
        assert revision(connection) == "0002"
    return Store._ready(database)


def test_a_store_from_before_cases_is_upgraded_with_all_that_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rated = rating_subject(case(1))
    with monkeypatch.context() as patched:
        for kind in ("case", "rating"):
            patched.delitem(FOLDS, kind)
        patched.setattr("data.upgrade.unlisted", lambda _: [])
        patched.setattr("data.projection.note_changed", lambda *_: None)
        old = before_cases(tmp_path)
        receive(old, 1)
        fill(old, 3)
        writer = Writer(OTHER)
        receive_from(
            old,
            writer.write(case(1), "case.registered", registered(terminal=OTHER)),
            writer.write(case(1), "case.noted", {"text": "商户承认重复提交"}),
            writer.write(rated, "rating.given", {"about": case(1), "score": 4, "text": "", "revision": 1}),
        )
        assert {each.code for each in old.quarantined()} == {"unknown-type"}
        old.close()
    with closing(Store.open(tmp_path / "store.db", KEY)) as store:
        with store.database.read() as connection:
            assert revision(connection) == REVISIONS[-1] == "0006"
        assert store.quarantined() == []
        assert names(store, "all", text="重复提交") == [case(1)]
        assert [each.about for each in ask.ratings(store, NOW.date(), NOW.date())] == [case(1)]
        assert balance(store)["shelf", "OIL-5L", ""] == 3
        assert len(store.entries(subject(1))) == 2
        assert verify(store).ok
        new = register(store, 2)
        assert names(store, "all") == [new, case(1)]
    with closing(Store.open(tmp_path / "store.db", KEY)) as again:
        assert names(again, "all", text="重复提交") == [case(1)]


def test_cases_that_were_folded_before_there_were_rows_get_rows(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    about = register(store)
    with store.database.write() as connection:
        for name in ("case_row", "case_key", "case_promise", "case_search"):
            connection.exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608
        meta.drop(connection, meta.CATALOGUE)
    store.close()
    with closing(Store.open(tmp_path / "store.db", KEY)) as again:
        assert names(again, "all", text="早餐") == [about]
        assert again.state(about) is not None


def test_after_a_fork_cases_wait_for_central_under_the_new_name_only(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    one = register(store, 1)
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)
    two = register(store, 2)
    assert names(store, "unsynced") == [two]
    store.continue_in_new_journal(identity(THIRD))
    assert names(store, "unsynced") == [two]
    assert {one, two} == set(names(store, "all"))
    store.close()
