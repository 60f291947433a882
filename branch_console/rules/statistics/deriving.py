"""From folded states of journeys and ratings to the rows that figures count."""

from datetime import datetime

from branch_console.rules.cases.states import RatingState
from branch_console.rules.journey_state import JourneyState, StepState
from branch_console.rules.statistics.facts import JourneyFact, RatingFact, StepFact
from branch_console.rules.statistics.instants import Days

FIRST_USE = "first_use"
"""The flow's step at which the wallet is used for the first time, as in `desk/gifts/journey_facts.py`."""


def journey_fact(
    subject: str, state: JourneyState, days: Days, *, confirmed: str | datetime | None = None
) -> JourneyFact:
    """One journey. `confirmed`: when central confirmed the wallet, which is the store's to know."""
    used = state.steps.get(FIRST_USE)
    done = used if used is not None and used.status == "done" else None
    finished = days.instant(state.finished_at)
    return JourneyFact(
        subject=subject,
        branch=state.branch or "",
        terminal=state.terminal or "",
        started=days.instant(state.started_at),
        started_by=state.started_by,
        target=state.target or "",
        segment=state.segment or "",
        wallet_class=state.wallet_class or "",
        wallet=wallet_of(subject, state),
        holder=state.holder,
        status=state.status,
        finished=finished,
        confirmed=days.instant(confirmed),
        first_use=days.instant(done.at) if done is not None else None,
        first_use_by=done.staff if done is not None else None,
        abandoned=days.instant(state.abandoned_at),
        abandoned_reason=state.abandoned_reason or "",
        last_step=_last_step(state) if state.status == "abandoned" else "",
    )


def wallet_of(subject: str, state: JourneyState) -> str:
    """What the wallet is recognised by. Its number is kept masked only, so the holder's keyed hash stands beside it.

    The phone's hash first: it is asked of everybody, the document's only of some.
    """
    key = _key(state, "phone") or _key(state, "document")
    return f"{state.wallet_masked}|{key}" if state.wallet_masked and key else subject


def step_facts(subject: str, state: JourneyState, days: Days) -> tuple[StepFact, ...]:
    """The steps of a journey in the order in which they were first on screen."""
    cohort = days.instant(state.started_at)
    return tuple(
        StepFact(
            subject=subject,
            step=name,
            cohort=cohort,
            started=days.instant(step.started_at),
            ended=days.instant(step.at) if step.status != "in_progress" else None,
            status=step.status,
            reason=step.reason or "",
            staff=step.staff,
            target=state.target or "",
            segment=state.segment or "",
            active_ms=step.active_ms,
        )
        for name, step in state.steps.items()
    )


def rating_fact(subject: str, state: RatingState, days: Days) -> RatingFact | None:
    """The last word; None where there is none (any more)."""
    last = state.counted
    if last is None:
        return None
    return RatingFact(subject, state.about, last.score, days.instant(last.at), last.by, last.staff)


def _key(state: JourneyState, field: str) -> str | None:
    """The keyed hash that was answered in the field of that name."""
    for step in state.steps.values():
        answer = step.answers.get(field)
        if isinstance(answer, dict):
            return answer["key"]
    return None


def _last_step(state: JourneyState) -> str:
    """Where it stood: the step that was under way, else the one that was touched last."""
    touched = [(step.status == "in_progress", _at(step), number) for number, step in enumerate(state.steps.values())]
    return list(state.steps)[max(touched)[2]] if touched else ""


def _at(step: StepState) -> str:
    return step.at or step.started_at or ""
