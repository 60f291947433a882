"""What is about a person in the entries of a case, and what stays when it is erased: clocks, codes, statistics.

Every member that stays is named here; one that is not goes.
"""

from collections.abc import Iterable, Mapping

from branch_console.rules.canonical import Json
from branch_console.rules.journal import Data, Entry

# What replaces what people said and who they are, in the form that the schema asks for.
_EMPTIED: dict[str, Json] = {
    "basis": "-",
    "caption": "",
    "customer": {"how": "anonymous", "keys": {}},
    "facts": "-",
    "key": None,
    "note": None,
    "of": None,
    "other": None,
    "proxy": None,
    "reason": "-",
    "rectification": None,
    "reference": "",
    "result": "",
    "text": "",
    "token": None,
    "wallet": "",
    "what": "-",
}
_INSTEAD: dict[tuple[str, str], Json] = {
    ("case.assigned", "reason"): None,
    ("case.noted", "text"): "-",
    ("case.paused", "note"): "-",
    ("case.review_applied", "reference"): None,
    ("case.step_checked", "reason"): None,
}
"""Where an entry's schema asks for another form than usual."""
_INSIDE: dict[str, dict[str, Json]] = {
    "told": {"text": ""},
    "transaction": {"reference": "", "counterparty": "", "key": None},
    "regulator": {"reference": ""},
}
"""What is taken out of a member that stays otherwise."""
_WHOLE_REASONS = frozenset({"case.not_accepted"})
"""Entries whose reason is a code."""
STAYS = frozenset(
    {
        "about", "act", "after", "answered", "approval", "approver", "branch", "by", "called_at", "clock", "clock_sets",
        "codes", "contact", "done", "done_at", "due", "ends_with", "entry", "expires_at", "fast_track", "form",
        "form_opened_at", "group_size", "hotline", "into", "kind", "language", "level", "marks", "measure", "merge",
        "month", "new_facts", "no_interest", "not_before", "number", "offline", "online", "outcome", "owner",
        "printed_at", "policy", "calendar", "product", "promise", "promises", "reached", "reasons", "received_at",
        "redress", "regulator", "remedies", "remedies_told", "renews", "request", "revision", "root_cause", "said_done",
        "same_customer", "saved_at", "score", "seconds", "sha256", "size", "slip", "source", "staff", "stage",
        "step", "to", "told", "told_at", "told_way", "topic", "transaction", "types", "until", "value_fen",
        "vulnerable", "want", "way", "who", "why", "written",
    }
)  # fmt: skip
"""Members that say nothing of a customer, and those of which only a part is taken out."""
_KINDS = frozenset({"case", "rating"})
ABOUT_PEOPLE = ("case/", "rating/")
"""How the subjects begin of which every entry may hold something of a customer."""


def erasure(entries: Iterable[Entry]) -> list[Json]:
    """The places that a `data.erased` entry names to erase these entries' persons, with what stays of each.

    All entries must be of one case or one rating. Of who supports an idea only that it is somebody, the same or not.
    """
    named: list[Json] = []
    people: dict[Json, int] = {}
    for entry in sorted(entries, key=lambda each: each.order):
        stays = without_person(entry)
        if stays is None or entry.data is None:
            continue
        if entry.type == "suggestion.supported" and isinstance(key := entry.data.get("key"), str):
            stays["key"] = f"person-{people.setdefault(key, len(people) + 1)}"
        if stays != entry.data:
            named.append({"terminal": entry.terminal, "seq": entry.seq, "kept": stays})
    return named


def redaction(entry: Entry, text: str) -> Json:
    """The place that a `data.erased` entry names to put a better masked text in this entry: all else stays.

    Raises ValueError for an entry without text.
    """
    if entry.data is None:
        raise ValueError("an erased entry has no text")
    told = entry.data.get("told")
    if isinstance(told, Mapping):
        kept: Data = {**entry.data, "told": {**told, "text": text}}
    elif "text" in entry.data:
        kept = {**entry.data, "text": text}
    else:
        raise ValueError(f"{entry.type} has no text")
    return {"terminal": entry.terminal, "seq": entry.seq, "kept": kept}


def without_person(entry: Entry) -> Data | None:
    """The entry's data without the person, in the form that its schema asks for; None if it is no case's or is gone."""
    if entry.data is None or entry.kind not in _KINDS or entry.type == "data.erased":
        return None
    stays: Data = {}
    for name, value in entry.data.items():
        if value is None or name in STAYS or (name == "reason" and entry.type in _WHOLE_REASONS):
            inside = _INSIDE.get(name)
            stays[name] = {**value, **inside} if isinstance(value, Mapping) and inside is not None else value
        elif (entry.type, name) in _INSTEAD:
            stays[name] = _INSTEAD[entry.type, name]
        elif name in _EMPTIED:
            stays[name] = _note(entry.type, name)
    return stays


def _note(kind: str, name: str) -> Json:
    """Notes that a schema wants as text become empty, those that it does not need become nothing."""
    return "" if name == "note" and kind in _TEXT_NOTES else _EMPTIED[name]


_TEXT_NOTES = frozenset(
    {"case.difference_settled", "case.not_accepted", "case.review_notified", "suggestion.evaluated"}
)
