"""Several processes and threads on one store, and kill -9 at any moment: what was said to be saved is there (G1)."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest

from branch_console.rules.journal import FIRST_PREV, check_chain
from data import connection as connection_module
from data import queries
from data.errors import LockedError
from data.store import Store
from data.verify import verify
from tests.data.hammer import main
from tests.data.test_feed import all_states, folded_anew
from tests.data.world import KEY, OTHER, Writer, new_store, receive, subject

CYCLES = {"act": 8, "feed": 1}
FORK = get_context("forkserver")
FORK.set_forkserver_preload(["tests.data.hammer"])


class Hammer:
    """Another process that writes to a store until it is killed; it is forked from one that has imported everything."""

    def __init__(self, path: Path, name: str, what: str) -> None:
        self.said, theirs = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=main, args=(path, name, what, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def hear(self) -> int:
        """The next number that it says."""
        return int(self.said.recv())

    def kill(self) -> int:
        """Kill -9 at once; the last number that it had said by then, 0 for none since the last `hear`."""
        self.process.kill()
        last = 0
        try:
            while True:
                last = int(self.said.recv())
        except EOFError:
            self.process.join()
        return last


@pytest.mark.parametrize("what", ["act", "feed"])
def test_what_was_said_to_be_saved_survives_kill_9(tmp_path: Path, what: str) -> None:
    new_store(tmp_path).close()
    path = tmp_path / "store.db"
    rng = Random(7)
    for cycle in range(CYCLES[what]):
        hammer = Hammer(path, f"round-{cycle}", what)
        heard = [hammer.hear() for _ in range(rng.randrange(1, 20))]
        saved = max(hammer.kill(), heard[-1])
        store = Store.open(path, KEY)
        found = verify(store)
        assert found.ok
        assert found.entries >= saved
        assert found.entries % 2 == 0
        store.close()
    store = Store.open(path, KEY)
    assert all_states(store) == folded_anew(store)
    assert queries.count_journeys(store, tab="all", staff=None) == len(all_states(store))


def test_console_and_sync_write_side_by_side(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    sync = Hammer(tmp_path / "store.db", "feed", "feed")
    before = sync.hear()
    for at in range(60):
        receive(store, at)
    received = sync.kill()
    assert received > before
    assert store.head().seq == 120
    found = verify(store)
    assert found.ok
    assert found.entries >= 120 + received
    assert all_states(store) == folded_anew(store)


def test_threads_write_one_chain(store: Store) -> None:
    writer = Writer(OTHER)
    pages = [writer.journey(f"feed-{at}") for at in range(20)]

    def console(name: int) -> None:
        for at in range(10):
            receive(store, f"{name}-{at}")
            assert queries.journeys(store, tab="open", staff="s-wang", limit=5)

    def sync() -> None:
        for at, page in enumerate(pages):
            assert not store.apply_feed(page, f"cursor-{at}", "epoch-1").broken
            store.pending(limit=10)

    with ThreadPoolExecutor(5) as pool:
        for each in [*(pool.submit(console, name) for name in range(4)), pool.submit(sync)]:
            each.result()
    assert store.head().seq == 80
    own = sorted(
        (entry for name in range(4) for at in range(10) for entry in store.entries(subject(f"{name}-{at}"))),
        key=lambda entry: entry.seq,
    )
    assert check_chain(own, 0, FIRST_PREV) == store.head()[:2]
    assert verify(store).ok


def test_a_store_that_stays_locked_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "BUSY_MS", 50)
    store = new_store(tmp_path)
    receive(store, 1)
    other = store.database.connect()
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedError):
        receive(store, 2)
    assert store.entries(subject(1))
    other.execute("ROLLBACK")
    receive(store, 2)
    assert store.head().seq == 4
