"""Taking a case down in a minute (F4): six answers, everything else by default or behind a key."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from branch_console.case_views.register import CustomerView, RegisteredView, RegisterView, RepeatView
from branch_console.locale import t
from branch_console.rules.errors import CodedError, FieldError, FieldErrors, RuleError
from screens.cases.desk import cases_of
from screens.cases.register.answering import Answering
from screens.cases.register.leaving import DISCARD, KEEP, STAY, draft_dialog, leave_dialog
from screens.cases.register.masked_field import MaskedField
from screens.cases.register.questions import MORE
from screens.cases.register.repeats_pane import RepeatsPane
from screens.cases.slip_screen import CaseSlipScreen
from screens.onboarding.pick_dialog import Picked
from screens.widgets import css_beside
from screens.widgets.confirm import Confirm

RECEIPT = "receipt"
_PLACES = {"received_in_future": "received_at", "exemption_form": "narrative", "category_missing": "category"}
"""Questions that refusals of the rules belong to which name none."""


class RegisterScreen(Answering):
    """The first screen of F4. It never leaves: what was saved shows its slip, and the form is new again."""

    HELP = "register.help"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "register.key.save", id="register.save"),
        Binding("ctrl+o", "exempt", "register.key.exempt", id="register.exempt", priority=True),
        Binding("ctrl+b", "more", "register.key.more", id="register.more", priority=True),
        Binding("ctrl+g", "repeats", "register.key.repeats", id="register.repeats", priority=True),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._reading = False
        self._asking = False
        self._barred = False
        """Whoever works here has just read why there is no form."""
        self._journey = ""

    # --- coming here ---

    def on_screen_resume(self) -> None:
        """An empty form is one of this moment; one that somebody has begun with waits as it is."""
        if self._barred:
            self._barred = False
            return
        if not (self._sending or self._asking) and not (self._view is not None and self.questions.begun()):
            self._renew(force=False)

    def come_from(self, journey: str) -> None:
        """The customer of a journey complains: an empty form is about them."""
        if self._view is None or not self.questions.begun():
            self._journey = journey
            if not self._reading:
                self._renew(force=False)

    def _renew(self, *, force: bool) -> None:
        """Read what there is to pick, then begin anew; with `force` also when something stands in the form."""
        if self._reading:
            return
        self._reading = True

        def arrived(view: RegisterView) -> None:
            self._reading = False
            if force or self._view is None or not self.questions.begun():
                self.call_later(self._begin, view)

        self.ask(self.read, arrived, self._not_read, group="read")

    def _not_read(self, error: Exception) -> None:
        self._reading, self._barred = False, True
        self.shell.show_error(error)

    async def _begin(self, view: RegisterView) -> None:
        await self.empty(view)
        journey, self._journey = self._journey, ""
        if view.draft is not None and self.is_current and not self._asking:
            self._asking = True
            draft = view.draft

            def decided(picked: Picked | None) -> None:
                self._asking = False
                if picked is not None and picked.value == DISCARD:
                    self._give_up()
                else:
                    self.put(draft.form, draft.customer, from_journey=draft.from_journey)

            self.app.push_screen(draft_dialog(draft), decided)
        elif journey:
            self.ask(lambda: cases_of(self).case_customer_of(journey), self._of_journey, group="customer")

    def _of_journey(self, customer: CustomerView) -> None:
        self.put_customer(customer, from_journey=True)
        self.altered()

    # --- saving ---

    def work(self) -> Callable[[], RegisteredView]:
        """Take the case down."""
        form, chooser = self.form(), self.questions.customer
        customer, from_journey = chooser.value, chooser.from_journey
        return lambda: cases_of(self).register(form, customer, from_journey)

    def send(self) -> None:
        """Behind the last draft, so that none comes after the case."""
        if self._view is not None and not self._sending:
            self.keeping.stop(super().send)

    def done(self, answer: RegisteredView) -> None:
        """The slip; then the next customer's form."""
        self.notify(t("register.saved", number=answer.number, n=answer.seconds))
        self.repeating.forget()
        self.app.push_screen(CaseSlipScreen(answer.subject, RECEIPT), lambda _none: self._over())

    def _over(self) -> None:
        self._sending = False
        self._renew(force=True)

    def _refused(self, error: Exception) -> None:
        """What is wrong stands beside its question, also where a key had closed it."""
        placed = error
        if isinstance(error, RuleError) and not isinstance(error, FieldError) and error.code in _PLACES:
            placed = FieldErrors([FieldError(_PLACES[error.code], error.code, **error.params)])
        if isinstance(placed, FieldErrors) and any(each.field in MORE for each in placed.errors):
            self._more = True
            self._arrange()
        super()._refused(placed)
        self.keeping.changed()

    # --- a case that has been told before ---

    @on(RepeatsPane.Chosen)
    def _same(self, event: RepeatsPane.Chosen) -> None:
        event.stop()
        if event.repeat.elsewhere:
            self.notify(t("register.repeats.elsewhere"), severity="warning")
            return
        self._asking = True
        question = Confirm(
            t("register.follow_up.title", number=event.repeat.number),
            t("register.follow_up.text"),
            yes=t("register.follow_up.yes"),
        )
        self.app.push_screen(question, lambda agreed: self._follow_up(event.repeat, agreed=bool(agreed)))

    def _follow_up(self, repeat: RepeatView, *, agreed: bool) -> None:
        self._asking = False
        if agreed and not self._sending:
            self._sending = True
            self._say_errors(())
            form = self.form()
            ask = lambda: self.ask(  # noqa: E731  called when the last draft is written
                lambda: cases_of(self).follow_up(repeat.subject, form), self._followed, self._refused, group="act"
            )
            self.keeping.stop(ask)

    def _followed(self, number: str) -> None:
        self._sending = False
        self.notify(t("register.followed", number=number))
        self._renew(force=True)

    # --- keys ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """In words."""
        if action == "repeats" and not self.repeating.found:
            return t("register.repeats.none")
        return super().why_not(action, parameters)

    def action_repeats(self) -> None:
        """To the cases at the side."""
        self.query_one(RepeatsPane).focus_list()

    def action_exempt(self) -> None:
        """“This is an order number.”"""
        if self._view is None:
            return
        here = self.focused
        try:
            (here if isinstance(here, MaskedField) else self.questions.told("narrative")).exempt_number()
        except CodedError as error:
            self.notify(t(f"error.{error.code}"), severity="warning")

    def action_more(self) -> None:
        """Source, group, vulnerable, received when."""
        if self._view is None:
            return
        self._more = not self._more
        self._arrange()
        if self._more:
            self.questions.row("source").focus()

    async def action_leave(self) -> None:
        """Asks only when something stands in the form."""
        if self._view is None or not self.questions.begun():
            await self.app.run_action("go('today')")
        elif not (self._sending or self._asking):
            self._asking = True
            self.app.push_screen(leave_dialog(), self._left)

    def _left(self, picked: Picked | None) -> None:
        self._asking = False
        value = picked.value if picked is not None else STAY
        if value == KEEP:
            self.app.call_later(self.app.run_action, "go('today')")
        elif value == DISCARD:
            self._give_up()

    def _give_up(self) -> None:
        """The draft goes too."""
        self.keeping.stop(
            lambda: self.ask(cases_of(self).forget_form, lambda _none: self._renew(force=True), group="act")
        )
