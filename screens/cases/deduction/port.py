"""What these screens call of the case desk. Every call *blocks*; errors carry a code."""

from typing import Literal, Protocol

from branch_console.case_views.deduction import HomeView, IncidentView, TrackView
from branch_console.case_views.register import CustomerView, RepeatView
from branch_console.rules.cases.form import CaseForm, Said


class Port(Protocol):
    """Abnormal deduction (F9)."""

    def deduction_home(self) -> HomeView:
        """The form of the start, and what is unfinished."""

    def keep_deduction(self, category: str, told: str) -> None:
        """The form as it stands, for after a power cut."""

    def case_customers(self, text: str) -> tuple[CustomerView, ...]:
        """Whoever the text may mean: last digits, a whole number, a wallet, a name."""

    def repeats(self, form: CaseForm, customer: str) -> tuple[RepeatView, ...]:
        """What the form may repeat, as far as it is filled in."""

    def begin_deduction(self, customer: str, category: str, told: Said, seconds: int) -> str:
        """Take the case down at once; returns it. `customer`: a handle, or `anonymous`.

        `seconds`: how long ago somebody began to fill the form in.
        """

    def track(self, case: str) -> TrackView:
        """The checklist of a case as it stands."""

    def identify(self, case: str, customer: str) -> TrackView:
        """Now it is known whose case it is."""

    def ask_to_contain(self, case: str, measure: Literal["freeze", "limit"]) -> TrackView:
        """Ask for a freeze or a limit, or ask anew. It is only asked for."""

    def record_call(
        self, case: str, hotline: str, called_at: str, answered: bool, reference: str, said_done: bool
    ) -> TrackView:
        """The customer has called a hotline."""

    def add_proof(
        self, case: str, amount: str, at: str, counterparty: str, reference: str, path: str, fraud: str
    ) -> TrackView:
        """What there is of the payment. `fraud`: yes, no, or empty when it was not asked."""

    def check_step(self, case: str, step: str) -> TrackView:
        """A step is through."""

    def leave_step_out(self, case: str, step: str, reason: str) -> TrackView:
        """A step is left out, and why."""

    def promise_call(self, case: str, when: str, way: str) -> TrackView:
        """Another time for the call-back."""

    def incidents(self) -> tuple[IncidentView, ...]:
        """Abnormal deductions of one pattern that come in numbers."""
