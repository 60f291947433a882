"""The case desk behind a widget."""

from typing import Protocol, cast

from textual.dom import DOMNode

from branch_console.views import StaffChoice
from screens.cases.deduction.port import Port as Deduction
from screens.cases.feedback.port import Port as Feedback
from screens.cases.queue.port import Port as Queue
from screens.cases.register.port import Port as Register
from screens.cases.reports.port import Port as Reports
from screens.cases.slip_port import Port as Slips
from screens.cases.view.port import Port as View

__all__ = ["CaseDesk", "cases_of"]


class CaseDesk(Register, Deduction, Queue, View, Feedback, Reports, Slips, Protocol):
    """All of it, as `services.cases`."""

    def colleagues(self) -> tuple[StaffChoice, ...]:
        """Everybody who works in the branch but whoever is at this terminal."""


class _Services(Protocol):
    @property
    def cases(self) -> CaseDesk:
        """The case desk."""


class _Console(Protocol):
    @property
    def services(self) -> _Services:
        """What the screens may call."""


def cases_of(node: DOMNode) -> CaseDesk:
    """The case desk of the console that shows `node`. Reading it raises RuleError while the console is locked."""
    return cast("_Console", node.app).services.cases
