"""One day of a branch with its terminals, as the tests of freezing and restating need it."""

from collections.abc import Mapping
from datetime import date, datetime

from branch_console.rules.canonical import Json
from branch_console.rules.statistics.facts import TerminalFact
from branch_console.rules.statistics.freezing import Completeness, Frozen, completeness, freeze
from branch_console.rules.statistics.instants import Days, Instant
from tests.rules.working_time.clock_help import SHANGHAI

DAY, DAYS = date(2026, 11, 19), Days(SHANGHAI)
ENDS = datetime(2026, 11, 20, tzinfo=SHANGHAI)
WAS: dict[str, Json] = {"cases.received": 3, "journeys.onboarded": 42}


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}:00").replace(tzinfo=SHANGHAI)


def instant(moment: datetime) -> Instant:
    found = DAYS.instant(moment)
    assert found is not None
    return found


def terminal(
    name: str, synced: str | None, registered: str = "01T08:00", revoked: str | None = None, pending: int = 0
) -> TerminalFact:
    return TerminalFact(
        name, name, instant(at(registered)), instant(at(revoked)) if revoked else None,
        instant(at(synced)) if synced else None, pending,
    )  # fmt: skip


def found(*terminals: TerminalFact, now: str = "20T09:00", days: Days = DAYS) -> Completeness:
    return completeness(days, DAY, terminals, at(now))


def names(terminals: tuple[TerminalFact, ...]) -> list[str]:
    return [each.name for each in terminals]


def frozen(figures: Mapping[str, Json] = WAS) -> Frozen:
    return freeze("SZ01", DAY, figures, found(terminal("t1", "20T08:00")), at("20T09:00"), 1)
