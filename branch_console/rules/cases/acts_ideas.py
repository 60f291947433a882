"""Whether an act on a suggestion or a rating is allowed."""

from branch_console.rules.cases.desk import Desk, check_approver, known_code, written
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.rating_entries import RatingGiven
from branch_console.rules.cases.states import CaseState, RatingState
from branch_console.rules.cases.suggestion_entries import (
    SuggestionAdopted,
    SuggestionDeclined,
    SuggestionDone,
    SuggestionEvaluated,
    SuggestionRewarded,
    SuggestionSupported,
    SuggestionTold,
)
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.roles import require


def check_evaluate(desk: Desk, state: CaseState, data: SuggestionEvaluated) -> None:
    """Raise unless something is said about it."""
    del desk, state
    written(data.note, "note")


def check_answer(desk: Desk, state: CaseState, data: SuggestionAdopted | SuggestionDeclined) -> None:
    """Raise unless the answer has its reason, and does not come from who had the idea."""
    written(data.reason, "reason", "reason_missing")
    if state.who == "staff" and state.registered_by == desk.staff:
        raise RuleError("idea_own")


def check_done(desk: Desk, state: CaseState, data: SuggestionDone) -> None:
    """Raise unless it is said what was changed."""
    del desk, state
    written(data.what, "what")


def check_told(desk: Desk, state: CaseState, data: SuggestionTold) -> None:
    """Raise unless the submitter is told; where nobody is known, the board says it."""
    del desk
    written(data.text, "text")
    if state.who == "anonymous" and data.way != "board":
        raise FieldError("way", "idea_anonymous")


def check_support(desk: Desk, state: CaseState, data: SuggestionSupported) -> None:
    """Raise when somebody who is known supports it twice, or the submitter their own idea."""
    del desk
    if data.key is None:
        return
    if data.key in state.supporters:
        raise RuleError("supported_already")
    if state.customer is not None and data.key in state.customer.keys.values():
        raise RuleError("idea_own")


def check_reward(desk: Desk, state: CaseState, data: SuggestionRewarded) -> None:
    """Raise unless the idea is adopted, not rewarded yet, within the caps, and approved by neither maker nor author."""
    if state.rewards:
        raise RuleError("rewarded_already")
    if state.idea_owner is None:
        raise RuleError("idea_not_adopted")
    if data.act.partition("/")[0] not in {"claim", "stock"}:
        raise RuleError("reward_act_unknown")
    check_approver(desk, state, data.approver, needed=True)
    if state.who == "staff" and state.registered_by in {data.approver, desk.staff}:
        raise RuleError("idea_own")
    if data.value_fen > limit(desk.reference, "idea_reward_one"):
        raise RuleError("reward_too_high")
    if desk.rewarded_fen + data.value_fen > limit(desk.reference, "idea_reward_month"):
        raise RuleError("reward_month_full")


def check_rating(desk: Desk, state: RatingState | None, data: RatingGiven) -> None:
    """Raise unless what is rated is over, and the word is the next: a second one is a revision, never a replacement."""
    require(desk.role, "rating.give")
    if not desk.ended:
        raise RuleError("rating_too_early")
    if state is not None and state.about and state.about != data.about:
        raise RuleError("rating_differs")
    if data.revision != (len(state.revisions) if state is not None else 0) + 1:
        raise RuleError("rating_revision", revision=(len(state.revisions) if state is not None else 0) + 1)
    for code in data.reasons:
        known_code(desk, "case_topics", code, use="rating", name="reasons")
