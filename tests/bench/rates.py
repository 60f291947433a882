"""Rates: durable acts on a terminal, push and pull through real processes, and raw PostgreSQL beside them."""

import json
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from branch_console.central.settings import CentralSettings
from branch_console.security.unlock import UnlockFile
from branch_console.settings import Settings
from branch_console.sync.device import read_device
from branch_console.sync.enrol import sync_once
from branch_console.sync.link import SyncLink
from data import meta
from data.identity import new_id
from data.store import Store
from tests.bench.stage import PASSWORD, STAFF, Stage

ACTS = 2_000
ENTRIES = 40_000
PER_JOURNEY = 20
WAIT_SECONDS = 120


@dataclass
class Opened:
    """A terminal's store and key."""

    settings: Settings
    store: Store
    dek: bytes


def opened(settings: Settings) -> Opened:
    """Open a terminal of the stage."""
    dek = UnlockFile(settings.home).unlock(STAFF, PASSWORD, datetime.now(UTC)).dek
    return Opened(settings, Store.open(settings.home / "store.db", dek), dek)


def append_rate(store: Store) -> float:
    """Durable acts a second, one entry each: transaction, chain, fold, rows, commit."""
    subject = _journey(store, datetime.now(UTC))
    begin = time.perf_counter()
    for number in range(ACTS):
        with store.act(STAFF, datetime.now(UTC)) as act:
            act.append("journey.answered", subject, {"step": "need", "answers": {"scene": f"s{number}"}})
    return ACTS / (time.perf_counter() - begin)


def write_backlog(store: Store, entries: int = ENTRIES) -> None:
    """A backlog as after days offline: journeys of twenty entries."""
    now = datetime.now(UTC)
    for _ in range(entries // PER_JOURNEY):
        now += timedelta(seconds=1)
        subject = _journey(store, now)
        with store.act(STAFF, now) as act:
            for number in range(PER_JOURNEY - 1):
                act.append("journey.answered", subject, {"step": "need", "answers": {"scene": f"s{number}"}})


def _journey(store: Store, now: datetime) -> str:
    subject = f"journey/{new_id(int(now.timestamp() * 1000))}"
    flow = next(iter(store.reference.flows))
    with store.act(STAFF, now) as act:
        act.append(
            "journey.started", subject, {"flow": {"id": flow[0], "version": flow[1]}, "target": "IV", "name": None}
        )
    return subject


def push_rate(terminals: list[Opened]) -> float:
    """Entries a second until central has confirmed the backlogs of all these terminals, by their real processes."""
    waiting = sum(each.store.pending_count() for each in terminals)
    watches = [_Watch() for _ in terminals]
    links = [
        SyncLink(each.settings.home, each.dek, watch.take, spread_seconds=0)
        for each, watch in zip(terminals, watches, strict=True)
    ]
    for link in links:
        link.start()
    for watch in watches:
        assert watch.drained.wait(WAIT_SECONDS), watch.last
    rate = waiting / (max(watch.end for watch in watches) - min(watch.begin for watch in watches))
    for link in links:
        link.stop()
    return rate


class _Watch:
    """When a sync process first spoke to central, and when nothing waited any more."""

    def __init__(self) -> None:
        self.drained = threading.Event()
        self.begin = 0.0
        self.end = 0.0
        self.last: dict[str, Any] = {}

    def take(self, event: dict[str, Any]) -> None:
        self.last = event
        if event["event"] != "status":
            return
        if not self.begin:
            self.begin = time.perf_counter()
        if event["drained"] and not self.drained.is_set():
            self.end = time.perf_counter()
            self.drained.set()


def pull_rate(stage: Stage) -> tuple[float, int]:
    """Entries a second that a new terminal takes in, checked, folded and durable; and how many there were."""
    before = time.perf_counter()
    fresh = stage.terminal()
    took = time.perf_counter() - before
    made = opened(fresh)
    with made.store.database.read() as connection:
        count = int(connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one())
    made.store.close()
    return count / took, count


def resend_rate(terminal: Opened) -> float:
    """Entries a second when everything is sent again and central has it already."""
    store = terminal.store
    count = store.head().seq
    with store.database.write() as connection:
        meta.put(connection, meta.ACKNOWLEDGED, 0)
    device = read_device(terminal.settings.home)
    begin = time.perf_counter()
    sync_once(store, terminal.settings.home, device)
    return count / (time.perf_counter() - begin)


def raw_insert_rate(settings: CentralSettings, store: Store) -> float:
    """Rows a second of the same wires into a bare table, 1,000 in a durable transaction: the ceiling."""
    with store.database.read() as connection:
        wires = list(connection.exec_driver_sql("SELECT terminal, seq, wire FROM entry LIMIT 20000"))
    url = str(json.loads(settings.facts_path.read_text())["database"])
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE TABLE bench_raw (terminal text, seq bigint, wire bytea, PRIMARY KEY (terminal, seq))")
        begin = time.perf_counter()
        for start in range(0, len(wires), 1000):
            with database.transaction(), database.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO bench_raw VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                    [tuple(row) for row in wires[start : start + 1000]],
                )
        took = time.perf_counter() - begin
        database.execute("DROP TABLE bench_raw")
    return len(wires) / took
