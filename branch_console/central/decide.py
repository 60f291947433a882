"""What to do with a push, decided from values alone: who pushes, what central holds of it, and what has come.

Central (ingest.py) and the model of it in the simulation decide with the same functions. Order of the checks and
codes: docs/protocol.md, push.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from branch_console.rules.journal import BadEntryError, Entry, check_chain, check_entry


class Held(NamedTuple):
    """Who pushes, and the head that central holds of it."""

    terminal: str
    branch: str
    seq: int
    hash: str


class Refused(NamedTuple):
    """Nothing of the batch may be stored; `members` are further members of the problem."""

    code: str
    detail: str = ""
    members: Mapping[str, object] = MappingProxyType({})


def place(held: Held, entries: Sequence[Entry]) -> int | Refused:
    """How many of the batch's first entries stand at places that central has taken already.

    Refused when an entry is another's, when seqs do not count up by one, and when the batch begins behind a gap.
    """
    first = entries[0].seq
    if type(first) is not int:
        return Refused("bad-entry", "seq is malformed", {"index": 0})
    for index, entry in enumerate(entries):
        if entry.terminal != held.terminal:
            return Refused("wrong-terminal", "", {"index": index})
        if entry.branch != held.branch:
            return Refused("wrong-branch", "", {"index": index})
        if type(entry.seq) is not int or entry.seq != first + index or entry.seq < 1:
            return Refused("bad-entry", f"expected seq {first + index}", {"index": index})
    if first > held.seq + 1:
        return Refused("journal-gap", f"expected seq {held.seq + 1}", {"expected_seq": held.seq + 1})
    return min(held.seq - first + 1, len(entries))


def compare(known: Sequence[Entry], hashes: Sequence[str]) -> Refused | None:
    """Whether entries are the very ones that central holds at their places, whose `hashes` these are; else: a fork."""
    for entry, held in zip(known, hashes, strict=True):
        if entry.hash != held:
            return Refused("journal-fork", f"central holds another entry {entry.seq}", {"seq": entry.seq})
    return None


def check_new(held: Held, new: Sequence[Entry]) -> Refused | None:
    """Whether what is new is well-formed, and continues the chain that central holds."""
    for entry in new:
        try:
            check_entry(entry)
        except (BadEntryError, RecursionError) as error:
            return Refused("bad-entry", str(error), {"seq": entry.seq})
    try:
        check_chain(new, held.seq, held.hash)
    except BadEntryError as error:
        return Refused("bad-entry", str(error))
    return None
