"""What the meeting agrees on: what, who, until when."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.cases.desk import cases_of
from screens.gifts.asked import Asked
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.onboarding.proceed import Proceed
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.text_field import TextField


class ActionForm(GiftForm[bool]):
    """Answers True when it was agreed."""

    HELP = "feedback.help.pack"
    CSS = css_beside(str(Path(__file__).with_name("idea_form.py")))
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "feedback.key.send", id="feedback.send"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, owners: tuple[StaffChoice, ...]) -> None:
        super().__init__()
        self._owners = owners

    def read(self) -> tuple[StaffChoice, ...]:
        """Who may own it."""
        return cases_of(self).owners()

    def take(self, said: tuple[StaffChoice, ...]) -> None:
        """Who may own it."""
        self._owners = said

    def body(self) -> ComposeResult:
        """The three questions."""
        yield Static(plain(t("feedback.agree.title")), id="title")
        with VerticalScroll(id="form", can_focus=False):
            yield Asked("what", t("feedback.ask.action"), TextField(id="what", max_length=500))
            people = [(each.id, f"{one_line(each.name)} {one_line(each.id)}") for each in self._owners]
            yield Asked("owner", t("feedback.ask.owner"), PickRow("owner", people))
            yield Asked("due", t("feedback.ask.due"), TextField(id="due", max_length=10), t("feedback.hint.due"))
            yield Proceed(t("feedback.agree.do"), id="do")

    def work(self) -> Callable[[], bool]:
        """Agree."""
        what, due = self.query_one("#what", TextField).value, self.query_one("#due", TextField).text
        owner = self.query_one("#owner", PickRow).value

        def agree() -> bool:
            cases_of(self).agree(what, owner, due)
            return True

        return agree

    def action_leave(self) -> None:
        """Back without it."""
        self.dismiss(False)
