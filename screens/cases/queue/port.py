"""What the screens of the queue call of the case desk. Every call *blocks*; errors carry a code."""

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias

from branch_console.case_views.queue import (
    CaseFilter,
    CaseLine,
    HandedOver,
    PromiseLine,
    QueueChoices,
    ShiftEnd,
    UrgentCase,
)

Tab: TypeAlias = Literal["mine", "branch", "today", "overdue", "regulator", "review", "unsynced", "all"]
TABS: tuple[Tab, ...] = ("mine", "branch", "today", "overdue", "regulator", "review", "unsynced", "all")


class Port(Protocol):
    """The queue (F6), the promises of today, the list at the end of a shift, the alarm."""

    def case_lines(self, tab: Tab, wanted: CaseFilter, offset: int, limit: int) -> Sequence[CaseLine]:
        """Cases of a tab, the nearest promise first; of all cases the newest first."""

    def case_count(self, tab: Tab, wanted: CaseFilter) -> int:
        """How many of them."""

    def case_tabs(self) -> dict[Tab, int]:
        """How many cases each tab holds, without any filter."""

    def case_of_number(self, typed: str) -> str | None:
        """The case with that number, however it was typed; None when this terminal holds none."""

    def case_choices(self) -> QueueChoices:
        """What the queue can be filtered by."""

    def promises_today(self) -> tuple[PromiseLine, ...]:
        """What was promised for today or earlier and is not kept yet."""

    def shift_end(self) -> ShiftEnd:
        """What must be kept before the branch is at work again tomorrow, overdue promises included."""

    def hand_promises_over(self, lines: Sequence[PromiseLine], to: str, note: str) -> HandedOver:
        """Hand these promises to `to`; what is refused is said, and keeps none of the others back."""

    def urgent_cases(self) -> tuple[UrgentCase, ...]:
        """Cases of the fast track that nobody has taken on, for whoever answers for them."""
