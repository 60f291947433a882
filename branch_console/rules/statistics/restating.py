"""What has changed in a day since it was frozen: which figure, from what to what, and which terminals were late.

The list only grows: a figure that moves again is restated again, from what was said last. What arrives twice moves
nothing, so it restates nothing. A figure that moved although nothing came late is listed too, and says so.
Source: rule 1 of the trust rules of the domain page ("11-19: 42 → 44, 2 笔迟到, 设备 07").
Names: `Late`, `Restatement`, `restate`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from branch_console.rules.canonical import Json
from branch_console.rules.statistics.freezing import Frozen

Why: TypeAlias = Literal["late", "definition", "unexplained"]


class Late(NamedTuple):
    """An entry of the frozen day that central got later: its id, its type, its terminal, and when it arrived."""

    id: str
    type: str
    terminal: str
    received: datetime


@dataclass(frozen=True)
class Restatement:
    """One figure of a frozen day that is another now. `was` and `now` are as `freezing.written` gives them.

    late: `late` says how many late entries of each terminal have come since it was said last: those that this figure is
    made from, or all when none of these came (another may move it too, e.g. a merged duplicate). definition: none came,
    but the figure is defined otherwise now. unexplained: neither.
    """

    day: date
    figure: str
    was: Json
    now: Json
    at: datetime
    why: Why
    late: tuple[tuple[str, int], ...]


def restate(
    frozen: Frozen,
    history: Sequence[Restatement],
    current: Mapping[str, Json],
    late: Iterable[Late],
    sources: Mapping[str, Iterable[str]],
    *,
    definitions: int,
    at: datetime,
) -> list[Restatement]:
    """The restatements that must be added to `history` (oldest first) to arrive at the current figures.

    `sources` are the types of entries that each figure is made from (`Meaning.sources`). Figures that were not frozen
    then, or are no longer made, are no restatement.
    """
    said: dict[str, tuple[Json, datetime]] = {name: (value, frozen.at) for name, value in frozen.figures.items()}
    for earlier in history:
        said[earlier.figure] = (earlier.now, earlier.at)
    entries = {each.id: each for each in sorted(late, key=lambda each: each.received, reverse=True)}
    found: list[Restatement] = []
    for name in sorted(current.keys() & said.keys()):
        was, since = said[name]
        if current[name] == was:
            continue
        types = set(sources.get(name, ()))
        after = [each for each in entries.values() if each.received > since]
        came = Counter(each.terminal for each in [own for own in after if own.type in types] or after)
        why: Why = "late" if came else "definition" if definitions != frozen.definitions else "unexplained"
        found.append(Restatement(frozen.day, name, was, current[name], at, why, tuple(sorted(came.items()))))
    return found
