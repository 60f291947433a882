"""Journals as both sides of the simulation hold them: real entries, real hashes, folded by a small model."""

from collections.abc import Iterable
from hashlib import md5
from random import Random

from branch_console.rules.canonical import Json, canonical_hash
from branch_console.rules.journal import FIRST_PREV, Entry, entry_hash, seal

ZERO_HASH = FIRST_PREV
Chains = dict[str, list[Entry]]
Place = tuple[str, int, str]


def new_uuid(rng: Random) -> str:
    """A random UUID in its written form."""
    text = f"{rng.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def later_writer(branch: str, epoch: str) -> str:
    """Where central goes on writing for a branch after a restore."""
    return f"central/{branch[:23]}-{md5(f'{branch}{epoch}'.encode(), usedforsecurity=False).hexdigest()[:8]}"


def make_entry(
    chain: list[Entry],
    terminal: str,
    *,
    id: str,  # noqa: A002
    type: str,  # noqa: A002
    version: int,
    branch: str,
    subject: str,
    clock: str,
    data: dict[str, object],
) -> Entry:
    """The next entry of a chain."""
    return seal(
        terminal=terminal,
        seq=len(chain) + 1,
        prev=chain[-1].hash if chain else FIRST_PREV,
        id=id,
        type=type,
        version=version,
        branch=branch,
        subject=subject,
        staff=None,
        at="2026-11-22T09:00:00.000+08:00",
        clock=clock,
        data=data,  # type: ignore[arg-type]
    )


def carried(entry: Entry, terminal: str, chain: list[Entry], common: int) -> Entry:
    """The same act in another journal. An erasure of something that moves along names its new place."""
    erased = erasures_of(entry)
    if erased and entry.data is not None:
        places: list[Json] = [
            {"terminal": terminal, "seq": seq - common}
            if writer == entry.terminal and seq > common
            else {"terminal": writer, "seq": seq}
            for writer, seq, _subject in erased
        ]
        data: dict[str, Json] = {**entry.data, "entries": places}
        entry = entry._replace(data=data, data_hash=canonical_hash(data))
    moved = entry._replace(terminal=terminal, seq=len(chain) + 1, prev=chain[-1].hash if chain else FIRST_PREV, hash="")
    return moved._replace(hash=entry_hash(moved))


def head_of(chain: list[Entry]) -> tuple[int, str]:
    """Seq and hash of the last entry."""
    return (len(chain), chain[-1].hash) if chain else (0, FIRST_PREV)


def place_of(entry: Entry) -> Place:
    """Where an entry stands, and what it is about."""
    return (entry.terminal, entry.seq, entry.subject)


def erasures_of(entry: Entry) -> list[Place]:
    """What an entry erases: places, if what stands there is about the same subject."""
    if entry.type != "data.erased" or entry.data is None:
        return []
    listed = entry.data["entries"]
    assert isinstance(listed, (list, tuple))
    return [(str(each["terminal"]), int(str(each["seq"])), entry.subject) for each in listed if isinstance(each, dict)]


def erase_acts(chains: Chains, acts: set[str]) -> None:
    """Take the data out of these acts wherever they stand. An erasure itself holds nobody's data and stays."""
    for chain in chains.values():
        for index, entry in enumerate(chain):
            if entry.data is not None and entry.id in acts and entry.type != "data.erased":
                chain[index] = entry._replace(data=None)


def fold(entries: Iterable[Entry], known: int) -> dict[str, tuple[str, ...]]:
    """Subject → what was done to it, in total order, each act once, leaving out types that this version cannot know."""
    state: dict[str, list[str]] = {}
    seen: set[str] = set()
    for entry in sorted(entries, key=lambda each: each.order):
        if entry.id in seen or entry.version > known:
            continue
        seen.add(entry.id)
        state.setdefault(entry.subject, []).append(
            f"{entry.type}:{entry.id}:{'' if entry.data is None else entry.data}"
        )
    return {subject: tuple(acts) for subject, acts in state.items()}
