"""What an act on a journey is judged by."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Flow
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.planning import Plan
from branch_console.rules.reference import Reference

Data: TypeAlias = Mapping[str, Any]


class Moment(NamedTuple):
    """Everything that an act is judged by."""

    flow: Flow
    state: JourneyState
    planned: Plan
    staff: str
    role: str
    reference: Reference
    on: date


def known(reason: str, reasons: list[str]) -> None:
    """Raise `reason_unknown` unless the flow offers that reason for this act."""
    if reason not in reasons:
        raise RuleError("reason_unknown", reason=reason)
