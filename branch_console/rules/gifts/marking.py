"""What the folds of gifts share: marks, who may have written an entry, and which moves are booked.

What does not fit is marked, never refused: refusing is for the desk, before anything is written. The words of a mark's
code are in the catalogues under `mark.<code>`.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from branch_console.rules.gifts.parts import Move, drawer
from branch_console.rules.gifts.states import Booked
from branch_console.rules.journal import Entry, parse_at
from branch_console.rules.journey_state import Mark

CENTRAL = "central/"


class Marked(Protocol):
    """A state that keeps what did not fit."""

    marks: list[Mark]


class Booking(Marked, Protocol):
    """A state that keeps moves."""

    booked: list[Booked]


class Way(NamedTuple):
    """Which moves an entry may hold: their kinds, and from where to where. Drawers count as one place, `drawer`."""

    kinds: frozenset[str]
    ways: frozenset[tuple[str, str]]


def way(kinds: str, *ways: str) -> Way:
    """A way, written as `way("transfer damage", "shelf>drawer", …)`."""
    pairs = [each.split(">") for each in ways]
    return Way(frozenset(kinds.split()), frozenset((source, target) for source, target in pairs))


def place(location: str) -> str:
    """The kind of a location: `drawer` for each terminal's."""
    return location.partition(":")[0]


def mark(state: Marked, entry: Entry, code: str) -> None:
    """Note that `entry` did not fit."""
    state.marks.append(Mark(entry.id, code, entry.staff, entry.at))


def from_central(state: Marked, entry: Entry) -> bool:
    """Whether central wrote the entry; marks what only central may say."""
    if entry.terminal.startswith(CENTRAL):
        return True
    mark(state, entry, "not_central")
    return False


def mark_alone(state: Marked, entry: Entry, second_staff: str | None) -> bool:
    """Mark an entry whose second person is its maker; returns whether it is so."""
    if second_staff is None or second_staff != entry.staff:
        return False
    mark(state, entry, "approved_alone")
    return True


def misplaced(entry: Entry, move: Move, allowed: Way, *, any_drawer: bool = False) -> str | None:
    """Why a move of this entry does not count, as the code of a mark; None if it does.

    A terminal moves goods out of its own drawer only, because it cannot know what another one did with its own.
    """
    if move.source == move.target or move.kind not in allowed.kinds:
        return "wrong_move"
    if (place(move.source), place(move.target)) not in allowed.ways:
        return "wrong_move"
    if place(move.source) == "drawer" and move.source != drawer(entry.terminal) and not any_drawer:
        return "not_own_drawer"
    return None


def book(
    state: Booking,
    entry: Entry,
    moves: Sequence[Move],
    allowed: Way,
    second_staff: str | None = None,
    *,
    any_drawer: bool = False,
) -> None:
    """Book the moves that may count; each reason why others do not is marked once."""
    wrong: dict[str, None] = {}
    for number, move in enumerate(moves):
        reason = misplaced(entry, move, allowed, any_drawer=any_drawer)
        if reason is None:
            book_one(state, entry, number, move, second_staff)
        else:
            wrong[reason] = None
    for reason in wrong:
        mark(state, entry, reason)


def book_one(state: Booking, entry: Entry, number: int, move: Move, second_staff: str | None) -> None:
    """Book the move that stands at `number` in the entry, whatever it is."""
    state.booked.append(Booked(f"{entry.id}#{number}", move, entry.at, entry.terminal, entry.staff, second_staff))


def passed(at: str, limit: str | None) -> bool:
    """Whether the moment `at` is after `limit`. A limit that is no moment has passed: nothing is allowed by it."""
    if limit is None:
        return False
    try:
        return parse_at(at) > parse_at(limit)
    except (ValueError, TypeError):  # no moment, or one without offset
        return True
