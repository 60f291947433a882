"""The key of a business day: one for all who ask on that day, gone from the store and the disk on the next."""

from pathlib import Path
from threading import Thread

from data.daily_secret import daily_secret, drop_old_secret
from data.retention import purge
from data.store import Store
from tests.data.test_erasure import in_clear
from tests.data.world import NOW, later

TODAY, TOMORROW = "2026-03-02", "2026-03-03"


def test_all_who_ask_on_a_day_get_the_same_key(store: Store) -> None:
    found: list[bytes] = []
    threads = [Thread(target=lambda: found.append(daily_secret(store, TODAY))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 4 and len(set(found)) == 1 and len(found[0]) == 32
    assert daily_secret(store, TOMORROW) not in found


def test_on_the_next_day_it_is_gone_from_the_disk(store: Store, tmp_path: Path) -> None:
    assert not drop_old_secret(store, TODAY)
    first = daily_secret(store, TODAY)
    store.forget_old_pages()
    assert first.hex().encode() in in_clear(tmp_path / "store.db")
    purge(store, NOW)
    assert daily_secret(store, TODAY) == first and not drop_old_secret(store, TODAY)
    purge(store, later(days=1))
    assert daily_secret(store, TODAY) != first
    store.close()
    assert first.hex().encode() not in in_clear(tmp_path / "store.db")
