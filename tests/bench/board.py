"""The Day board over a full store: opening each section, and following what arrives (issue 5: 300 ms and 50 ms at p95).

100,000 customers of 28 working days as rows of what happened (`board_crowd.py`); everything from there on is the real
service: `FigureBoard` with nothing kept, as after signing in, and real entries appended to the store, counted by its
own `catch_up`. Wall time is what somebody waits for; CPU time is what can be compared when the machine has other work.
"""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from uuid import uuid4

from branch_console.demo.history import Clock
from branch_console.figure_views.board import SECTIONS, BoardView, Section
from branch_console.rules.journal import Data
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.retention import monday
from branch_console.services.figures.central_answer import ACTIVITY, STATS
from branch_console.sync.wire_stats import ActivityAnswer, BranchFigures, StatsAnswer, TerminalLine
from data.published import Published
from data.statistics import marks
from data.statistics.central import put_central
from data.store import Store
from tests.bench.board_crowd import CLASSES, STEPS, TERMINALS, TODAY, fill, wallet, working_days
from tests.bench.timed import quantiles
from tests.data.statistics.stage import day_store
from tests.rules.flow_help import documents
from tests.services.figures.board_help import Stand

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 6, 30, tzinfo=UTC)
"""Half past two in the afternoon at the branch."""
OPENINGS, ENDINGS, NEWS = 20, 5, 200
SLOW: tuple[Section, ...] = ("overview", "signs")
"""Sections whose first view is unfinished."""
GIFTS: tuple[Section, ...] = ("overview", "gifts", "signs")
"""Sections that read gifts."""


@dataclass
class Took:
    """Milliseconds of each time."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def time(self, work: Callable[[], object]) -> None:
        """Do it once."""
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((time.process_time() - cpu) * 1000)

    def line(self, name: str) -> str:
        """One row of the table."""
        wall, cpu = quantiles(self.wall), quantiles(self.cpu)
        return f"| {name} | {wall[0]:.1f} / {wall[1]:.1f} | {cpu[0]:.1f} / {cpu[1]:.1f} |"


def report(say: Callable[[str], None]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, closing(day_store(Path(folder))) as store:
        begin = time.perf_counter()
        stand, customers = full(store, Path(folder))
        gc.freeze()  # as the console does after its start
        say(f"Filling the store with {customers:,} customers took {time.perf_counter() - begin:.0f} s.\n")
        say(f"| Day board, {customers:,} customers in the store | wall, ms p50 / p95 | CPU, ms p50 / p95 |")
        say("|---|---:|---:|")
        for section in SECTIONS:
            say(opening(stand, section).line(f"opening, {section}"))
        for section in SLOW:
            say(finishing(stand, section).line(f"the rest of an unfinished view, {section}"))
        for section in SECTIONS:
            say(following(stand, section, news(stand)).line(f"refresh after an entry, {section}"))
        for section in GIFTS:
            say(following(stand, section, gifts(stand)).line(f"refresh after a gift, {section}"))
        say("")


def full(store: Store, folder: Path) -> tuple[Stand, int]:
    """The store with everything in it, and what central would have said."""
    store.published = Published(Reference.parse(documents()), [], {})
    customers = fill(store)
    first = monday(working_days()[0])
    chance = Random(7)
    used = {wallet(number): [0, 1, 3] for number in range(1, customers + 1) if chance.random() < 0.3}
    said = NOW.isoformat(timespec="milliseconds")
    activity = ActivityAnswer(
        as_of=said, first=first, weeks=16, until=TODAY - timedelta(days=1), onboarded=customers, covered=customers,
        wallets=used,
    )  # fmt: skip
    lines = [
        TerminalLine(
            terminal=name, name=f"K-{number:02d}", registered_at="2026-01-05T09:00:00.000+08:00", revoked_at=None,
            last_seen_at=said, synced_at=said, pending=0, clock_offset_ms=0,
        )
        for number, name in enumerate(TERMINALS)
    ]  # fmt: skip
    own = BranchFigures(
        branch="SZ01", name="深圳一号", timezone="Asia/Shanghai", behind=False, days=[], terminals=lines
    )
    stats = StatsAnswer(as_of=said, day=TODAY, definitions=1, branches=[own])
    put_central(store, ACTIVITY, said, activity.model_dump_json().encode())
    put_central(store, STATS, said, stats.model_dump_json().encode())
    return Stand(store, folder, Clock(NOW)), customers


def opening(stand: Stand, section: Section, times: int = OPENINGS) -> Took:
    """By somebody who has just signed in: nothing is kept yet."""
    took = Took()
    for _ in range(times):
        took.time(partial(stand.board().board, None, section, whole=False))
    return took


def finishing(stand: Stand, section: Section, times: int = ENDINGS) -> Took:
    """What the first view did not have, asked for right after it."""
    took = Took()
    for _ in range(times):
        board = stand.board()
        view = board.board(None, section, whole=False)
        assert view.unfinished
        took.time(partial(board.refresh, view))
    return took


def following(stand: Stand, section: Section, coming: Iterator[None], times: int = NEWS) -> Took:
    """After each thing that comes the board is asked whether it must be drawn anew."""
    board, took = stand.board(), Took()
    views = [board.board(None, section)]  # waits for everything
    for _, _ in zip(range(times), coming, strict=False):
        took.time(lambda: views.append(_changed(board.refresh(views[-1]))))
    return took


def _changed(view: BoardView | None) -> BoardView:
    assert view is not None
    return view


def news(stand: Stand) -> Iterator[None]:
    """Real entries of customers' courses at this terminal, one every five seconds, each in the store when handed on."""
    while True:
        subject, target = f"journey/{uuid4()}", CLASSES[0]
        acts: list[tuple[str, Data]] = [("journey.started", {"flow": {"id": "f", "version": 1}, "target": target})]
        for step in STEPS:
            acts.append(("journey.step_started", {"step": step}))
            acts.append(("journey.step_done", {"step": step, "active_ms": 9000, "away_ms": 0}))
        acts.append(("journey.finished", {"wallet_class": target}))
        for kind, data in acts:
            stand.clock.now += timedelta(seconds=5)
            with stand.store.act("g01", stand.clock.now) as act:
                act.append(kind, subject, data)
            yield


def gifts(stand: Stand) -> Iterator[None]:
    """As if a gift of today had changed, every five seconds: all that is made of today's claims is made anew."""
    while True:
        stand.clock.now += timedelta(seconds=5)
        with stand.store.database.write() as connection:
            marks.move(connection, {TODAY.isoformat()}, {"claim"})
        yield
