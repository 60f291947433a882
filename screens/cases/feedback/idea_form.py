"""The form of one act on an idea: what is asked for depends on the act, everything else is the same."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from branch_console.case_views.feedback import IdeaLine
from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.cases.desk import cases_of
from screens.cases.feedback.port import Port
from screens.gifts.asked import Asked
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.said import Said
from screens.onboarding.proceed import Proceed
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.text_field import TextField

ASKED: dict[str, tuple[str, ...]] = {
    "evaluate": ("note",),
    "adopt": ("reason", "owner", "due"),
    "decline": ("reason",),
    "done": ("what",),
    "told": ("way", "text"),
    "support": ("who", "contact"),
}
"""The questions of each act, by the names that errors use."""
WAYS = ("phone", "sms", "visit", "letter", "board")
WHO = ("customer", "staff", "anonymous")


class IdeaForm(GiftForm[IdeaLine]):
    """Answers with the idea as it is afterwards."""

    HELP = "feedback.help.form"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "feedback.key.send", id="feedback.send"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, act: str, line: IdeaLine, owners: tuple[StaffChoice, ...] = ()) -> None:
        super().__init__()
        self._act = act
        self._line = line
        self._owners = owners

    def read(self) -> tuple[StaffChoice, ...]:
        """Who may own it."""
        return cases_of(self).owners() if self._act == "adopt" else ()

    def take(self, said: tuple[StaffChoice, ...]) -> None:
        """Who may own it."""
        self._owners = said

    def body(self) -> ComposeResult:
        """Which idea, and the questions."""
        yield Static(plain(t(f"feedback.act.{self._act}")), id="title")
        yield Said(f"{one_line(self._line.number)}  {one_line(self._line.text)}", id="lead")
        with VerticalScroll(id="form", can_focus=False):
            for name in ASKED[self._act]:
                hint = t(f"feedback.hint.{name}") if name in {"due", "contact", "text", "what"} else ""
                yield Asked(name, t(f"feedback.ask.{name}"), self._editor(name), hint)
            yield Proceed(t(f"feedback.act.{self._act}"), id="do")

    def _editor(self, name: str) -> Widget:
        if name == "owner":
            return PickRow(name, [(each.id, f"{one_line(each.name)} {one_line(each.id)}") for each in self._owners])
        if name == "way":
            return PickRow(name, [(each, t(f"feedback.way.{each}")) for each in WAYS])
        if name == "who":
            return PickRow(name, [(each, t(f"feedback.who.{each}")) for each in WHO], ["customer"])
        return TextField(id=name, max_length=500)

    def work(self) -> Callable[[], IdeaLine]:
        """The act with what stands in the form."""
        said = {name: self._answer(name) for name in ASKED[self._act]}
        return lambda: _do(cases_of(self), self._act, self._line.subject, said)

    def _answer(self, name: str) -> str:
        editor = self.query_one(f"#{name}")
        if isinstance(editor, PickRow):
            return editor.value
        if not isinstance(editor, TextField):
            return ""
        return editor.text if name in {"due", "contact"} else editor.value

    def action_leave(self) -> None:
        """Back without it."""
        self.dismiss(None)


def _do(desk: Port, act: str, subject: str, said: dict[str, str]) -> IdeaLine:
    """The call of the desk that belongs to an act."""
    answers = tuple(said[name] for name in ASKED[act])
    calls: dict[str, Callable[..., IdeaLine]] = {
        "evaluate": desk.evaluate,
        "adopt": desk.adopt,
        "decline": desk.decline,
        "done": desk.idea_done,
        "told": desk.idea_told,
        "support": desk.support,
    }
    return calls[act](subject, *answers)
