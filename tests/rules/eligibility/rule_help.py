"""Rules as a document would give them, for the tests that compare two of them."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Raw: TypeAlias = dict[str, Any]
ONCE: Raw = {"type": "claims_below", "scope": "person", "window": "campaign", "cap": 1}
SPEND: Raw = {"type": "spend_in_window", "window": "days", "days": 30, "at_least_fen": 50_000}
LIVING: Raw = {"type": "attr_in", "attr": "province", "values": ["江苏", "浙江"]}
ADULT: Raw = {"type": "age_between", "min": 18, "max": 60}


def rule(*parts: Mapping[str, Any], type_: str = "all", **more: Any) -> Raw:
    return {"type": type_, "of": list(parts), **more}


def lack(part: Mapping[str, Any]) -> Raw:
    return {"type": "not", "of": part}
