"""Other dates for a report: from a day to a day."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from branch_console.locale import t
from screens.onboarding.dialog import JourneyDialog
from screens.text import plain
from screens.widgets.text_field import TextField


class PeriodDialog(JourneyDialog[tuple[date, date]]):
    """Two days as YYYY-MM-DD. Enter leads from the first to the second and then closes."""

    AUTO_FOCUS = "#since"

    def __init__(self, since: date, until: date) -> None:
        super().__init__(t("report.period.title"))
        self._days = (since, until)

    def inside(self) -> ComposeResult:
        """The two fields, and what is wrong with them."""
        for name, day in zip(("since", "until"), self._days, strict=True):
            yield Static(plain(t(f"report.period.{name}")), classes="asked")
            yield TextField(day.isoformat(), placeholder="YYYY-MM-DD", id=name, max_length=10, select_on_focus=True)
        yield Static(id="wrong", classes="how")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "since":
            self.query_one("#until", TextField).focus()
            return
        days = [_day(self.query_one(f"#{name}", TextField).text) for name in ("since", "until")]
        if days[0] is None or days[1] is None or days[1] < days[0]:
            self.query_one("#wrong", Static).update(plain(t("report.period.wrong")))
            self.query_one("#until", TextField).select_all()
            return
        self.dismiss((days[0], days[1]))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
