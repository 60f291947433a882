"""From a case to what its clocks run on: the events of its timeline, as `working_time` takes them."""

from branch_console.rules.cases.record import Event
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import parse_at
from branch_console.rules.working_time.events import ClockEvent


def clock_events(state: CaseState) -> tuple[ClockEvent, ...]:
    """All that happened to the case's clocks, in the order of its timeline.

    It is received when the earliest of the cases that were merged into it was: merging buys no time. A moment that
    cannot be read (a terminal that wrote nonsense) is left out; the case is never later than its entries say.
    """
    received = next(iter(_received(state)), None)
    found: list[ClockEvent] = []
    for event in (each for item in state.timeline for each in item.events):
        made = _event(event)
        if made is None:
            continue
        if made.kind == "received" and received is not None:
            made = made._replace(at=_moment(received))
        found.append(made)
    return tuple(found)


def clock_facts(state: CaseState) -> dict[str, str]:
    """What a policy may choose its sets of clocks by, when the case is registered (and again when it is retyped)."""
    facts = {"kind": state.kind, "source": state.source}
    if state.codes is not None:
        facts["reason"], facts["category"] = state.codes.reason, state.codes.category
    if state.regulator is not None:
        facts["source"] = state.regulator.body
    return facts


def _received(state: CaseState) -> list[str]:
    own = [each.at for item in state.timeline for each in item.events if each.kind == "received"]
    joined = [each.received_at for each in state.joined if not each.parted]
    return sorted((each for each in own + joined if _readable(each)), key=_moment) if own else []


def _event(event: Event) -> ClockEvent | None:
    if not _readable(event.at):
        return None
    return ClockEvent(
        kind=event.kind,
        at=_moment(event.at),
        stage=event.stage,
        reason=event.reason,
        told=_moment(event.told) if event.told is not None and _readable(event.told) else None,
        given=frozenset(event.given),
        until=_moment(event.until) if event.until is not None and _readable(event.until) else None,
        clock=event.clock,
    )


_moment = parse_at


def _readable(at: str) -> bool:
    try:
        return parse_at(at).tzinfo is not None
    except ValueError:
        return False
