"""Abnormal deduction (F9): whose, what kind, one sentence; then the number is there and the checklist begins."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from branch_console.case_views.deduction import HomeView, TrackLine
from branch_console.errors import words
from branch_console.locale import language, t
from branch_console.rules.cases.form import Said
from branch_console.rules.narrative.finding import Patterns
from screens.cases.deduction.repeat_line import RepeatLine
from screens.cases.deduction.track_rows import cells, columns
from screens.cases.deduction.track_screen import TrackScreen
from screens.cases.deduction.unsent import Unsent
from screens.cases.deduction.whose_field import WhoseField
from screens.cases.desk import cases_of
from screens.cases.incident_banner import IncidentBanner
from screens.cases.register.masked_field import MaskedField
from screens.gifts.asked import Asked
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.onboarding.proceed import Proceed
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField


class DeductionScreen(GiftForm[str]):
    """The start of a fast track, and those that are not through: Enter goes on with one, whoever began it."""

    HELP = "deduction.help.home"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#customer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "deduction.key.begin", id="deduction.begin"),
        Binding("escape", "clear", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view: HomeView | None = None
        self._draft: tuple[str, str] | None = None
        """Category and sentence that are to stand in the form as soon as it can be drawn."""
        self._reading = False
        self._barred = self._informed = False
        """Whoever works here may not; and has not yet closed what says so."""
        self._unsent = Unsent(self)

    def body(self) -> ComposeResult:
        """What never to ask, cases in numbers, the form, what is unfinished."""
        yield Static(id="never")
        yield IncidentBanner()
        with Vertical(id="form"):
            yield WhoseField(nobody=True)
            yield RepeatLine()
            yield Asked("category", t("deduction.category"), PickRow("category", self._categories()))
            told = MaskedField(self._view.patterns if self._view is not None else Patterns(), id="told", max_length=300)
            yield Asked("narrative", t("deduction.tell"), told, t("deduction.tell.hint"))
            yield Proceed(t("deduction.begin"), id="begin")
        yield Static(plain(t("deduction.open")), id="open")
        yield RowList[TrackLine](
            None, columns(), cells=cells, key=lambda line: line.subject, empty=t("deduction.open.none"), id="tracks"
        )

    def _categories(self) -> tuple[tuple[str, str], ...]:
        return self._view.categories if self._view is not None else ()

    # --- reading ---

    def on_screen_resume(self) -> None:
        """Back from a checklist, or from another area; or from what said that somebody may not."""
        if self._informed:
            self._informed = False
            return
        self._barred = False
        self.heard()

    def heard(self) -> None:
        """Something has changed, here or elsewhere."""
        for banner in self.query(IncidentBanner):
            banner.reload()
        if not (self._reading or self._barred):
            self._reading = True
            self.ask(self.read, self._arrived, self._not_read, group="home")

    def read(self) -> HomeView:
        """As it is now."""
        return cases_of(self).deduction_home()

    def take(self, said: HomeView) -> None:
        """Another language."""
        self._view = said

    def _not_read(self, error: Exception) -> None:
        """Said once, and it stays beside the list: what says it gives way to this screen, which would ask again."""
        self._reading, self._barred, self._informed = False, True, True
        _title, why = words(error)
        self.query_one("#open", Static).update(plain(f"{sign('warning')} {one_line(why)}"))
        self.query_one("#tracks").display = False
        self.shell.show_error(error)

    def _arrived(self, view: HomeView) -> None:
        self._reading = False
        first, self._view = self._view is None, view
        if first:
            self._draft = (view.draft_category, view.draft_told)
            self.call_later(self._speak, language())
        self._show()

    def redrawn(self) -> None:
        """Another language; or the first answer, with what was left unsent."""
        super().redrawn()
        if self._draft is not None:
            category, told = self._draft
            self._draft = None
            self.query_one("#category", PickRow).chosen = (category,)
            self._sentence.said = Said(told)
        self._show()

    def _show(self) -> None:
        view = self._view
        if view is None:
            return
        self.query_one("#never", Static).update(plain(f"{sign('warning')} {one_line(view.warning)}"))
        self.query_one("#tracks", RowList).show(view.lines)

    # --- the form ---

    def action_go_on(self) -> None:
        """From the customer on only when it is known who it is, or that nobody says so."""
        focused = self.focused
        if isinstance(focused, TextField) and focused.id == "customer":
            self.query_one(WhoseField).look_up(lambda: self._known(focused))
            return
        super().action_go_on()

    def _known(self, field: TextField) -> None:
        """It is known whose it is."""
        self._unsent.begin()
        self.following(field)
        self._look_for_repeats()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value:
            self._unsent.begin()

    @on(MaskedField.Told)
    def _told_more(self, event: MaskedField.Told) -> None:
        """Typed, or masked: leaving the field does that, too."""
        event.stop()
        if event.field.value:
            self._unsent.begin()
        self._keep_soon()

    @property
    def _sentence(self) -> MaskedField:
        return self.query_one("#told", MaskedField)

    def picked(self) -> None:
        """A category was picked."""
        if self._category:
            self._unsent.begin()
            self._keep_soon()
            self._look_for_repeats()

    def _keep_soon(self) -> None:
        if self._view is not None:
            self._unsent.keep_soon(self._category, self._sentence.text)

    def _look_for_repeats(self) -> None:
        self.query_one(RepeatLine).look(self.query_one(WhoseField).handle, self._category)

    @property
    def _category(self) -> str:
        return next((row.value for row in self.query("#category").results(PickRow)), "")

    def send(self) -> None:
        """Take it down; a customer who was typed and not looked up yet is looked up first."""
        whose = self.query_one(WhoseField)
        if whose.unread:
            whose.look_up(super().send)
        else:
            super().send()

    def work(self) -> Callable[[], str]:
        """The number first."""
        whose, category = self.query_one(WhoseField).handle, self._category
        told = self._sentence.said
        seconds = self._unsent.seconds
        return lambda: cases_of(self).begin_deduction(whose, category, told, seconds)

    def done(self, answer: str) -> None:
        """To the checklist; the form is empty for the next one."""
        self._sending = False
        self._empty()
        self._open(answer)

    def _empty(self) -> None:
        self._unsent.end()
        self._view = None
        self.query_one(WhoseField).clear()
        self.query_one(RepeatLine).look("", "")
        self._sentence.said = Said()
        self.query_one("#category", PickRow).chosen = ()
        self.query_one("#customer").focus()

    # --- going on ---

    @on(RowList.Selected, "#tracks")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self._open(event.row.subject)

    def _open(self, subject: str) -> None:
        if self.is_current:
            self.app.push_screen(TrackScreen(subject))

    def action_clear(self) -> None:
        """To the field of the customer; from there, leave the area."""
        field = self.query_one("#customer", TextField)
        if self.focused is field and not field.value:
            raise SkipAction
        field.value = ""
        field.focus()
        if not (self._category or self._sentence.value):
            self._unsent.end()
