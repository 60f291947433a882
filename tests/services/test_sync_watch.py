"""What the console makes of the events of the sync process, without any."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from branch_console.security.unlock_errors import UnwritableError
from branch_console.services.sync_watch import SyncWatch
from tests.data.world import Writer, new_store, subject

CONTACT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
APPLIED = {"event": "applied", "subjects": ["staff/1"], "staff_changed": True, "reference_changed": False}


def status(**changes: Any) -> dict[str, Any]:
    """A status as the process says it."""
    said = {
        "event": "status",
        "state": "online",
        "pending": 0,
        "quarantined": 0,
        "last_contact": CONTACT.isoformat(),
        "clock_offset_ms": 0,
        "central_head": None,
        "own_head": {"seq": 0, "hash": ""},
        "epoch": "epoch-1",
        "problem": None,
        "drained": True,
    }
    return said | changes


def test_held_entries_are_counted_without_opening_the_details(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    watch = SyncWatch(store, lambda _: None, lambda: None, lambda _: None)
    assert watch.view.quarantined_count == 0
    writer = Writer()
    first = writer.journey(1)
    torn = writer.write(subject(1), "journey.step_started", {"step": "late"})._replace(prev="1" * 64)
    store.apply_feed([*first, torn], "c", "epoch-1")
    watch.take(status())
    assert (watch.view.quarantined_count, watch.view.quarantined) == (1, ())
    assert len(watch.details().quarantined) == 1
    assert SyncWatch(store, lambda _: None, lambda: None, lambda _: None).view.quarantined_count == 1
    store.close()


def test_what_cannot_be_written_down_now_is_done_at_the_next_event(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    full = True
    done: list[str] = []

    def write_down(what: str) -> None:
        if full:
            raise UnwritableError
        done.append(what)

    told: list[str] = []
    watch = SyncWatch(store, told.append, lambda: write_down("staff"), lambda _: write_down("contact"))
    watch.take(APPLIED)
    watch.take(status())
    assert (done, told) == ([], ["staff/1", "sync"])
    full = False
    watch.take(status())
    assert done == ["staff", "contact"]
    watch.take(status())
    assert done == ["staff", "contact"]  # the grant is renewed every ten minutes, not at every event
    store.close()
