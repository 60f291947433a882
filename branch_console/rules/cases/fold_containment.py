"""Folding containment: what was asked, and what the core said. No terminal's word makes a wallet frozen."""

from branch_console.rules.cases.containment_entries import (
    ContainmentConfirmed,
    ContainmentExpired,
    ContainmentFailed,
    ContainmentRequested,
    HotlineCalled,
)
from branch_console.rules.cases.record import Containment, Event, HotlineCall
from branch_console.rules.cases.together import Turn, mark
from branch_console.rules.gifts.marking import CENTRAL, passed


def requested(turn: Turn, data: ContainmentRequested) -> None:
    """A request made without the network waits for it; it was not even heard yet."""
    turn.item.detail = {"measure": data.measure, "expires_at": data.expires_at}
    status = "requested" if data.online else "queued"
    turn.state.containments.append(
        Containment(
            turn.entry.id, data.measure, data.wallet, data.not_before, data.expires_at, status,
            turn.entry.staff, turn.entry.at, data.renews,
        )
    )  # fmt: skip


def confirmed(turn: Turn, data: ContainmentConfirmed) -> None:
    """Only central speaks for the core. What the core did after the request had expired happened, and is marked."""
    if not turn.entry.terminal.startswith(CENTRAL):
        mark(turn, "not_central")
        return
    found = _request(turn, data.request)
    turn.item.detail = {"done_at": data.done_at, "reference": data.reference}
    if found is None:
        return
    if passed(data.done_at, found.expires_at):
        mark(turn, "contained_late")
    found.status, found.done_at, found.reference, found.why = "confirmed", data.done_at, data.reference, None
    turn.item.events.append(Event("contained", turn.entry.at))


def failed(turn: Turn, data: ContainmentFailed) -> None:
    """A failure does not take back what the core has done; whoever must look sees the mark."""
    found = _request(turn, data.request)
    turn.item.text, turn.item.detail = data.note, {"why": data.why}
    if found is None:
        return
    if found.status == "confirmed":
        mark(turn, "contained_already")
        return
    found.status, found.why = "failed", data.why


def expired(turn: Turn, data: ContainmentExpired) -> None:
    """Nobody acts on it any more."""
    found = _request(turn, data.request)
    if found is not None and found.status in {"requested", "queued"}:
        found.status = "expired"


def hotline_called(turn: Turn, data: HotlineCalled) -> None:
    """What the customer was told on the telephone stands as that: their word, with the hotline's reference."""
    turn.item.detail = {"number": data.number, "called_at": data.called_at, "reference": data.reference}
    turn.state.calls.append(
        HotlineCall(
            turn.entry.id, data.hotline, data.number, data.called_at, data.answered, data.reference, data.said_done
        )
    )


def _request(turn: Turn, name: str) -> Containment | None:
    found = next((each for each in turn.state.containments if each.entry == name), None)
    if found is None:
        mark(turn, "request_unknown")
    return found
