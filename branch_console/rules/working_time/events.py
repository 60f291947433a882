"""What happens to a case as far as clocks care, brought into one order that does not depend on who wrote it where.

Names: `ClockEvent`, `CLOSING`, `KINDS`, `NEW_FACTS`, `in_order(events, now)`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

# In this order things that bear the same time are taken: a contact before the promise that it ended with, the end of a
# pause before the next one, telling the decision before closing, closing before reopening.
KINDS = (
    "received", "transferred", "contact_in", "contained", "interim_reply", "contact_out", "promised", "resumed",
    "paused", "told", "extended", "notified", "withdrawn", "not_accepted", "merged", "closed", "reopened", "unmerged",
    "review_applied", "review_notified",
)  # fmt: skip
"""Every kind of event that clocks know. `told` is made here, of a pause that the customer was told of later."""

CLOSING = ("notified", "withdrawn", "not_accepted", "merged", "closed")
"""What ends the case for now, and with it all its clocks (Chatwoot #10178: no timer runs after that)."""

NEW_FACTS = "new_facts"
"""Reason of a reopening that makes it a new matter."""

_RANK = {kind: number for number, kind in enumerate(KINDS)}


class ClockEvent(NamedTuple):
    """One event, at the time when it happened (aware). Kinds that clocks do not know are left alone.

    `stage`: of an extension. `reason`: of a pause, the state that the case waits in (e.g. "external_appraisal"); of a
    reopening `NEW_FACTS`, if there are.
    `told`: when the customer was told of a pause or an extension; without it the customer does not know.
    `given`: what else an extension has, e.g. "reason", "superior_approval", "head_approval".
    `until`: of a promise, the moment promised. `clock`: the one clock that an extension is for; "" = all that offer it.
    """

    kind: str
    at: datetime
    stage: int | None = None
    reason: str = ""
    told: datetime | None = None
    given: frozenset[str] = frozenset()
    until: datetime | None = None
    clock: str = ""


def in_order(events: Sequence[ClockEvent], now: datetime) -> list[ClockEvent]:
    """The events up to `now`, in order of time.

    - Nothing happens to a case before it is received: an earlier stamp (a terminal's clock was behind, containing
      came before registering) counts as at the receipt. Only a regulator may have sent it earlier.
    - An extension counts from the moment when the customer was told; a pause of which the customer was told later
      gives an event `told` at that moment.
    - A merge that was undone is left out with its undoing: the clocks ran on.
    """
    received = min((each.at for each in events if each.kind == "received"), default=None)
    found: list[ClockEvent] = []
    for each in events:
        event = each
        if received is not None and event.at < received and event.kind != "transferred":
            event = event._replace(at=received)
        if event.kind == "extended" and event.told is not None:
            event = event._replace(at=max(event.at, event.told))
        found.append(event)
        if event.kind == "paused" and event.told is not None:
            found.append(event._replace(kind="told", at=max(event.at, event.told)))
    known = [each for each in found if each.kind in _RANK and each.at <= now]
    return _without_idle(sorted(known, key=_order))


def _order(event: ClockEvent) -> tuple[datetime, int, str, int, list[str]]:
    return event.at, _RANK[event.kind], event.reason, event.stage or 0, sorted(event.given)


def _without_idle(events: list[ClockEvent]) -> list[ClockEvent]:
    """Without merges that were undone, and without what the customer was told of a pause that was over by then."""
    kept: list[ClockEvent] = []
    pause: ClockEvent | None = None
    for event in events:
        if event.kind == "unmerged":
            merges = [number for number, each in enumerate(kept) if each.kind == "merged"]
            if merges:
                del kept[merges[-1]]
            continue
        if event.kind == "told" and (pause is None or (pause.reason, pause.told) != (event.reason, event.told)):
            continue
        if event.kind in {"paused", "resumed"}:
            pause = event if event.kind == "paused" else None
        kept.append(event)
    return kept
