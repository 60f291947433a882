"""What happened, as plain rows that both stores can give. Figures are functions over these and read nothing else.

Every row names its subject, so that it leads to the journey, claim or case. `deriving*.py` makes them from folded
states; `linking.py` sets what one row says about others (`first_of_wallet`, `repeat_of`, `rated`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from branch_console.rules.statistics.facts_work import CaseFact, CheckFact, ClaimFact, ClockFact, IdeaFact
from branch_console.rules.statistics.instants import Instant, Scope, all_days

__all__ = [
    "CaseFact",
    "CheckFact",
    "ClaimFact",
    "ClockFact",
    "Facts",
    "IdeaFact",
    "JourneyFact",
    "RatingFact",
    "StepFact",
    "TerminalFact",
    "joined",
]
_ROWS: Final = (
    "journeys", "steps", "claims", "checks", "cases", "clocks", "ratings", "ideas", "terminals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JourneyFact:
    """One customer's onboarding.

    `wallet`: what the opened wallet is recognised by (masked number and keyed hash of its holder; the journey itself
    where neither is known). `confirmed`: the end of the journey once central holds it, None while that waits.
    `first_of_wallet`: no earlier journey opened the same wallet. `last_step`: where an abandoned journey stood.
    """

    subject: str
    branch: str
    terminal: str
    started: Instant | None
    started_by: str | None
    target: str = ""
    segment: str = ""
    wallet_class: str = ""
    wallet: str = ""
    holder: str | None = None
    status: str = "running"
    finished: Instant | None = None
    confirmed: Instant | None = None
    first_of_wallet: bool = True
    first_use: Instant | None = None
    first_use_by: str | None = None
    abandoned: Instant | None = None
    abandoned_reason: str = ""
    last_step: str = ""
    rated: Instant | None = None

    @property
    def recognised(self) -> bool:
        """Whether the wallet can be found elsewhere, in other journeys and in facts of its use."""
        return self.wallet != self.subject


@dataclass(frozen=True, slots=True)
class StepFact:
    """One step of a journey that was on screen. `cohort`: when its journey began. Times are sums in milliseconds."""

    subject: str
    step: str
    cohort: Instant | None
    started: Instant | None
    ended: Instant | None
    status: str
    reason: str = ""
    staff: str | None = None
    target: str = ""
    segment: str = ""
    active_ms: int = 0


@dataclass(frozen=True, slots=True)
class RatingFact:
    """The customer's last word on a journey or case, 1 to 5."""

    subject: str
    about: str
    score: int
    at: Instant | None
    by: str = "customer"
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class TerminalFact:
    """One terminal as central last heard of it: newest sync, entries that wait there, how far its clock is off."""

    subject: str
    name: str
    registered: Instant | None
    revoked: Instant | None = None
    synced: Instant | None = None
    pending: int = 0
    clock_offset_ms: int = 0


@dataclass(frozen=True)
class Facts:
    """All rows that figures are worked out from. `silent`: days of which no terminal has reported anything."""

    journeys: tuple[JourneyFact, ...] = ()
    steps: tuple[StepFact, ...] = ()
    claims: tuple[ClaimFact, ...] = ()
    checks: tuple[CheckFact, ...] = ()
    cases: tuple[CaseFact, ...] = ()
    clocks: tuple[ClockFact, ...] = ()
    ratings: tuple[RatingFact, ...] = ()
    ideas: tuple[IdeaFact, ...] = ()
    terminals: tuple[TerminalFact, ...] = ()
    silent: frozenset[date] = frozenset()

    def no_data(self, scope: Scope) -> bool:
        """Whether nobody has reported any day of the span: then there is no figure, which is not zero."""
        return bool(self.silent) and all(day in self.silent for day in all_days(scope.first, scope.last))


def joined(parts: Iterable[Facts]) -> Facts:
    """The rows of all parts together, unlinked or linked as they were. A day is silent when it is in every part."""
    found: dict[str, list[Any]] = {name: [] for name in _ROWS}
    silent: frozenset[date] | None = None
    for part in parts:
        for name, rows in found.items():
            rows.extend(getattr(part, name))
        silent = part.silent if silent is None else silent & part.silent
    return Facts(**{name: tuple(rows) for name, rows in found.items()}, silent=silent or frozenset())
