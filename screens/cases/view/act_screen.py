"""The form of one act on a case: one page, or several as a wizard; what is typed is kept until it is sent."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from branch_console.case_views.working import ActForm, Done, Page
from branch_console.locale import t
from branch_console.rules.errors import FieldError, FieldErrors
from screens.cases.desk import cases_of
from screens.cases.view.long_text import LongText
from screens.cases.view.placing import placed
from screens.cases.view.questions import answer, asked
from screens.gifts.asked import Asked
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.second_person import SecondPerson
from screens.gifts.said import Said
from screens.onboarding.proceed import Proceed
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.confirm import Confirm

KEEP_SECONDS = 0.8
"""How often what was typed is kept: a power cut loses less than a second of it."""


class ActScreen(GiftForm[Done]):
    """Answers with what was done, or with nothing when it was left; then what was typed waits for next time."""

    HELP = "cases.help.act"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "cases.key.send", id="cases.send"),
        Binding("ctrl+y", "forget", "cases.key.forget", id="cases.forget"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, form: ActForm) -> None:
        super().__init__()
        self._form = form
        self._at = 0
        self._blank: dict[str, tuple[str, ...]] | None = None
        self._kept: dict[str, tuple[str, ...]] | None = None
        self._saving = False
        self._waiting = False

    def read(self) -> ActForm:
        """The form in the language of now."""
        return cases_of(self).act_form(self._form.case, self._form.act, self._form.about)

    def take(self, said: ActForm) -> None:
        """Its words."""
        self._form = said

    def body(self) -> ComposeResult:
        """What it is about, the questions page by page, who must agree, the button."""
        form = self._form
        yield Static(id="title")
        yield Said(self._lead(), id="lead")
        with VerticalScroll(id="form", can_focus=False):
            for number, page in enumerate(form.pages):
                with Vertical(id=f"page-{number}", classes="page"):
                    for question in page.questions:
                        yield asked(question)
                    if form.approval and number == len(form.pages) - 1:
                        yield SecondPerson(form.approvers, form.approval)
            yield Proceed("", id="do")

    def _lead(self) -> str:
        back = t("cases.form_is_back") if self._form.back else ""
        return "  ".join(each for each in (self._form.lead, back) if each)

    def on_mount(self) -> None:
        """The first page, and what is typed is kept from now on."""
        self._turn(0)
        self._kept = self.answers()
        self._blank = None if self._form.back else self._kept
        self.set_interval(KEEP_SECONDS, self.keep)

    def redrawn(self) -> None:
        """Another language: on the same page."""
        super().redrawn()
        self._turn(self._at, focus=False)

    # --- pages ---

    @property
    def _page(self) -> Page:
        return self._form.pages[self._at]

    @property
    def _last(self) -> bool:
        return self._at == len(self._form.pages) - 1

    def _turn(self, number: int, *, focus: bool = True) -> None:
        self._at = number
        for each in range(len(self._form.pages)):
            self.query_one(f"#page-{each}").display = each == number
        count = len(self._form.pages)
        step = f"  {number + 1}/{count} {one_line(self._page.title)}" if count > 1 else ""
        self.query_one("#title", Static).update(plain(f"{self._form.title}{step}"))
        button = self._form.send if self._last else t("cases.next_page")
        self.query_one("#do", Proceed).update(plain(f"Enter  {button}"))
        self.picked()
        self.refresh_bindings()
        if focus:
            self.query_one("#form", VerticalScroll).scroll_home(animate=False)
            self.call_after_refresh(self._first_stop)

    def _first_stop(self) -> None:
        page = self.query_one(f"#page-{self._at}")
        stops = [each for each in self.focus_chain if page in each.ancestors]
        if stops:
            self.set_focus(stops[0])

    def picked(self) -> None:
        """Questions that depend on an answer come and go."""
        answers = self.answers(hidden=True)
        for page in self._form.pages:
            for question in page.questions:
                if question.when:
                    shown = not {*question.when[1:]}.isdisjoint(answers.get(question.when[0], ()))
                    self.query_one(f"#asked-{question.id}").display = shown

    def action_go_on(self) -> None:
        """Enter in a field leads on, also from several lines."""
        if isinstance(self.focused, LongText):
            self.following(self.focused)
        else:
            super().action_go_on()

    def send(self) -> None:
        """To the next page once this one is answered; from the last one to the desk."""
        missing = self._missing()
        if missing:
            self._refused(FieldErrors(missing))
        elif not self._last:
            self._say_errors(())
            self._turn(self._at + 1)
        elif self._saving:
            self._waiting = True
        else:
            super().send()

    def _missing(self) -> list[FieldError]:
        answers = self.answers()
        shown = [each for each in self._page.questions if each.missing and self._place(each.id) is not None]
        return [FieldError(each.id, each.missing) for each in shown if not answers.get(each.id)]

    # --- answers ---

    def answers(self, *, hidden: bool = False) -> dict[str, tuple[str, ...]]:
        """What was answered, by question; of a question that is not asked now nothing, unless `hidden`."""
        found = {}
        for each in self.query(Asked):
            if (hidden or each.display) and (said := answer(each.editor)):
                found[each.field] = said
        return found

    def work(self) -> Callable[[], Done]:
        """The act."""
        form, answers = self._form, self.answers()
        second = next(iter(self.query(SecondPerson)), None)
        staff, password = (second.staff, second.password) if second is not None else ("", "")
        return lambda: cases_of(self).act(form, answers, staff, password)

    def _refused(self, error: Exception) -> None:
        """On the page on which what is wrong stands."""
        found = placed(error)
        pages = {each.id: number for number, page in enumerate(self._form.pages) for each in page.questions}
        at = next((pages[each.field] for each in found if each.field in pages), self._at)
        if at != self._at:
            self._turn(at, focus=False)
        super()._refused(FieldErrors(found) if found else error)

    # --- what is typed is not lost ---

    def keep(self) -> None:
        """Keep what was typed since, once it has changed; nothing any more while the act is being written."""
        answers = self.answers()
        if self._sending or self._saving or self._kept is None or answers == self._kept:
            return
        self._kept, self._saving = answers, True
        form = self._form
        self.ask(lambda: cases_of(self).keep_act(form, answers), self._is_kept, self._not_kept, group="keep")

    def _is_kept(self, _none: None) -> None:
        self._saving = False
        if self._waiting:
            self._waiting = False
            self.send()

    def _not_kept(self, error: Exception) -> None:
        self._saving = self._waiting = False
        self.shell.show_error(error)

    def action_forget(self) -> None:
        """Leave without it, and nothing waits for next time; asked first where something was typed."""
        if self._sending:
            return
        if self.answers() == self._blank:
            self._forget(True)
            return
        question = Confirm(t("cases.forget.title"), t("cases.forget.message"), yes=t("cases.forget.yes"), danger=True)
        self.app.push_screen(question, self._forget)

    def _forget(self, agreed: bool | None) -> None:
        if agreed and not self._sending:
            self._kept = None
            form = self._form
            self.ask(lambda: cases_of(self).drop_act(form), self._left, group="keep")

    def _left(self, _none: None) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        """To the page before; from the first one back to the case."""
        if self._sending:
            return
        if self._at:
            self._turn(self._at - 1)
            return
        answers = self.answers()
        if self._kept is None or answers == self._kept:
            self.dismiss(None)
            return
        form, self._kept = self._form, None
        self.ask(lambda: cases_of(self).keep_act(form, answers), self._left, group="keep")

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002  no action has any
        """One act at a time."""
        return t("cases.sending") if action in {"send", "forget"} and self._sending else ""
