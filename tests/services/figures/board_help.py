"""A board over a real encrypted store with made-up days in it, and what central would have said."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import orjson

from branch_console.demo.history import Clock
from branch_console.desk.desk import Desk
from branch_console.figure_views.board import SECTIONS, BoardView
from branch_console.figure_views.tables import Drill
from branch_console.rules.journal import Data, seal
from branch_console.rules.reference import Reference
from branch_console.rules.staff import Role
from branch_console.rules.statistics.figures import meanings
from branch_console.services.figures.board import FigureBoard
from branch_console.services.figures.office import FigureOffice
from branch_console.sync.calls import Called, CallFailed
from data.journal import START, heads
from data.published import Published
from data.statistics.catching_up import catch_up_all
from data.store import Store
from tests.data.statistics.stage import acknowledge, arrivals, day_store, receive
from tests.data.world import KEY
from tests.rules.flow_help import documents
from tests.rules.statistics.day_branch import CENTRAL, NOW, Branch
from tests.rules.statistics.day_maker import make

FIGURES = frozenset(meanings())
_SUBJECTS = "-8000-00000000b"


@dataclass
class Stand:
    """A terminal of the made-up branch. `said`: what central answers, by the path of the call; else it is silent."""

    store: Store
    folder: Path
    clock: Clock = field(default_factory=lambda: Clock(NOW))
    said: dict[str, Called] = field(default_factory=dict)
    online: bool = True

    def board(self, staff: str = "s1", role: Role = "supervisor") -> FigureBoard:
        """The board as that member of staff sees it."""

        def second_person(staff: str, password: str) -> Role:
            raise AssertionError((staff, password))

        desk = Desk(self.store, staff, role, self.clock, second_person)
        return FigureBoard(FigureOffice(lambda: desk, lambda: (self.online, None), self._call, self.folder, "深圳一号"))

    def _call(self, method: str, path: str, body: dict[str, Any] | None, seconds: float) -> Called:
        assert (method, body) == ("GET", None) and seconds > 0
        return self.said.get(path.partition("?")[0], CallFailed("unreachable"))


def stand(folder: Path, *seeds: int) -> Stand:
    """A stand at which the days of these seeds have arrived, and central holds everything."""
    if seeds:
        shutil.copy(_filled(seeds), folder / "store.db")
    store = Store.open(folder / "store.db", KEY) if seeds else day_store(folder)
    store.published = Published(Reference.parse(documents()), [], {})
    return Stand(store, folder)


@cache
def _filled(seeds: tuple[int, ...]) -> Path:
    """The file of a closed store to which the days of these seeds have come; made once, since it takes a second."""
    folder = Path(tempfile.mkdtemp(prefix="days-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = stand(folder)
    come(made, crowd(*seeds), seeds[0])
    made.store.close()
    return folder / "store.db"


def crowd(*seeds: int) -> Branch:
    """The days of several seeds on top of each other, as one branch's."""
    branch = make(seeds[0])
    for number, seed in enumerate(seeds[1:], 1):
        for each in make(seed).entries:
            text = orjson.dumps(each.data).decode().replace(_SUBJECTS, f"-8000-0000000{number}b")
            branch.entries.append(
                each._replace(
                    seq=each.seq + 100_000 * number,
                    id=each.id.replace("-9000-0000", f"-9000-000{number}"),
                    subject=each.subject.replace(_SUBJECTS, f"-8000-0000000{number}b"),
                    data=orjson.loads(text),
                )
            )
    return branch


def come(to: Stand, branch: Branch, seed: int) -> None:
    """A made-up branch reaches the store."""
    for piece in arrivals(branch, Random(seed)):
        receive(to.store, piece)
    acknowledge(to.store)
    catch_up_all(to.store)


def later(to: Stand, **more: float) -> datetime:
    """Time passes."""
    to.clock.now += timedelta(**more)
    return to.clock.now


def drills(view: BoardView) -> Iterator[tuple[Drill, object, str]]:
    """Every number of a view that can be taken apart, with its raw value and where it stands.

    A cell whose column is a figure is that figure of the row's member; any other belongs to the row itself.
    """
    for tile in view.tiles:
        yield tile.drill, tile.raw, f"tile {tile.label}"
    for table in view.tables:
        for row in table.rows:
            if row.drill is None or row.hidden:
                continue
            for column, raw in zip(table.columns, row.raw, strict=True):
                if column.id in FIGURES:
                    yield Drill(column.id, row.drill.group, row.drill.member), raw, f"{table.id} {row.key} {column.id}"
            if table.columns[1].id == "value":
                yield row.drill, row.raw[1], f"{table.id} {row.key}"


def sections(board: FigureBoard, day: Any = None) -> list[BoardView]:
    """All sections of a day."""
    return [board.board(day, each) for each in SECTIONS]


def central_says(to: Stand, subject: str, kind: str, data: Any, at: datetime) -> None:
    """An entry of central reaches the store."""
    with to.store.reading() as connection:
        head = heads(connection, (CENTRAL,)).get(CENTRAL, START)
    entry = seal(
        terminal=CENTRAL,
        seq=head.seq + 1,
        prev=head.hash,
        id=f"0190c0de-0000-7000-a000-{head.seq:012x}",
        type=kind,
        version=1,
        branch="SZ01",
        subject=subject,
        staff=None,
        at=at.isoformat(timespec="milliseconds"),
        clock=f"{int(at.timestamp() * 1000):013d}-0000",
        data=data,
    )
    assert not to.store.apply_feed([entry], "c", "epoch-1").broken


def customer(
    to: Stand,
    name: int,
    at: datetime,
    *,
    staff: str = "g1",
    target: str = "II",
    segment: str = "general",
    ends: int = 10,
    phone: str = "",
) -> str:
    """Somebody comes in, and has a wallet so many minutes later (0: not yet); central holds it.

    The wallet is recognised when the phone's keyed hash was taken.
    """
    subject = f"journey/0190c0de-0000-7000-8000-{0xC000 + name:012x}"
    with to.store.act(staff, at) as act:
        act.append("journey.started", subject, {"flow": {"id": "ecny_personal", "version": 1}, "target": target})
        act.append("journey.step_started", subject, {"step": "need"})
        act.append("journey.answered", subject, {"step": "need", "answers": {"segment": segment}})
        if phone:
            answers: Data = {"phone": {"masked": "138****8000", "key": phone}, "wallet_id": "****0001"}
            act.append("journey.answered", subject, {"step": "phone", "answers": answers})
    if ends:
        with to.store.act(staff, at + timedelta(minutes=ends)) as act:
            act.append("journey.finished", subject, {"wallet_class": target})
    acknowledge(to.store)
    return subject
