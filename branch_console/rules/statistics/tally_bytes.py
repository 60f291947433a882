"""The tallies of one business day as bytes that a store keeps, and back: compact JSON; the day is not in it.

Figure → group → member → [of, rows], followed by an amount and how often it occurs, for each amount.
Names: `pack_tallies(found)`, `unpack_tallies(day, packed)`. The version is `packing.VERSION`.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import orjson

from branch_console.rules.statistics.tally import Key, Tally


def pack_tallies(found: Mapping[Key, Tally]) -> bytes:
    """The tallies of one day. Raises ValueError for those of several."""
    if len({key[0] for key in found}) > 1:
        raise ValueError("tallies of several days")
    packed: dict[str, dict[str, dict[str, list[int]]]] = {}
    for (_, figure, group, member), tally in found.items():
        amounts = [number for pair in tally.amounts.items() for number in pair]
        packed.setdefault(figure, {}).setdefault(group, {})[member] = [tally.of, tally.rows, *amounts]
    return orjson.dumps(packed)


def unpack_tallies(day: date, packed: bytes) -> dict[Key, Tally]:
    """The tallies of a day."""
    return {
        (day, figure, group, member): Tally(numbers[0], numbers[1], _amounts(numbers))
        for figure, groups in orjson.loads(packed).items()
        for group, members in groups.items()
        for member, numbers in members.items()
    }


def _amounts(numbers: list[int]) -> Counter[int]:
    """Most tallies have none. What `Counter` does to be made from something costs ten times as much as all the rest."""
    amounts: Counter[int] = Counter.__new__(Counter)
    if len(numbers) > 2:
        dict.update(amounts, zip(numbers[2::2], numbers[3::2], strict=True))
    return amounts
