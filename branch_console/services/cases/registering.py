"""Taking cases down (F4): the form, whose case it is, what it may repeat, its draft."""

from branch_console.case_views.register import (
    ANONYMOUS,
    CustomerView,
    DraftView,
    RegisteredView,
    RegisterView,
    RepeatView,
)
from branch_console.desk.cases import customers, drafting, registering, repeats
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.form_reading import Filled
from branch_console.desk.gifts.people import Person
from branch_console.locale import language, t
from branch_console.rules.cases.form import CaseForm
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import parse_at
from branch_console.rules.narrative.duplicates import Hint
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.register_offers import empty_form
from branch_console.services.gifts.words import moment

_SHOWN = 60
"""Characters of the narrative of a case that may be the same."""


class RegisterDesk:
    """Taking cases down (F4)."""

    _office: CaseOffice

    def register_form(self) -> RegisterView:
        """An empty form, with the draft of whoever works here."""
        counter = self._office.counter()
        counter.require("case.register")
        return empty_form(counter, self._draft(counter))

    def case_customers(self, text: str) -> tuple[CustomerView, ...]:
        """Whoever the text may mean: last digits, a whole number, a wallet, a name."""
        found = customers.find_customers(self._office.counter(), text)
        return tuple(self._customer(each) for each in found)

    def case_customer_of(self, journey: str) -> CustomerView:
        """The customer of a journey."""
        return self._customer(customers.customer_of_journey(self._office.counter(), journey))

    def register(self, form: CaseForm, customer: str, from_journey: bool) -> RegisteredView:
        """Take the case down. `customer`: a handle, or `anonymous`."""
        counter = self._office.counter()
        subject = registering.register(counter, self._filled(form, customer, from_journey))
        state = counter.store.state(subject)
        if not isinstance(state, CaseState):
            raise RuleError("case_unknown")
        took = parse_at(state.saved_at) - parse_at(state.form_opened_at)
        return RegisteredView(subject, state.number, int(took.total_seconds()))

    def follow_up(self, case: str, form: CaseForm) -> str:
        """What stands in the form belongs to that case; returns its number."""
        return registering.follow_up(self._office.counter(), case, form)

    def repeats(self, form: CaseForm, customer: str) -> tuple[RepeatView, ...]:
        """What the form may repeat, as far as it is filled in."""
        counter = self._office.counter()
        found = repeats.repeats(counter, form, self._person(customer))
        return tuple(_repeat(counter, hint, state) for hint, state in found)

    def keep_form(self, form: CaseForm, customer: str, from_journey: bool) -> None:
        """The form as it stands, for after a power cut."""
        drafting.save_form_draft(self._office.counter(), self._filled(form, customer, from_journey))

    def forget_form(self) -> None:
        """The form was given up."""
        drafting.drop_form_draft(self._office.counter())

    def _draft(self, counter: CaseCounter) -> DraftView | None:
        found = drafting.form_draft(counter)
        if found is None:
            return None
        whose = self._customer(found.person) if found.person is not None else None
        if found.anonymous:
            whose = anonymous()
        since = moment(found.form.opened_at, counter.store.identity.zone, counter.now())
        return DraftView(found.form, whose, since, found.from_journey)

    def _customer(self, person: Person) -> CustomerView:
        view = self._office.customers.view(person)
        known = t("common.list_separator").join(view.known_by)
        return CustomerView(view.id, view.name, person.wallet or view.phone, known)

    def _filled(self, form: CaseForm, customer: str, from_journey: bool) -> Filled:
        return Filled(form, self._person(customer), customer == ANONYMOUS, from_journey)

    def _person(self, handle: str) -> Person | None:
        """The customer behind a handle; None: anonymous, or nobody picked yet."""
        return None if handle in {"", ANONYMOUS} else self._office.customers.get(handle)


def anonymous() -> CustomerView:
    """A customer who does not want to be known."""
    return CustomerView(ANONYMOUS, t("register.anonymous"), "", "")


def _repeat(counter: CaseCounter, hint: Hint, state: CaseState) -> RepeatView:
    zone, now = counter.store.identity.zone, counter.now()
    status = counter.reference.label("case_states", state.status)
    return RepeatView(
        subject=hint.case,
        number=state.number,
        why=t(f"duplicate.{hint.why[0]}"),
        status=state.status if status is None else status.get(language()),
        day=moment(state.received_at, zone, now),
        text="" if hint.elsewhere else state.narrative[:_SHOWN],
        open=hint.open,
        elsewhere=hint.elsewhere,
    )
