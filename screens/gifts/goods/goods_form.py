"""What the forms about goods share: a title, lines with amounts, a note, a second person, one key to finish."""

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from branch_console.errors import sentence
from branch_console.locale import t
from branch_console.rules.errors import FieldError, FieldErrors
from screens.base import BranchScreen
from screens.gifts.desk import GiftDesk, gifts_of
from screens.gifts.goods.amounts import Amounts
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.goods.second_person import SecondPerson
from screens.gifts.placing import SECOND, placed
from screens.onboarding.option_row import OptionRow
from screens.onboarding.proceed import Proceed
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.confirm import Confirm
from screens.widgets.field import Field
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField


class GoodsForm(BranchScreen[bool]):
    """Enter leads from field to field; on the last line it does it. Escape leaves, and asks when something was typed.

    Answers True when the act was written.
    """

    DEFAULT_CSS = css_beside(__file__)
    TITLE_MSGID: ClassVar[str] = ""
    DO_MSGID: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "common.confirm", priority=True, show=False),
        Binding("escape", "leave", "common.back"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._sending = False

    def on_mount(self) -> None:
        """The title is seen first, also where the form is longer than the screen."""
        self.call_after_refresh(self.query_one("#goods-form", VerticalScroll).scroll_home, animate=False)

    def body(self) -> ComposeResult:
        """The title, the form, and what Enter does at its end."""
        with VerticalScroll(id="goods-form", can_focus=False):
            yield Static(plain(t(self.TITLE_MSGID)), classes="title")
            yield from self.form()
            yield Proceed(t(self.DO_MSGID), id="do")

    @abstractmethod
    def form(self) -> ComposeResult:
        """The fields."""

    @abstractmethod
    def send(self) -> Callable[[], object]:
        """The act, with what stands in the fields now. It is called in a thread."""

    @property
    def desk(self) -> GiftDesk:
        """The gift desk."""
        return gifts_of(self)

    def picked(self, name: str) -> str:
        """What is picked in one row of options."""
        return next(iter(self.query_one(f"#{name}", OptionRow).chosen), "")

    def action_go_on(self) -> None:
        """From a text field to what follows, before a fast typist's next characters come."""
        if not isinstance(self.focused, TextField):
            raise SkipAction
        self.focus_next()

    @on(OptionRow.Picked)
    def _picked(self, event: OptionRow.Picked) -> None:
        event.stop()
        self.focus_next()

    @on(Proceed.Pressed)
    def _do(self, event: Proceed.Pressed) -> None:
        event.stop()
        if self._sending:
            return
        self._sending = True
        self._clear()
        self.ask(self.send(), self._written, self._refused)

    def _written(self, _answer: object) -> None:
        self.dismiss(True)

    def _clear(self) -> None:
        for amounts in self.query(Amounts):
            amounts.clear_errors()
        for field in self.query(Field):
            field.error = ""

    def _refused(self, error: Exception) -> None:
        """What belongs to a field stands beside it; the rest is said by itself. Nothing typed is lost."""
        self._sending = False
        errors = placed(error)
        places = [self._beside(each) for each in errors]
        homeless = [each for each, place in zip(errors, places, strict=True) if place is None]
        if homeless:
            self.shell.show_error(FieldErrors(homeless) if isinstance(error, FieldErrors) else error)
        elif not errors:
            self.shell.show_error(error)
        elif places[0] is not None:
            places[0].focus()

    def _beside(self, error: FieldError) -> Widget | None:
        """Say it beside its field, which is returned; None when the form has no such field."""
        words = sentence(error)
        name, _, number = error.field.partition(".")
        if name == "line" and number.isdecimal() and self.query(f"#line-{number}"):
            self.query_one(Amounts).refuse(int(number), words)
            return self.query_one(f"#amount-{number}", TextField)
        if name in SECOND and self.query(SecondPerson):
            second = self.query_one(SecondPerson)
            second.refuse(words)
            return second.query_one(PasswordField if name == "password" else PickRow)
        for field in self.query(f"#{name}-field").results(Field):
            field.error = words
            return field.input
        return None

    def _touched(self) -> bool:
        """Whether something was typed that would be lost."""
        return any(each.value for each in self.query(Input))

    def action_leave(self) -> None:
        """Back, without the act."""
        if not self._touched():
            self.dismiss(False)
            return
        question = Confirm(t("goods.leave.title"), t("goods.leave.message"), yes=t("goods.leave.yes"))
        self.app.push_screen(question, self._leave_if)

    def _leave_if(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(False)
