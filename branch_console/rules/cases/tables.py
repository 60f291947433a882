"""The code tables of cases: kinds, states, categories, decisions, remedies, fast track, limits."""

from typing import Literal

from branch_console.rules.codes import CodeRow, CodeTable
from branch_console.rules.documents import Id, Words


class KindRow(CodeRow):
    """A kind: the key that picks it, and whether it is in complaint statistics, on clocks, needs a decision."""

    key: str
    statistics: bool
    statutory: bool
    needs_decision: bool


class StateRow(CodeRow):
    """A status: its phase, and what it does to internal and statutory clocks.

    `if_told`: the statutory clock rests only where the customer was told and a provision allows it.
    """

    phase: Literal["pre", "open", "paused", "done_pending", "closed", "idea"]
    internal: Literal["none", "run", "pause", "stop"]
    statutory: Literal["none", "run", "pause_if_told", "stop", "stop_if_told", "follows_target", "own"]


class CategoryRow(CodeRow):
    """What the picker offers: it fills business and reason (and the channel, where it is plain), and what is wanted."""

    business: str
    reason: str
    channel: str | None = None
    want: Id
    fast_track: bool = False


class DecisionRow(CodeRow):
    """An outcome. `approval`: who is not the maker must agree always, or from that amount of redress (`from_fen`)."""

    approval: Literal["never", "always", "amount"]
    from_fen: int = 0


class RemedyRow(CodeRow):
    """A way that stays open to the customer; a decision must name the `required` ones of its kind of case (`uses`)."""

    required: bool = False


class StepRow(CodeRow):
    """A step of the fast track, in the order of the table: what to do, and what never to ask."""

    text: Words
    warning: Words | None = None
    offline: Words | None = None
    target_seconds: int
    required: bool = True


class LimitRow(CodeRow):
    """A number that the rules of cases go by, in its unit."""

    value: int
    unit: Literal["characters", "people", "cases", "minutes", "hours", "days", "o_clock", "fen", "times"]


class KindTable(CodeTable):
    """Kinds of cases."""

    codes: list[KindRow]  # type: ignore[assignment]


class StateTable(CodeTable):
    """States of cases."""

    codes: list[StateRow]  # type: ignore[assignment]


class CategoryTable(CodeTable):
    """Categories of the picker."""

    codes: list[CategoryRow]  # type: ignore[assignment]


class DecisionTable(CodeTable):
    """Outcomes of a decision."""

    codes: list[DecisionRow]  # type: ignore[assignment]


class RemedyTable(CodeTable):
    """Ways that stay open."""

    codes: list[RemedyRow]  # type: ignore[assignment]


class StepTable(CodeTable):
    """Steps of the fast track."""

    codes: list[StepRow]  # type: ignore[assignment]


class LimitTable(CodeTable):
    """Limits."""

    codes: list[LimitRow]  # type: ignore[assignment]


CASE_TABLES: dict[str, type[CodeTable]] = {
    "case_kinds": KindTable,
    "case_states": StateTable,
    "case_categories": CategoryTable,
    "case_decisions": DecisionTable,
    "case_remedies": RemedyTable,
    "case_fast_track": StepTable,
    "case_limits": LimitTable,
}
