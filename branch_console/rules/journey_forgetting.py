"""What is about a person in a journey's entries, and what stays when it is erased: steps, times, outcomes, reasons.

Reasons are codes of the bank's tables, and a segment is a group of customers; figures count both. What was typed, the
name, and every number go.
"""

from collections.abc import Iterable
from typing import Final

from branch_console.rules.canonical import Json
from branch_console.rules.journal import Data, Entry

IMPERSONAL: Final = frozenset(
    {
        "journey.step_started",
        "journey.step_done",
        "journey.step_reopened",
        "journey.target_changed",
        "journey.paused",
        "journey.resumed",
        "journey.hand_over_accepted",
        "journey.hand_over_declined",
        "journey.hand_over_withdrawn",
        "journey.taken_over",
        "journey.finished",
        "consent.given",
        "consent.withdrawn",
        "field.revealed",
        "data.erased",
    }
)
"""Types that hold no customer's data. Every other type, also one that this version does not know, is erased."""

_PERSONAL: Final[dict[str, tuple[str, ...]]] = {
    "journey.started": ("name",),
    "journey.step_skipped": ("note",),
    "journey.step_failed": ("note",),
    "journey.interrupted": (),
    "journey.interruption_resolved": ("note",),
    "journey.hand_over_offered": ("note", "queue_number"),
    "journey.abandoned": ("note",),
}
"""Types of which all stays but these members, which become null."""
_ANSWERED: Final = "journey.answered"
_ANSWERS_KEPT: Final = frozenset({"segment"})
"""Fields of which the answer is no person's: a code of many customers."""


def erasure(entries: Iterable[Entry]) -> list[Json]:
    """The places that a `data.erased` entry names to erase these entries' person, with what stays of each.

    What holds nobody's data, or no data any more, is left out. All entries must be of one journey.
    """
    named: list[Json] = []
    for entry in entries:
        if entry.data is None or entry.type in IMPERSONAL:
            continue
        place: dict[str, Json] = {"terminal": entry.terminal, "seq": entry.seq}
        stays = without_person(entry)
        named.append(place if stays is None else {**place, "kept": stays})
    return named


def without_person(entry: Entry) -> Data | None:
    """The entry's data without the person, in the form that its schema asks for; None when nothing is to stay."""
    data = entry.data
    if data is None:
        return None
    if entry.type == _ANSWERED:
        answers = data.get("answers")
        said = answers.items() if isinstance(answers, dict) else ()
        stay = {name: answer for name, answer in said if name in _ANSWERS_KEPT and isinstance(answer, str)}
        return {**data, "answers": stay}
    personal = _PERSONAL.get(entry.type)
    if personal is None:
        return None
    return {name: None if name in personal else value for name, value in data.items()}
