"""The form of a case as it stands on the screen: made, filled, changed with the kind, kept while somebody types."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from branch_console.case_views.register import ANONYMOUS, CustomerView, KindView, RegisteredView, RegisterView
from branch_console.locale import t
from branch_console.rules.cases.form import CaseForm
from branch_console.rules.journal import format_at, parse_at
from screens.cases.desk import cases_of
from screens.cases.register import questions
from screens.cases.register.customer_chooser import pick_of
from screens.cases.register.keeping import Keeping
from screens.cases.register.questions import Questions
from screens.cases.register.repeating import Answer, Repeating
from screens.cases.register.repeats_pane import RepeatsPane
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.heads import sides
from screens.onboarding.proceed import Proceed

LEAST = 6
"""Characters of a narrative that can be compared with others."""


class FormScreen(GiftForm[RegisteredView]):
    """Holds one form. It counts as opened with the first answer that is given in it."""

    def __init__(self) -> None:
        super().__init__()
        self._view: RegisterView | None = None
        self._more = False
        self._shown = ""
        """The kind whose questions are shown."""
        self._default = ""
        self._opened = ""
        self._since = 0.0
        self.questions = Questions(self)
        self.keeping = Keeping(self, self._kept)
        self.repeating = Repeating(self, self._compared)

    def read(self) -> RegisterView:
        """What there is to pick, and what was left unsent."""
        return cases_of(self).register_form()

    def take(self, said: RegisterView) -> None:
        """What there is to pick. What stands in the form already stays."""
        self._view = said

    def body(self) -> ComposeResult:
        """The head, what every case begins with, the rest with the repeats at its side."""
        yield Static(id="register-head")
        view = self._view
        if view is None:
            return
        with Vertical(id="register-first"):
            yield from questions.first(view)
        with Horizontal(id="register-rest"):
            with VerticalScroll(id="register-then", can_focus=False):
                yield from questions.then(view, view.kind(self._shown))
                with Vertical(id="register-more", classes="" if self._more else "-closed"):
                    yield from questions.more(view)
                yield Proceed(t("register.save"), id="save")
            yield RepeatsPane()

    def on_mount(self) -> None:
        """The time goes by in the head."""
        self.set_interval(1, self._head)

    def _head(self) -> None:
        for head in self.query("#register-head").results(Static):
            passed = int(monotonic() - self._since) if self._opened else 0
            time = t("register.since", time=f"{passed // 60}:{passed % 60:02}") if self._opened else ""
            head.update(sides(t("register.title"), time, max(self.size.width - 4, 10)))

    # --- a form anew ---

    async def empty(self, view: RegisterView) -> None:
        """Nothing stands in it. An empty form that offers the same stays: a key that is pressed now is not lost."""
        before, self._view = self._view, view
        if before is not None and _offers(before) == _offers(view) and not self.questions.begun():
            self._since = monotonic()
            return
        self._more, self._shown, self._default, self._opened, self._errors = False, "", "", "", ()
        self._since = monotonic()
        await self.recompose()
        if not self.is_attached or not self.query("#kind"):
            return
        self._show_status(self.shell.status)
        self.repeating.forget()
        self.picked()
        self._head()
        self.questions.row("kind").focus()

    def put(self, form: CaseForm, customer: CustomerView | None, *, from_journey: bool) -> None:
        """A form that was begun before."""
        self._opened, self._since = form.opened_at, monotonic()
        self.questions.row("kind").chosen = (form.kind,)
        self.picked()
        if customer is not None:
            self.put_customer(customer, from_journey=from_journey)
        self.questions.fill(form)
        self._more = bool({"source", "group_size", "received_at"} & self._unusual(form))
        self.picked()
        self.altered()

    def put_customer(self, customer: CustomerView, *, from_journey: bool) -> None:
        """Whose case it is, known from elsewhere."""
        self.questions.customer.put(pick_of(customer))
        self.questions.customer.from_journey = from_journey

    def _unusual(self, form: CaseForm) -> set[str]:
        empty = CaseForm()
        return {name for name in questions.MORE if getattr(form, name) != getattr(empty, name)}

    # --- what stands in it ---

    @property
    def kind(self) -> KindView | None:
        """The kind that is picked."""
        picked = next((row.value for row in self.query("#kind").results(PickRow)), "")
        return self._view.kind(picked) if self._view is not None else None

    def form(self) -> CaseForm:
        """All answers."""
        return self.questions.form(self.kind, self._opened)

    def _kept(self) -> Callable[[], None]:
        form, chooser = self.form(), self.questions.customer
        customer, from_journey = chooser.value, chooser.from_journey
        return lambda: cases_of(self).keep_form(form, customer, from_journey)

    def _compared(self) -> Callable[[], Answer] | None:
        form, customer = self.form(), self.questions.customer.value
        if customer in {"", ANONYMOUS} and len(form.narrative.text) < LEAST and not form.reference.text:
            return None
        return lambda: cases_of(self).repeats(form, customer)

    def altered(self) -> None:
        """An answer has changed: kept soon, compared soon."""
        if not self.questions.begun():
            return
        if not self._opened and self._view is not None:
            waited = timedelta(seconds=monotonic() - self._since)
            self._opened = format_at(parse_at(self._view.opened_at) + waited)
            self._since = monotonic()
            self._head()
        self.keeping.changed()
        self.repeating.changed()


def _offers(view: RegisterView) -> object:
    """What a form is made of, without what belongs to the moment."""
    kinds = [(each.code, each.label, each.categories, each.ways) for each in view.kinds]
    return kinds, view.wants, view.sources, view.narrative_most, view.patterns
