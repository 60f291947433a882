"""The pack of the feedback meeting, and what the meeting agrees: actions with owner and day, until they are ended."""

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from branch_console.case_views.feedback import ActionLine, PaperView
from branch_console.locale import t
from screens.cases.desk import cases_of
from screens.cases.feedback.action_form import ActionForm
from screens.cases.feedback.paper_screen import PaperScreen
from screens.gifts.paper import Paper
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.text import one_line
from screens.widgets.choices import Option

_OPEN = frozenset({"open", "overdue"})
OUTCOMES = ("done", "dropped")


class WeekPaper(Paper):
    """Left and right, which a page has no use for, change the week."""

    DEFAULT_CSS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.week(1)", "feedback.key.earlier", id="feedback.earlier"),
        Binding("right", "screen.week(-1)", "feedback.key.later", id="feedback.later"),
    ]


class PackScreen(PaperScreen):
    """Left and right turn to the week before and the next one."""

    HELP = "feedback.help.pack"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e,e", "agree", "feedback.key.agree", id="feedback.agree"),
        Binding("ctrl+d,d", "end", "feedback.key.end", id="feedback.end"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._back = 0

    def page(self) -> Paper:
        """One that turns the weeks."""
        return WeekPaper(id="paper")

    def read(self) -> PaperView:
        """The pack of the week that is shown."""
        return cases_of(self).pack(self._back)

    def write(self) -> tuple[Path, Path]:
        """As text and PDF."""
        return cases_of(self).save_pack(self._back)

    @property
    def _open(self) -> list[ActionLine]:
        return [each for each in self.paper.actions if each.status in _OPEN] if self.paper is not None else []

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """There is no week after this one; and nothing to end where nothing is open."""
        if action == "week" and parameters == (-1,) and self._back == 0:
            return t("feedback.pack.newest")
        if action == "end" and not self._open:
            return t("feedback.pack.no_actions")
        return super().why_not(action, parameters)

    def action_week(self, by: int) -> None:
        """Another week."""
        self._back = max(self._back + by, 0)
        self.reload()

    def action_agree(self) -> None:
        """The meeting agrees on an action."""

        def make() -> ActionForm:
            desk = cases_of(self)
            return ActionForm(desk.owners(), desk.idea_form("agree", ""))

        def show(form: ActionForm) -> None:
            if self.is_current:
                self.app.push_screen(form, self._agreed)

        self.ask(make, show, group="form")

    def _agreed(self, done: bool | None) -> None:
        if done:
            self.notify(t("feedback.agreed"), markup=False)
            self.reload()

    def action_end(self) -> None:
        """Which action, and how it ended."""
        options = [
            Option(each.subject, one_line(each.what), note=f"{one_line(each.owner)} {one_line(each.due)}")
            for each in self._open
        ]

        def chosen(answer: Picked | None) -> None:
            if answer is not None:
                self._ask_how(answer.value)

        self.app.push_screen(PickDialog(t("feedback.end.which"), options), chosen)

    def _ask_how(self, subject: str) -> None:
        options = [Option(each, t(f"feedback.end.{each}")) for each in OUTCOMES]

        def ended(answer: Picked | None) -> None:
            if answer is None:
                return
            self.ask(
                lambda: cases_of(self).end_action(subject, answer.value, answer.note),
                lambda _none: self.reload(),
                group="act",
            )

        self.app.push_screen(PickDialog(t("feedback.end.how"), options, note=True), ended)
