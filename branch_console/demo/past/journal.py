"""The journal of an invented terminal: written out of order, sealed in order, taken in by central like any other."""

import random
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson

from branch_console.central.batch import Batch, Received
from branch_console.rules.clock import ZERO, tick
from branch_console.rules.journal import FIRST_PREV, Data, format_at, seal
from branch_console.security.signing import make_checkpoint

_AT_ONCE = 1000
"""Entries a push."""


class Line(NamedTuple):
    """One act, before it has its place in the journal."""

    at: datetime
    id: str
    staff: str | None
    type: str
    subject: str
    data: Data


class Pages:
    """What one invented terminal wrote."""

    def __init__(self, rng: random.Random) -> None:
        """Ids come from `rng`: the same past every time."""
        self._rng = rng
        self.lines: list[Line] = []

    def write(self, at: datetime, staff: str | None, kind: str, subject: str, data: Data) -> str:
        """One act; returns its id. Acts about one subject must be written in the order in which they happen."""
        made = self.name(at)
        self.lines.append(Line(at, made, staff, kind, subject, data))
        return made

    def name(self, at: datetime) -> str:
        """A UUIDv7 of that moment."""
        milliseconds = int(at.timestamp() * 1000)
        value = milliseconds << 80 | 7 << 76 | self._rng.getrandbits(12) << 64 | 2 << 62 | self._rng.getrandbits(62)
        return str(UUID(int=value))


class Writer(NamedTuple):
    """Who writes, and with which key."""

    terminal: str
    branch: str
    seed: bytes


def batches(lines: list[Line], writer: Writer, now: datetime) -> Iterator[Batch]:
    """The lines as pushes, in the order of their time, chained and with a signed checkpoint each."""
    prev, clock = FIRST_PREV, ZERO
    ordered = sorted(lines, key=lambda line: line.at)
    page: list[Received] = []
    for seq, line in enumerate(ordered, start=1):
        clock = tick(clock, int(line.at.timestamp() * 1000))
        entry = seal(
            terminal=writer.terminal,
            seq=seq,
            prev=prev,
            id=line.id,
            type=line.type,
            version=1,
            branch=writer.branch,
            subject=line.subject,
            staff=line.staff,
            at=format_at(line.at),
            clock=clock,
            data=line.data,
        )
        prev = entry.hash
        page.append(Received(entry, orjson.dumps(entry.wire())))
        if len(page) == _AT_ONCE or seq == len(ordered):
            checkpoint = make_checkpoint(writer.seed, writer.terminal, seq, entry.hash, now)
            yield Batch(page, dict(checkpoint))
            page = []
