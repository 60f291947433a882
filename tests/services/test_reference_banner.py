"""Reference data that central did not sign is not used, and the console says so (requirement S20)."""

from pathlib import Path

from branch_console.rules.journal import Data
from branch_console.rules.staff import subject_for
from branch_console.services.sync_watch import SyncWatch
from data.store import Store
from tests.data.world import Writer, new_store
from tests.rules.flow_help import documents

NAME = "flows/ecny_personal.v1.toml"


def test_a_forged_document_is_refused_and_told(tmp_path: Path) -> None:
    store: Store = new_store(tmp_path)
    data: Data = {
        "name": NAME,
        "content": documents()[NAME],
        "sha256": "0" * 64,
        "published_at": "2026-03-01T00:00:00.000+08:00",
        "expires_at": None,
        "signature": "A" * 86,
    }
    entry = Writer("central/SZFT").write(subject_for("reference", NAME), "reference.published", data, staff=None)
    store.apply_feed([entry], "cursor", "epoch-1")
    watch = SyncWatch(store, lambda _: None, lambda: None, lambda _: None)
    assert watch.view.reference_wrong == (NAME,)
    assert not store.reference.flows
    store.close()
