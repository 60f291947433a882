"""Who holds a journey: pause, hand-over, take-over, interruption."""

from branch_console.desk.desk import Desk, journey_in, write, written
from branch_console.desk.journeys import go_on
from branch_console.rules.errors import RuleError
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.roles import Action, allowed
from branch_console.rules.staff import Role
from data.act import Act


def pause(desk: Desk, subject: str, reason: str) -> None:
    """Stop for a while; the journey goes on at the same step. Raises RuleError."""
    with desk.act() as act:
        current = journey_in(act, subject).current
        write(desk, act, subject, "journey.paused", {"step": current, "reason": reason})


def resume(desk: Desk, subject: str) -> None:
    """Go on with a paused journey. Raises RuleError."""
    with desk.act() as act:
        write(desk, act, subject, "journey.resumed", {})
        if journey_in(act, subject).current is None:
            go_on(desk, act, subject)


def offer(desk: Desk, subject: str, to: str, staff: str | None, reason: str, note: str, queue_number: str) -> None:
    """Offer the journey to a colleague (None: anybody of the branch) or to the counter. Raises RuleError."""
    with desk.act() as act:
        write(
            desk,
            act,
            subject,
            "journey.hand_over_offered",
            {
                "to": to,
                "staff": staff,
                "reason": reason,
                "note": written(note),
                "queue_number": written(queue_number),
            },
        )


def accept(desk: Desk, subject: str) -> None:
    """Take a journey that is offered to this person. Raises RuleError."""
    with desk.act() as act:
        write(desk, act, subject, "journey.hand_over_accepted", {"offer": _offer_id(act, subject)})
        go_on(desk, act, subject)


def accept_at_counter(desk: Desk, subject: str, second_staff: str, password: str) -> None:
    """Take a journey at the counter, with a second member of staff who proves their presence by password.

    Raises RuleError, and what a wrong password raises.
    """
    _second(desk, second_staff, password, "journey.accept_at_counter")
    with desk.act() as act:
        write(
            desk,
            act,
            subject,
            "journey.hand_over_accepted",
            {"offer": _offer_id(act, subject), "second_staff": second_staff},
        )
        go_on(desk, act, subject)


def decline(desk: Desk, subject: str, reason: str) -> None:
    """Turn an offer down; the journey stays with its holder. Raises RuleError."""
    with desk.act() as act:
        write(desk, act, subject, "journey.hand_over_declined", {"offer": _offer_id(act, subject), "reason": reason})


def withdraw_offer(desk: Desk, subject: str) -> None:
    """Take one's own offer back. Raises RuleError."""
    with desk.act() as act:
        write(desk, act, subject, "journey.hand_over_withdrawn", {"offer": _offer_id(act, subject), "reason": None})


def take_over(desk: Desk, subject: str, reason: str) -> None:
    """Take a journey of a colleague, here or at another terminal, without an offer. Raises RuleError."""
    with desk.act() as act:
        holder = journey_in(act, subject).holder
        write(desk, act, subject, "journey.taken_over", {"from_staff": holder, "reason": reason})
        go_on(desk, act, subject)


def resolve_interruption(desk: Desk, subject: str, outcome: str, note: str, supervisor: str, password: str) -> None:
    """Decide about an interrupted journey. Going on may need a supervisor, who unlocks here and is not the holder.

    Raises RuleError, and what a wrong password raises.
    """
    roles: dict[str, Role] = {}
    if outcome == "continue" and supervisor:
        roles[supervisor] = _second(desk, supervisor, password, "journey.clear_interruption")
    with desk.act() as act:
        write(
            desk,
            act,
            subject,
            "journey.interruption_resolved",
            {"outcome": outcome, "note": written(note), "approved_by": next(iter(roles), None)},
            roles,
        )
        if outcome == "continue":
            go_on(desk, act, subject)


def _second(desk: Desk, staff: str, password: str, action: Action) -> Role:
    """The role of the second person: somebody else, with the right password, who may do it. Raises RuleError."""
    if staff == desk.staff:
        raise RuleError("second_person_same")
    role = desk.second_person(staff, password)
    if not allowed(role, action):
        raise RuleError("second_person_role")
    return role


def _offer_id(act: Act, subject: str) -> str:
    state: JourneyState = journey_in(act, subject)
    if state.offer is None:
        raise RuleError("offer_none")
    return state.offer.id
