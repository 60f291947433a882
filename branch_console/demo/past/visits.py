"""Customers of the past, with as few entries as tell the truth: a step that was done is one entry, with its time.

Nothing about a person is in them, as in journeys whose data has been erased; each says so itself at its end.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from branch_console.demo.past.gifts import look_for_gifts
from branch_console.demo.past.journal import Pages
from branch_console.demo.past.shop import Shop
from branch_console.rules.canonical import Json
from branch_console.rules.cases.rating_entries import rating_subject
from branch_console.rules.journal import Data
from branch_console.rules.journey_entries import Target
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.planning import PlannedStep, plan

_TARGETS: Final[Mapping[Target, float]] = {"II": 0.52, "III": 0.16, "IV": 0.32}
_SEGMENTS: Final[Mapping[str, float]] = {
    "general": 0.34, "young": 0.24, "senior": 0.16, "merchant": 0.14, "conservative": 0.08, "foreigner": 0.04,
}  # fmt: skip
_DROPS: Final[Mapping[str, tuple[float, tuple[str, ...]]]] = {
    "fraud_gate": (0.012, ("suspected_fraud", "only_asking")),
    "device": (0.03, ("os_too_old", "only_asking")),
    "consent": (0.012, ("declined",)),
    "official_app": (0.015, ("technical", "no_time")),
    "identity": (0.025, ("no_id", "no_time")),
    "bind_card": (0.17, ("no_time", "no_time", "customer_left", "declined", "technical")),
}
"""By step: how many give up there, and why. Binding a card is where a wallet of class II is lost."""
_SKIPPED: Final[Mapping[str, float]] = {"first_use": 0.3, "gift": 0.55, "feedback": 0.6, "security": 0.08}
_SECONDS: Final = 45
"""Of a step without a target time."""
_RATED: Final = 0.32
_SCORES: Final[Mapping[int, float]] = {5: 0.56, 4: 0.28, 3: 0.09, 2: 0.04, 1: 0.03}


def visit(shop: Shop, came: datetime) -> None:
    """One customer who came at that moment, to the end or to where they gave up. What would be later is left out."""
    rng, place = shop.rng, shop.at()
    pages, staff = shop.pages[place], rng.choice(shop.guides)
    (target,) = rng.choices(list(_TARGETS), list(_TARGETS.values()))
    subject = f"journey/{pages.name(came)}"
    flow: Data = {"id": shop.flow.id, "version": shop.flow.version}
    pages.write(came, staff, "journey.started", subject, {"flow": flow, "target": target, "name": None})
    moment = _walk(shop, pages, staff, subject, target, came)
    if moment is None:
        return
    pages.write(moment, staff, "journey.finished", subject, {"wallet_class": target})
    _nothing_kept(pages, subject, moment)
    _rate(shop, pages, subject, moment)
    look_for_gifts(shop, place, staff, moment + timedelta(seconds=70))


def _walk(shop: Shop, pages: Pages, staff: str, subject: str, target: Target, moment: datetime) -> datetime | None:
    """Step by step; when the last one was done, None for who gave up or is still here."""
    rng = shop.rng
    (segment,) = rng.choices(list(_SEGMENTS), list(_SEGMENTS.values()))
    for number, planned in enumerate(_path(shop, target)):
        step = planned.step.id
        moment += timedelta(seconds=rng.uniform(3, 15))
        seconds = (planned.target_seconds or _SECONDS) * rng.uniform(0.55, 1.5)
        end = moment + timedelta(seconds=seconds)
        if end + timedelta(seconds=20) >= shop.now:
            return None
        share, reasons = _DROPS.get(step, (0.0, ()))
        if rng.random() < share:
            pages.write(moment, staff, "journey.step_started", subject, {"step": step})
            given_up: Data = {"step": step, "reason": rng.choice(reasons), "note": None}
            pages.write(end, staff, "journey.abandoned", subject, given_up)
            _nothing_kept(pages, subject, end)
            return None
        if number == 0:
            answers: Data = {"step": step, "answers": {"segment": segment}}
            pages.write(moment, staff, "journey.answered", subject, answers)
        _leave(shop, pages, staff, subject, planned, end, int(seconds * 1000))
        moment = end
    return moment + timedelta(seconds=5)


def _leave(shop: Shop, pages: Pages, staff: str, subject: str, planned: PlannedStep, end: datetime, spent: int) -> None:
    """The outcome of a step, with the time that it took."""
    step = planned.step.id
    times: Data = {"active_ms": spent, "away_ms": 0}
    if planned.step.skip_reasons and shop.rng.random() < _SKIPPED.get(step, 0.0):
        skipped: Data = {"step": step, "reason": shop.rng.choice(planned.step.skip_reasons), "note": None, **times}
        pages.write(end, staff, "journey.step_skipped", subject, skipped)
    else:
        pages.write(end, staff, "journey.step_done", subject, {"step": step, **times})


def _path(shop: Shop, target: Target) -> list[PlannedStep]:
    """The steps that the flow asks for on the way to a wallet of that class, but for the counter."""
    state = JourneyState(flow_id=shop.flow.id, flow_version=shop.flow.version, target=target, started_at="")
    steps = plan(shop.flow, state).steps
    return [each for each in steps if each.requirement != "-" and not each.step.hand_over]


def _nothing_kept(pages: Pages, subject: str, moment: datetime) -> None:
    """An erasure that names nothing: there is nothing of a person here, so no terminal has anything to erase."""
    later = moment + timedelta(milliseconds=500)
    pages.write(later, None, "data.erased", subject, {"entries": [], "why": "retention", "confirmed_by": None})


def _rate(shop: Shop, pages: Pages, subject: str, moment: datetime) -> None:
    """Some say how it was."""
    rng = shop.rng
    if rng.random() >= _RATED:
        return
    (score,) = rng.choices(list(_SCORES), list(_SCORES.values()))
    reasons: list[Json] = ["queueing"] if score < 4 else [rng.choice(("staff", "explanation", "gifts"))]
    said: Data = {"about": subject, "score": score, "reasons": reasons, "text": "", "by": "customer", "revision": 1}
    pages.write(moment + timedelta(seconds=40), None, "rating.given", rating_subject(subject), said)
