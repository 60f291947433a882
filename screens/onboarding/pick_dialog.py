"""Pick one of a few things, most often a reason, with a note if one wishes."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from branch_console.locale import t
from branch_console.views import Choice
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.option_row import OptionRow
from screens.onboarding.prose import Prose
from screens.onboarding.step_clock import StepClock
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.choices import Choices, Option
from screens.widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class Picked:
    """What was picked, and the note."""

    value: str
    note: str
    reason: str = ""
    """The reason that goes with it, where one was asked for beside."""


class PickDialog(JourneyDialog[Picked]):
    """Enter takes the reason under the cursor, so that an act with a usual reason costs two keys."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "Choices"

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        lead: str = "",
        tips: Sequence[str] = (),
        note: bool = False,
        reasons: Sequence[Choice] = (),
        clock: StepClock | None = None,
    ) -> None:
        super().__init__(title, clock)
        self._options = tuple(options)
        self._lead = lead
        self._tips = tuple(tips)
        self._note = note
        self._reasons = tuple(reasons)

    def inside(self) -> ComposeResult:
        """What it is about, what may help, the options, a note."""
        if self._lead:
            yield Prose(self._lead, classes="lead")
        if self._tips:
            tips = "\n".join(f"{sign('not_started')} {tip}" for tip in self._tips)
            yield Prose(f"{t('onboarding.troubleshooting')}\n{tips}", classes="tips")
        with VerticalScroll(classes="options", can_focus=False):
            yield Choices(self._options)
        if self._reasons:
            yield Static(plain(t("onboarding.reason")), classes="asked")
            yield OptionRow(self._reasons, [self._reasons[0].value])
        if self._note:
            yield Static(plain(t("onboarding.note")), classes="asked")
            yield TextField(max_length=500)
        how = "reason" if self._reasons else "note" if self._note else ""
        yield Static(plain(t(f"onboarding.pick.how_{how}" if how else "onboarding.pick.how")), classes="how")

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self._close(event.value)

    @on(OptionRow.Picked)
    def _reasoned(self, event: OptionRow.Picked) -> None:
        event.stop()
        self.query_one(Choices).focus()

    @on(Choices.Refused)
    def _refused(self, event: Choices.Refused) -> None:
        event.stop()
        self.notify(event.why, markup=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        option = self._options[self.query_one(Choices).cursor]
        if option.why_not:
            self.notify(option.why_not, markup=False)
        else:
            self._close(option.value)

    def _close(self, value: str) -> None:
        note = self.query_one(TextField).text if self._note else ""
        reason = next((each for row in self.query(OptionRow) for each in row.chosen), "")
        self.dismiss(Picked(value, note, reason))
