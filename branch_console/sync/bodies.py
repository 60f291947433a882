"""Reading what central says: whatever is missing or of another kind is None, never an error."""

from collections.abc import Mapping, Sequence


def number(body: Mapping[str, object], name: str) -> int | None:
    """An integer of an answer, None when it is absent or something else."""
    value = body.get(name)
    return value if type(value) is int else None


def quarantined(body: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    """The entries that central keeps but could not fold."""
    found = body.get("quarantined")
    return tuple(each for each in found if isinstance(each, Mapping)) if isinstance(found, Sequence) else ()
