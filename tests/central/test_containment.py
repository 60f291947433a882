"""Central passes requests to stop a loss to the wallets' core: in time, once, and only what the core said is said."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from branch_console.central.clocks import now
from branch_console.central.containment_worker import ContainmentWorker
from branch_console.central.database import Connection
from branch_console.central.publish import first_writer
from branch_console.central.sandbox_core import SandboxCore, set_answer
from branch_console.central.settings import CentralSettings
from branch_console.central.wallet_core import (
    Answer,
    Done,
    Refused,
    UnreachableError,
    WalletCore,
    Wanted,
    load_core,
)
from branch_console.rules.cases.states import CaseState
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.journal import Data, format_at
from branch_console.rules.reference import Reference
from tests.central.inside import Writer, with_database
from tests.rules.cases.case_help import CASE, SAMPLES


@dataclass
class Core:
    """A core that says what it was told, and notes what it was asked."""

    says: Answer | None = field(default_factory=lambda: Done(now(), "F-1"))
    knows: Answer | None = None
    asked: list[Wanted] = field(default_factory=list)
    found_out: list[str] = field(default_factory=list)
    silent: bool = False

    async def contain(self, wanted: Wanted) -> Answer:
        self.asked.append(wanted)
        if self.silent or self.says is None:
            raise UnreachableError
        return self.says

    async def outcome(self, request: str) -> Answer | None:
        self.found_out.append(request)
        if self.silent:
            raise UnreachableError
        return self.knows


@dataclass
class Desk:
    """One terminal with one case, and a worker of central beside it."""

    connection: Connection
    core: WalletCore | None
    writer: Writer = field(default_factory=Writer)

    async def begin(self) -> None:
        await self.writer.register(self.connection)
        await self.connection.execute(
            "INSERT INTO writer (name, branch, label, registered_at) VALUES (%s, 'B1', 'central', '2026-01-01Z')",
            (first_writer("B1"),),
        )
        await self.write("case.registered", kind="dispute", fast_track=True)

    async def write(self, kind: str, /, **changed: Any) -> str:
        """An entry of the terminal, pushed at once; returns its id."""
        data = cast(Data, {**SAMPLES[kind], **changed})
        entry = self.writer.write(kind, CASE, data, at_ms=len(self.writer.entries))
        await self.writer.push(self.connection, len(self.writer.entries))
        return entry.id

    async def ask(self, begins: float = -1, ends: float = 30, **changed: Any) -> str:
        """A request that is good from `begins` to `ends`, in minutes from now."""
        return await self.write(
            "case.containment_requested",
            online=True,
            not_before=format_at(now() + timedelta(minutes=begins)),
            expires_at=format_at(now() + timedelta(minutes=ends)),
            **changed,
        )

    async def work(self, times: int = 9) -> int:
        """Let the worker do what there is to do now; how often it did something."""
        import asyncio

        worker = ContainmentWorker("", self.core, 0.2, Reference(), asyncio.Event())
        return sum([await worker.settle_next(self.connection) for _ in range(times)])

    async def later(self) -> None:
        """So much later that whatever was put aside is looked at again."""
        await self.connection.execute("UPDATE containment SET next_at = now()")

    async def state(self) -> CaseState:
        cursor = await self.connection.execute("SELECT state FROM state WHERE subject = %s", (CASE,))
        row = await cursor.fetchone()
        assert row is not None
        return cast(CaseState, FOLDS["case"].load(cast(bytes, row[0])))

    async def open(self) -> int:
        row = await (await self.connection.execute("SELECT count(*) FROM containment")).fetchone()
        return cast(int, row[0]) if row else 0

    async def statuses(self) -> list[tuple[str, str | None]]:
        return [(each.status, each.why) for each in (await self.state()).containments]


def at_desk(database: str, core: WalletCore | None, work: Callable[[Desk], Awaitable[None]]) -> None:
    async def inside(connection: Connection) -> None:
        desk = Desk(connection, core)
        await desk.begin()
        await work(desk)

    with_database(database, inside)


def test_a_request_in_time_is_passed_on_once_and_the_cores_word_is_told(database: str) -> None:
    core = Core(says=Done(now(), "F-2209\x1b[2J"))

    async def work(desk: Desk) -> None:
        request = await desk.ask()
        assert await desk.open() == 1
        await desk.work()
        (wanted,) = core.asked
        assert (wanted.id, wanted.measure, wanted.branch) == (request, "freeze", "B1")
        assert wanted.case.startswith("TS-SZ01-") and wanted.keys == {"phone": "k1:138"}
        assert timedelta(minutes=29) < wanted.expires_at - now() < timedelta(minutes=31)
        state = await desk.state()
        (said,) = state.containments
        assert (said.status, said.reference, state.marks) == ("confirmed", "F-2209", [])
        assert state.timeline[-1].terminal == first_writer("B1")
        assert await desk.open() == 0
        await desk.write("case.noted")
        assert await desk.work() == 0

    at_desk(database, core, work)


def test_one_that_arrives_after_its_time_is_never_carried_out_and_says_so(database: str) -> None:
    core = Core()

    async def work(desk: Desk) -> None:
        await desk.ask(begins=-200, ends=-1)
        await desk.work()
        assert core.asked == [] and core.found_out == []
        assert await desk.statuses() == [("expired", None)]
        renewed = await desk.ask(renews="0190c0de-0000-7000-8000-000000000001")
        await desk.work()
        assert [each.id for each in core.asked] == [renewed]
        assert await desk.statuses() == [("expired", None), ("confirmed", None)]

    at_desk(database, core, work)


def test_the_clock_that_counts_is_the_terminals(database: str) -> None:
    core = Core()

    async def work(desk: Desk) -> None:
        hour = 3_600_000
        await desk.connection.execute(
            "UPDATE writer SET clock_offset_ms = %s WHERE name = %s", (-hour, desk.writer.terminal)
        )
        await desk.ask(begins=59, ends=90)  # by a clock that is an hour fast: good since a minute
        await desk.work()
        assert timedelta(minutes=29) < core.asked[0].expires_at - now() < timedelta(minutes=31)
        assert await desk.statuses() == [("confirmed", None)]

    at_desk(database, core, work)


def test_before_its_time_it_waits(database: str) -> None:
    core = Core()

    async def work(desk: Desk) -> None:
        await desk.ask(begins=5)
        assert await desk.work() == 1
        assert core.asked == [] and await desk.statuses() == [("requested", None)] and await desk.open() == 1

    at_desk(database, core, work)


def test_a_silent_core_is_asked_again_under_the_same_name(database: str) -> None:
    core = Core(silent=True)

    async def work(desk: Desk) -> None:
        request = await desk.ask()
        assert await desk.work() == 1
        assert await desk.statuses() == [("requested", None)]
        await desk.later()
        core.silent = False
        await desk.work()
        assert [each.id for each in core.asked] == [request, request]
        assert await desk.statuses() == [("confirmed", None)]

    at_desk(database, core, work)


@pytest.mark.parametrize(
    ("knows", "status"),
    [
        (None, ("expired", None)),
        (Done(datetime.now(UTC) - timedelta(minutes=2), "F-3"), ("confirmed", None)),
        (Refused("wallet_closed"), ("failed", "wallet_closed")),
    ],
)
def test_after_its_time_one_that_was_asked_for_is_only_found_out(
    database: str, knows: Answer | None, status: tuple[str, str | None]
) -> None:
    core = Core(silent=True, knows=knows)

    async def work(desk: Desk) -> None:
        request = await desk.ask()
        await desk.work()
        await desk.connection.execute(
            "UPDATE writer SET clock_offset_ms = %s WHERE name = %s", (-31 * 60_000, desk.writer.terminal)
        )
        await desk.later()
        await desk.work()
        assert await desk.statuses() == [("requested", None)], "nobody knows, so nothing is said"
        core.silent = False
        await desk.later()
        await desk.work()
        assert len(core.asked) == 1 and core.found_out == [request, request]
        assert await desk.statuses() == [status]

    at_desk(database, core, work)


def test_without_a_core_central_says_so_at_once(database: str) -> None:
    async def work(desk: Desk) -> None:
        await desk.ask()
        await desk.work()
        assert await desk.statuses() == [("failed", "no_core")]

    at_desk(database, None, work)


def test_a_central_that_has_lost_its_core_does_not_guess_what_it_did(database: str) -> None:
    core = Core(silent=True)

    async def work(desk: Desk) -> None:
        await desk.ask()
        await desk.work()
        desk.core = None
        await desk.later()
        await desk.work()
        assert await desk.statuses() == [("requested", None)] and await desk.open() == 1

    at_desk(database, core, work)


def test_nothing_is_stopped_for_a_customer_who_has_withdrawn(database: str) -> None:
    core = Core()

    async def work(desk: Desk) -> None:
        await desk.ask(begins=5)
        await desk.work()
        await desk.write("case.withdrawn")
        await desk.later()
        await desk.work()
        assert core.asked == []
        assert await desk.statuses() == [("failed", "case_ended")]

    at_desk(database, core, work)


def test_a_hostile_moment_stops_neither_the_push_nor_the_others(database: str) -> None:
    core = Core()

    async def work(desk: Desk) -> None:
        await desk.write(
            "case.containment_requested", not_before="x" * 20, expires_at="9999-99-99T99:99:99+99:99", online=True
        )
        good = await desk.ask()
        await desk.work()
        assert [each.id for each in core.asked] == [good]
        assert [each.status for each in (await desk.state()).containments] == ["expired", "confirmed"]

    at_desk(database, core, work)


def test_the_sandbox_says_what_it_was_told_and_does_nothing_twice(database: str, tmp_path: Path) -> None:
    sandbox = load_core(CentralSettings(home=tmp_path, wallet_core="sandbox"))
    folder = tmp_path / "central"
    assert isinstance(sandbox, SandboxCore)

    async def work(desk: Desk) -> None:
        set_answer(folder, "wallet_unknown", 0)
        first = await desk.ask()
        await desk.work()
        set_answer(folder, "silent", 0)
        await desk.ask(renews=first)
        await desk.work()
        assert await desk.statuses() == [("failed", "wallet_unknown"), ("requested", None)]
        set_answer(folder, "confirm", 0)
        await desk.later()
        await desk.work()
        (_, done) = (await desk.state()).containments
        assert done.status == "confirmed" and done.reference.startswith("SANDBOX-")
        again = SandboxCore(folder)
        assert await again.outcome(done.entry) == Done(datetime.fromisoformat(str(done.done_at)), done.reference)
        assert await again.outcome("0190c0de-0000-7000-8000-00000000ffff") is None

    at_desk(database, sandbox, work)


def test_an_adapter_must_be_named_whole() -> None:
    assert load_core(CentralSettings()) is None
    with pytest.raises(ValueError, match=r"package\.module:function"):
        load_core(CentralSettings(wallet_core="bank_core"))
