"""What the parts of the lint have in common. Names: `Finding`, `Severity`, `Path`, `conjuncts(condition)`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from branch_console.rules.eligibility.conditions import All, AnyOf, AtLeastN, Condition

Severity: TypeAlias = Literal["error", "warning"]
Path: TypeAlias = tuple[str | int, ...]
Params: TypeAlias = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at a path of the document."""

    path: Path
    code: str
    params: Params = field(default_factory=dict)
    severity: Severity = "error"


def warning(path: Path, code: str, **params: str | int) -> Finding:
    """Something that a person should look at."""
    return Finding(path, code, params, "warning")


def conjuncts(condition: Condition, path: Path = ("rule",)) -> Iterator[tuple[Path, Condition]]:
    """The conditions without which the whole cannot hold, and which stand in it as they are, with their paths."""
    if (
        isinstance(condition, All)
        or (isinstance(condition, AnyOf) and len(condition.of) == 1)
        or (isinstance(condition, AtLeastN) and condition.n == len(condition.of))
    ):
        for number, each in enumerate(condition.of):
            yield from conjuncts(each, (*path, "of", number))
    else:
        yield path, condition
