"""Contacts with the customer, notes, and who is to know: every contact ends with the next promise or a decision."""

from branch_console.desk.cases.working_part import Working
from branch_console.rules.canonical import Json


def contact_out(work: Working) -> None:
    """We turned to the customer, and reached them or not."""
    work.write("case.contact_out", {**_contact(work), "reached": work.said.one("reached") != "no"})


def contact_in(work: Working) -> None:
    """The customer turned to us."""
    work.write("case.contact_in", _contact(work))


def interim_replied(work: Working) -> None:
    """The customer was told how far the matter is."""
    said = work.said
    data: dict[str, Json] = {"way": said.picked("way"), "text": said.needed("text", "text_missing", most=2000)}
    work.write("case.interim_replied", {**data, "promise": said.promise()})


def noted(work: Working) -> None:
    """Something that colleagues are to know."""
    work.write("case.noted", {"text": work.said.needed("text", "text_missing", most=2000)})


def escalated(work: Working) -> None:
    """It is known higher up."""
    said = work.said
    level = said.picked("level")
    work.write(
        "case.escalated",
        {
            "level": int(level) if level.isdigit() else 1,
            "to": said.one("to") or None,
            "reason": said.needed("reason"),
        },
    )


def assigned(work: Working) -> None:
    """Somebody else is to handle it."""
    work.write("case.assigned", {"to": work.said.picked("to"), "reason": work.said.text("reason", most=500) or None})


def accepted(work: Working) -> None:
    """Whoever works here handles it, and declares to have no interest in the matter."""
    work.write("case.accepted", {"no_interest": work.said.ticked("no_interest")})


def paused(work: Working) -> None:
    """Work waits."""
    said = work.said
    work.write(
        "case.paused",
        {
            "why": said.picked("why"),
            "note": said.needed("note"),
            "told": said.ticked("told"),
            "basis": said.text("basis", most=500) or None,
            "until": said.day("until"),
        },
    )


def resumed(work: Working) -> None:
    """Work goes on."""
    work.write("case.resumed", {"note": work.said.text("note") or None})


def _contact(work: Working) -> dict[str, Json]:
    said = work.said
    ends = said.picked("ends_with")
    return {
        "way": said.picked("way"),
        "text": said.needed("text", "text_missing", most=2000),
        "ends_with": ends,
        "promise": said.promise() if ends != "decision" else None,
    }
