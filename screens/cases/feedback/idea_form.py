"""The form of one act on an idea: what is asked for depends on the act, everything else is the same."""

from collections.abc import Callable, Mapping
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
from screens.cases.feedback.drafted_form import DraftedForm
from screens.cases.feedback.port import Port
from screens.gifts.asked import Asked
from screens.gifts.said import Said
from screens.onboarding.proceed import Proceed
from screens.text import one_line, plain
from screens.widgets import css_beside

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


class IdeaForm(DraftedForm[IdeaLine]):
    """Answers with the idea as it is afterwards."""

    HELP = "feedback.help.form"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "feedback.key.send", id="feedback.send"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(
        self, act: str, line: IdeaLine, owners: tuple[StaffChoice, ...] = (), kept: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(act, line.subject, kept or {})
        self._act = act
        self._line = line
        self._owners = owners

    @property
    def questions(self) -> tuple[str, ...]:
        """Those of the act."""
        return ASKED[self._act]

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
            for name in self.questions:
                hint = t(f"feedback.hint.{name}") if name in {"due", "contact", "text", "what"} else ""
                yield Asked(name, t(f"feedback.ask.{name}"), self._editor(name), hint)
            yield Proceed(t(f"feedback.act.{self._act}"), id="do")

    def _editor(self, name: str) -> Widget:
        if name == "owner":
            return self.editor(name, people(self._owners))
        if name == "way":
            return self.editor(name, tuple((each, t(f"feedback.way.{each}")) for each in WAYS))
        if name == "who":
            return self.editor(name, tuple((each, t(f"feedback.who.{each}")) for each in WHO), "customer")
        return self.editor(name)

    def work(self) -> Callable[[], IdeaLine]:
        """The act with what stands in the form."""
        said = {name: self.answer(name) for name in self.questions}
        return lambda: _do(cases_of(self), self._act, self._line.subject, said)

    def action_leave(self) -> None:
        """Back without it."""
        self.dismiss(None)


def people(staff: tuple[StaffChoice, ...]) -> tuple[tuple[str, str], ...]:
    """Staff as options: name and number."""
    return tuple((each.id, f"{one_line(each.name)} {one_line(each.id)}") for each in staff)


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
