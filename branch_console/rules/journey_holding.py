"""Folding who holds a journey: pause, interruption, hand-over and take-over.

Of two sides that both took the journey, the first in the total order holds it; the other is marked.
"""

from collections.abc import Callable
from typing import Any

from branch_console.rules.journal import Entry
from branch_console.rules.journey_entries import (
    HandOverAccepted,
    HandOverDeclined,
    HandOverOffered,
    HandOverWithdrawn,
    Interrupted,
    InterruptionResolved,
    Paused,
    Resumed,
    TakenOver,
)
from branch_console.rules.journey_marks import allowed, mark
from branch_console.rules.journey_state import InterruptionState, JourneyState, OfferState


def _interrupted(state: JourneyState, entry: Entry, data: Interrupted) -> None:
    if allowed(state, entry, interrupted=True):
        state.status = "interrupted"
        state.offer = None
        state.interruption = InterruptionState(data.step, data.rule, data.reason, entry.staff, entry.at)


def _interruption_resolved(state: JourneyState, entry: Entry, data: InterruptionResolved) -> None:
    if not allowed(state, entry, interrupted=True):
        return
    waiting = state.interruption
    if state.status != "interrupted" or waiting is None:
        mark(state, entry, "no_interruption")
        return
    if data.outcome == "continue" and data.approved_by is not None and data.approved_by == state.holder:
        mark(state, entry, "approved_alone")
    waiting.outcome, waiting.note, waiting.approved_by = data.outcome, data.note, data.approved_by
    if data.outcome == "continue":
        state.status = "running"
        state.cleared = [*(rule for rule in state.cleared if rule != waiting.rule), waiting.rule]
    else:
        state.status, state.abandoned_reason, state.abandoned_at = "abandoned", waiting.reason, entry.at
        state.current = None


def _paused(state: JourneyState, entry: Entry, data: Paused) -> None:
    if allowed(state, entry):
        if state.status == "running":
            state.status = "paused"
        state.current = data.step or state.current


def _resumed(state: JourneyState, entry: Entry, data: Resumed) -> None:
    del data
    if allowed(state, entry) and state.status == "paused":
        state.status = "running"


def _offered(state: JourneyState, entry: Entry, data: HandOverOffered) -> None:
    if not allowed(state, entry):
        return
    if state.status == "interrupted":  # only a decision ends an interruption
        return
    state.status = "offered"
    state.offer = OfferState(
        id=entry.id,
        to=data.to,
        staff=data.staff,
        reason=data.reason,
        note=data.note,
        queue_number=data.queue_number,
        offered_by=entry.staff,
        terminal=entry.terminal,
        at=entry.at,
    )


def _open_offer(state: JourneyState, entry: Entry, offer: str) -> OfferState | None:
    """The offer that an answer is about; marks an answer that comes too late."""
    if state.ended:
        mark(state, entry, "after_end")
        return None
    if state.offer is None or state.offer.id != offer:
        mark(state, entry, "no_offer")
        return None
    return state.offer


def _accepted(state: JourneyState, entry: Entry, data: HandOverAccepted) -> None:
    offer = _open_offer(state, entry, data.offer)
    if offer is None:
        return
    if offer.staff is not None and offer.staff != entry.staff:
        mark(state, entry, "not_addressee")
        return
    if offer.to == "counter":
        state.counter_staff = [staff for staff in (entry.staff, data.second_staff) if staff is not None]
    _take(state, entry)


def _declined(state: JourneyState, entry: Entry, data: HandOverDeclined | HandOverWithdrawn) -> None:
    if _open_offer(state, entry, data.offer) is not None:
        state.offer, state.status = None, "running"


def _taken_over(state: JourneyState, entry: Entry, data: TakenOver) -> None:
    if state.ended:
        mark(state, entry, "after_end")
    elif data.from_staff != state.holder:
        mark(state, entry, "holder_changed")
    else:
        _take(state, entry)


def _take(state: JourneyState, entry: Entry) -> None:
    """Make the writer of `entry` the holder. An interruption stays until it is resolved."""
    state.holder, state.holder_terminal, state.offer = entry.staff, entry.terminal, None
    if state.status in {"offered", "paused"}:
        state.status = "running"


HOLDING_ACTS: dict[str, Callable[[JourneyState, Entry, Any], None]] = {
    "journey.interrupted": _interrupted,
    "journey.interruption_resolved": _interruption_resolved,
    "journey.paused": _paused,
    "journey.resumed": _resumed,
    "journey.hand_over_offered": _offered,
    "journey.hand_over_accepted": _accepted,
    "journey.hand_over_declined": _declined,
    "journey.hand_over_withdrawn": _declined,
    "journey.taken_over": _taken_over,
}
