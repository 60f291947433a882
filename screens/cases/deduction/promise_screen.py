"""When the branch calls: what the case began with, or what the customer wants instead."""

from collections.abc import Callable

from textual.app import ComposeResult

from branch_console.case_views.deduction import TrackView
from branch_console.locale import t
from screens.cases.deduction.track_form import TrackForm
from screens.cases.desk import cases_of
from screens.gifts.asked import Asked
from screens.gifts.goods.pick_row import PickRow
from screens.widgets.text_field import TextField


class PromiseScreen(TrackForm):
    """The call itself is written down in the case: a promise is not kept by being made."""

    TITLE_MSGID = "deduction.promise.title"
    DO_MSGID = "deduction.promise.do"

    def lead(self) -> str:
        """What is promised now."""
        promise = self.track.promise
        if not promise.when:
            return t("deduction.promise.none")
        return t("deduction.more.promise", at=promise.when, way=promise.way_words, staff=promise.staff)

    def questions(self) -> ComposeResult:
        """Until when, and how."""
        promise = self.track.promise
        when = TextField(promise.when, id="when", max_length=20)
        yield Asked("when", t("deduction.promise.when"), when, t("deduction.promise.when.hint"))
        chosen = [promise.way] if promise.way else [code for code, _words in promise.ways[:1]]
        yield Asked("way", t("deduction.promise.way"), PickRow("way", promise.ways, chosen))

    def work(self) -> Callable[[], TrackView]:
        """Promise it; what stands already is not promised twice."""
        before, case = self.track.promise, self.track.subject
        when, way = self.query_one("#when", TextField).text, self.query_one("#way", PickRow).value
        if (when, way) == (before.when, before.way):
            return lambda: cases_of(self).track(case)
        return lambda: cases_of(self).promise_call(case, when, way)
