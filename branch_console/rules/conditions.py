"""Conditions in reference data: `when = { age_band = ["under_14", "14_15"], "need.scene" = ["shop"] }`.

All facts of a condition must hold; `any`, `all` and `not` combine conditions. A fact that is not known is unknown,
not false: the answer is then None (Kleene's three values), and what depends on it does not happen. The value "unknown"
holds exactly when the fact is not known.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict

Value: TypeAlias = str | bool | int
Facts: TypeAlias = Callable[[str], Value | list[str] | None]

UNKNOWN = "unknown"


class Condition(BaseModel):
    """One condition. `facts` maps the name of a fact to the values with which it holds."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    facts: dict[str, list[bool | int | str]]
    any_of: list["Condition"] = []
    all_of: list["Condition"] = []
    none_of: "Condition | None" = None

    def holds(self, known: Facts) -> bool | None:
        """True, False, or None when a fact that decides is not known."""
        parts = [_member(known(name), values) for name, values in self.facts.items()]
        parts += [each.holds(known) for each in self.all_of]
        if self.any_of:
            parts.append(_any([each.holds(known) for each in self.any_of]))
        if self.none_of is not None:
            inner = self.none_of.holds(known)
            parts.append(None if inner is None else not inner)
        if False in parts:
            return False
        return None if None in parts else True

    def names(self) -> set[str]:
        """The names of all facts that it asks for."""
        found = set(self.facts)
        for each in [*self.any_of, *self.all_of, *([self.none_of] if self.none_of else [])]:
            found |= each.names()
        return found


def _member(value: Value | list[str] | None, values: list[bool | int | str]) -> bool | None:
    if value is None:
        return True if UNKNOWN in values else None
    if isinstance(value, list):
        return any(each in values for each in value)
    return any(type(each) is type(value) and each == value for each in values)


def _any(parts: list[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


def _from_table(raw: Any) -> Any:
    """A TOML table as the model's fields: `any`, `all` and `not` are words, everything else is a fact."""
    if not isinstance(raw, dict):
        return raw
    return {
        "facts": {name: values for name, values in raw.items() if name not in {"any", "all", "not"}},
        "any_of": [_from_table(each) for each in raw.get("any", [])],
        "all_of": [_from_table(each) for each in raw.get("all", [])],
        "none_of": _from_table(raw["not"]) if "not" in raw else None,
    }


When: TypeAlias = Annotated[Condition, BeforeValidator(_from_table)]
