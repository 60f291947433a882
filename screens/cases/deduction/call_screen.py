"""The customer's own call to a hotline: which one, when, and what they were told there."""

from collections.abc import Callable

from textual.app import ComposeResult

from branch_console.case_views.deduction import TrackView
from branch_console.locale import t
from screens.cases.deduction.track_form import TrackForm
from screens.cases.desk import cases_of
from screens.gifts.asked import Asked
from screens.gifts.goods.pick_row import PickRow
from screens.widgets.choices import Choices, Option
from screens.widgets.text_field import TextField

_NOBODY, _ANSWERED, _DONE = "none", "answered", "done"


class CallScreen(TrackForm):
    """What the hotline said is the customer's word: it never counts as a freeze."""

    TITLE_MSGID = "deduction.call.title"
    DO_MSGID = "deduction.call.do"

    def __init__(self, view: TrackView, hotline: str) -> None:
        """`hotline`: the one that is picked already."""
        super().__init__(view)
        self._hotline = hotline

    def lead(self) -> str:
        """What the call is worth."""
        return t("deduction.call.lead")

    def questions(self) -> ComposeResult:
        """Which, what came of it, when, under which number."""
        lines = self.track.contain.hotlines
        options = [Option(each.code, f"{each.number}  {each.label}", note=each.hours) for each in lines]
        yield Asked("hotline", t("deduction.call.which"), Choices(options, chosen=[self._hotline], id="hotline"))
        answers = [(code, t(f"deduction.call.{code}")) for code in (_ANSWERED, _DONE, _NOBODY)]
        yield Asked("answered", t("deduction.call.outcome"), PickRow("answered", answers))
        at = TextField(id="called-at", max_length=20)
        yield Asked("called_at", t("deduction.call.at"), at, t("deduction.call.at.hint"))
        yield Asked("reference", t("deduction.call.number"), TextField(id="reference", max_length=64))

    def work(self) -> Callable[[], TrackView]:
        """Write it down."""
        hotline = next(iter(self.query_one("#hotline", Choices).chosen), "")
        outcome = self.query_one("#answered", PickRow).value
        called_at = self.query_one("#called-at", TextField).text
        reference = self.query_one("#reference", TextField).text
        case = self.track.subject
        return lambda: cases_of(self).record_call(
            case, hotline, called_at, outcome in {_ANSWERED, _DONE}, reference, outcome == _DONE
        )
