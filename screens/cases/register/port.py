"""What these screens call of the case desk. Every call *blocks*; errors carry a code."""

from typing import Protocol

from branch_console.case_views.register import CustomerView, RegisteredView, RegisterView, RepeatView
from branch_console.rules.cases.form import CaseForm


class Port(Protocol):
    """The form (F4)."""

    def register_form(self) -> RegisterView:
        """An empty form, with the draft of whoever works here."""

    def case_customers(self, text: str) -> tuple[CustomerView, ...]:
        """Whoever the text may mean: last digits, a whole number, a wallet, a name."""

    def case_customer_of(self, journey: str) -> CustomerView:
        """The customer of a journey."""

    def register(self, form: CaseForm, customer: str, from_journey: bool) -> RegisteredView:
        """Take the case down. `customer`: a handle, or `anonymous`."""

    def follow_up(self, case: str, form: CaseForm) -> str:
        """What stands in the form belongs to that case; returns its number."""

    def repeats(self, form: CaseForm, customer: str) -> tuple[RepeatView, ...]:
        """What the form may repeat, as far as it is filled in."""

    def keep_form(self, form: CaseForm, customer: str, from_journey: bool) -> None:
        """The form as it stands, for after a power cut."""

    def forget_form(self) -> None:
        """The form was given up."""
