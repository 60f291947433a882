"""What may be said of a freeze, and when a person is needed: a request that waited too long is never just carried out.

The only word for "frozen" is the core's, brought by central. Everything else says what was asked, and what was not.
"""

from datetime import datetime
from typing import Literal, TypeAlias

from branch_console.rules.cases.record import Containment
from branch_console.rules.cases.states import CaseState
from branch_console.rules.gifts.marking import passed
from branch_console.rules.journal import format_at

Standing: TypeAlias = Literal["none", "called", "queued", "requested", "confirmed", "failed", "expired"]


def standing(state: CaseState, now: datetime) -> Standing:
    """What the screen and the slip may say of the case's containment now; words are in the catalogues.

    `called`: nothing was asked of the core, the customer called the hotline. `queued`: not sent yet, no network.
    `expired`: nobody acts on it any more, a person must decide whether it is asked again.
    """
    if not state.containments:
        return "called" if any(each.answered for each in state.calls) else "none"
    if any(each.status == "confirmed" for each in state.containments):
        return "confirmed"
    return status(state.containments[-1], now)


def status(request: Containment, now: datetime) -> Standing:
    """What became of one request by now."""
    if request.status in {"requested", "queued"} and passed(format_at(now), request.expires_at):
        return "expired"
    return {
        "requested": "requested", "queued": "queued", "confirmed": "confirmed", "failed": "failed",
    }.get(request.status, "expired")  # type: ignore[return-value]  # fmt: skip


def may_carry_out(request: Containment, now: datetime) -> bool:
    """Whether central may pass the request to the core now: in its time, and not settled in any way yet."""
    early = not passed(format_at(now), request.not_before) and format_at(now) != request.not_before
    return not early and status(request, now) in {"requested", "queued"}


def needs_person(state: CaseState, now: datetime) -> list[Containment]:
    """The requests that failed or expired and that nobody has asked anew or that the core has not done since."""
    if standing(state, now) == "confirmed" or state.ended:
        return []
    renewed = {each.renews for each in state.containments}
    return [
        each for each in state.containments if status(each, now) in {"failed", "expired"} and each.entry not in renewed
    ]
