"""What there is of the payment: amount, time, the other side, its number, a picture; and whether it may be fraud."""

from collections.abc import Callable

from textual.app import ComposeResult

from branch_console.case_views.deduction import TrackView
from branch_console.locale import t
from screens.cases.deduction.track_form import TrackForm
from screens.cases.desk import cases_of
from screens.gifts.asked import Asked
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.said import Said
from screens.widgets.text_field import TextField


class ProofScreen(TrackForm):
    """Everything may be left empty but not all of it. Of a picture only the hash is kept; it stays where it is."""

    TITLE_MSGID = "deduction.proof.title"
    DO_MSGID = "deduction.proof.do"

    def questions(self) -> ComposeResult:
        """What is known already stands in the fields."""
        proof = self.track.proof
        yield self._question("amount", proof.amount)
        yield self._question("at", proof.at, most=20)
        yield self._question("counterparty", proof.counterparty)
        yield self._question("reference", proof.reference)
        pictures = t("common.list_separator").join(proof.pictures)
        yield self._question("path", "", most=400, hint=pictures or t("deduction.proof.path.hint"))
        answers = PickRow("fraud", [("no", t("gifts.no")), ("yes", t("gifts.yes"))])
        yield Asked("fraud", t("deduction.proof.fraud"), answers)
        yield Said(id="script")

    def _question(self, name: str, value: str, *, most: int = 64, hint: str = "") -> Asked:
        field = TextField(value, id=f"proof-{name}", max_length=most)
        return Asked(name, t(f"deduction.proof.{name}"), field, hint)

    def picked(self) -> None:
        """What to say to somebody who may have been cheated."""
        for script in self.query("#script").results(Said):
            script.say(self.track.proof.script if self._fraud == "yes" else "")

    @property
    def _fraud(self) -> str:
        return next((row.value for row in self.query("#fraud").results(PickRow)), "")

    def work(self) -> Callable[[], TrackView]:
        """Write it down; a field that was not touched says nothing new."""
        before, case, fraud = self.track.proof, self.track.subject, self._fraud
        typed = {name: self.query_one(f"#proof-{name}", TextField).text for name in _FIELDS}
        new = {name: "" if text == getattr(before, name, "") else text for name, text in typed.items()}
        return lambda: cases_of(self).add_proof(
            case, new["amount"], new["at"], new["counterparty"], new["reference"], new["path"], fraud
        )


_FIELDS = ("amount", "at", "counterparty", "reference", "path")
