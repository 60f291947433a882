"""Asking for a rating after a journey or a closed case."""

from branch_console.case_views.feedback import RatingView
from branch_console.desk.cases import rating
from branch_console.desk.cases.core import CaseCounter
from branch_console.locale import language, t
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.masking import mask_name
from branch_console.rules.roles import allowed
from branch_console.services.cases.counter import CaseOffice


class RatingDesk:
    """The part of the case desk at which a customer says how it was."""

    _office: CaseOffice

    def rating(self, about: str) -> RatingView:
        """Whether and how a journey or case may be rated."""
        counter = self._office.counter()
        counter.require("case.read")
        thing, so_far = rating.rated_thing(counter.store, about), rating.standing(counter.store, about)
        rows = counter.reference.codes("case_topics", "rating")
        return RatingView(
            about=about,
            what=_what(thing),
            reasons=tuple((row.code, row.label.get(language())) for row in rows),
            score=0 if so_far.counted is None else so_far.counted.score,
            given=len(so_far.revisions),
            why_not=_why_not(counter, thing),
        )

    def rate(self, about: str, score: int, reasons: tuple[str, ...], text: str, by: str) -> None:
        """Write the customer's word down."""
        rating.rate(self._office.counter(), about, score, reasons, text, by)


def _what(thing: JourneyState | CaseState) -> str:
    if isinstance(thing, CaseState):
        return t("feedback.rated.case", number=thing.number)
    return t("feedback.rated.journey", name=mask_name(thing.name) if thing.name else "")


def _why_not(counter: CaseCounter, thing: JourneyState | CaseState) -> str:
    role = counter.desk.role
    if not allowed(role, "rating.give"):
        return t(f"error.{RuleError('role_may_not').code}", role=role, action="rating.give")
    return "" if rating.over(thing) else t("error.rating_too_early")
