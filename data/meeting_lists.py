"""What feedback meetings agreed: read from the states themselves, because a branch has a few dozen of them a year."""

from typing import NamedTuple

from branch_console.rules.feedback.meetings import MEETING, ActionState
from data.reading import Reading

_AGREED = "SELECT subject, body FROM state WHERE subject >= 'meeting/' AND subject < 'meeting0'"


class Agreed(NamedTuple):
    """An action and its subject."""

    subject: str
    state: ActionState


def actions(source: Reading) -> list[Agreed]:
    """All actions that were agreed, by the day until which they were to be done."""
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_AGREED).all()
    found = [Agreed(subject, MEETING.load(body)) for subject, body in rows]
    return sorted((each for each in found if each.state.what), key=lambda each: (each.state.due, each.subject))
