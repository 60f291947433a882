"""What central said last about figures, from the cache; the same whether or not it can be asked now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self, TypeVar

from pydantic import ValidationError

from branch_console.rules.journal import parse_at
from branch_console.rules.statistics.facts import TerminalFact
from branch_console.rules.statistics.instants import Days
from branch_console.services.figures.book import Book
from branch_console.services.figures.snapshot import Snapshot
from branch_console.sync.wire import Message
from branch_console.sync.wire_stats import (
    ActivityAnswer,
    BranchFigures,
    DayFigures,
    FigureValue,
    StatsAnswer,
    TerminalLine,
)
from data.statistics import central as kept_central

STATS: Final = "stats"
ACTIVITY: Final = "activity"
M = TypeVar("M", bound=Message)


@dataclass(frozen=True)
class CentralWord:
    """The last answer, and when central gave it; None where it was never asked."""

    answer: StatsAnswer | None

    @classmethod
    def read(cls, source: Snapshot, book: Book) -> Self:
        """From the cache of the store."""
        return cls(_read(source, book, STATS, StatsAnswer))

    @property
    def as_of(self) -> datetime | None:
        """When central said it."""
        return None if self.answer is None else parse_at(self.answer.as_of)

    @property
    def branches(self) -> list[BranchFigures]:
        """Those of the answer, the own one first."""
        return [] if self.answer is None else self.answer.branches

    @property
    def own(self) -> BranchFigures | None:
        """The own branch."""
        return next(iter(self.branches), None)

    @property
    def terminals(self) -> list[TerminalLine]:
        """The terminals of the own branch."""
        return [] if self.own is None else self.own.terminals

    def facts(self, days: Days) -> tuple[TerminalFact, ...]:
        """The own branch's terminals as rows."""
        return tuple(
            TerminalFact(
                subject=f"terminal/{each.terminal}",
                name=each.name,
                registered=days.instant(each.registered_at),
                revoked=days.instant(each.revoked_at),
                synced=days.instant(each.synced_at),
                pending=each.pending,
                clock_offset_ms=each.clock_offset_ms,
            )
            for each in self.terminals
        )

    def reported(self) -> frozenset[date]:
        """Days of which central has word from a terminal of the own branch, if only that there was nothing."""
        return frozenset() if self.own is None else frozenset(each.day for each in self.own.days if not each.silent)

    def day_state(self, day: date) -> str | None:
        """How complete the day was when central said it; None: it did not say."""
        return None if self.own is None else next((each.state for each in self.own.days if each.day == day), None)


def activity(source: Snapshot, book: Book) -> ActivityAnswer | None:
    """In which weeks wallets of the branch were used, as central said it last."""
    return _read(source, book, ACTIVITY, ActivityAnswer)


def _read(source: Snapshot, book: Book, name: str, model: type[M]) -> M | None:
    """An answer; what a newer central wrote and we cannot read is as if it had not been asked. Read once while new."""
    found = kept_central.central(source, name)
    return None if found is None else book.once(("central", name), found, lambda: _parsed(model, found.body))


def _parsed(model: type[M], body: bytes) -> M | None:
    try:
        return model.model_validate_json(body)
    except ValidationError:
        return None


def number(value: FigureValue | None) -> float | None:
    """A figure of the wire as a number."""
    return None if value is None or value[0] is None else float(value[0])


def day_of(branch: BranchFigures, day: date) -> DayFigures | None:
    """A day of a branch."""
    return next((each for each in branch.days if each.day == day), None)
