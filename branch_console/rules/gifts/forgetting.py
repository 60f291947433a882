"""What is about a person in the entries of a claim, and what stays when it is erased: goods, amounts, rules, numbers.

A receipt's number says nothing of a person, and the digest of the facts that were checked names none of them.
"""

from collections.abc import Iterable, Mapping

from branch_console.rules.canonical import Json
from branch_console.rules.journal import Data, Entry

PERSONAL = frozenset(
    {
        "claim.reserved",
        "claim.handed_over",
        "claim.vouchered",
        "claim.released",
        "claim.returned",
        "claim.settled",
        "entitlement.issued",
        "fact.attested",
        "fact.verified",
    }
)
"""Types of entries about gifts that may hold something of a customer."""


def erasure(entries: Iterable[Entry]) -> list[Json]:
    """The places that a `data.erased` entry names to erase these entries' persons, with what stays of each.

    What holds nobody's data, or no data any more, is left out. All entries must be of one subject.
    """
    named: list[Json] = []
    for entry in entries:
        if entry.data is None or entry.type not in PERSONAL:
            continue
        place: dict[str, Json] = {"terminal": entry.terminal, "seq": entry.seq}
        stays = without_person(entry)
        named.append(place if stays is None else {**place, "kept": stays})
    return named


def without_person(entry: Entry) -> Data | None:
    """The entry's data without the person, in the form that its schema asks for; None when nothing is to stay.

    Only claims move goods; of an entitlement or an attested fact nothing is needed any more.
    """
    if entry.data is None or entry.kind != "claim":
        return None
    stays: Data = {**entry.data}
    for member, emptied in (
        ("recipient", {"keys": {}}),
        ("evidence", {"facts": "", "tree": ""}),
        ("receipt", {"note": None}),
    ):
        before = stays.get(member)
        if isinstance(before, Mapping):
            stays[member] = emptied if member == "recipient" else {**before, **emptied}
    if "note" in stays:
        stays["note"] = None
    if entry.type == "claim.settled":
        stays["reason"] = ""
    return stays
