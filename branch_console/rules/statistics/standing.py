"""What stood open at the end of each of many days, found from the rows once instead of once a day.

A row of a standing figure begins to stand when its moment is known, and once it has stopped to (the case ended, the
limit was met) it never begins again: its row says when as it is known now. So each row needs only its first day and,
by halves, its last one. The same as `figures.value` for each day. Names: `standing_days`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from branch_console.rules.statistics.definition import Figure, in_span
from branch_console.rules.statistics.instants import Scope


def standing_days(figure: Figure[Any], rows: Sequence[Any], scopes: Sequence[Scope]) -> list[int]:
    """How many rows count in each scope. `scopes`: one a day, oldest first, each known later than the one before."""
    change = [0] * (len(scopes) + 1)
    for row in rows:
        first = bisect_left(scopes, True, key=lambda scope, row=row: in_span(figure, row, scope))  # type: ignore[misc]
        if first == len(scopes) or not figure.counts(row, scopes[first]):
            continue
        change[first] += 1
        if not figure.counts(row, scopes[-1]):
            over = bisect_left(
                scopes,
                True,
                lo=first,
                key=lambda scope, row=row: not figure.counts(row, scope),  # type: ignore[misc]
            )
            change[over] -= 1
    return list(accumulate(change[:-1]))
