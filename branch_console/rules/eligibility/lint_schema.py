"""The form of a campaign file: what pydantic refuses, what contradicts itself in one place, and forbidden facts.

Names: `read_findings(raw)`, `forbidden_findings(raw)`.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from branch_console.rules.documents import document_path
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.conditions import TYPES
from branch_console.rules.eligibility.forbidden import FUNDING_MCC, resolves_to_balance
from branch_console.rules.eligibility.lint_base import Finding, Path

WHY = "Notice 48/2018 item 2(1); Commercial Bank Law Art. 47; e-CNY in real-name wallets are deposits since 2026-01-01"

# Of pydantic's kinds of errors; whatever is not here is a value of the wrong form.
_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "union_tag_invalid": "unknown_type",
    "union_tag_not_found": "missing_type",
    "literal_error": "not_one_of",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "too_short": "too_few",
    "string_too_short": "empty",
    "too_long": "too_many",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "wrong_form",
}
# What conditions say about themselves (`faults`), by a part of the sentence.
_FAULTS = {
    "is before from": "period_empty",
    "is below min": "range_empty",
    "is not after start": "hours_empty",
    "more than there are parts": "at_least_n_impossible",
    "belongs to window": "days_without_window",
    "belongs to event": "days_without_event",
    "needs ": "says_nothing",
}
# Texts for people, and names of the world: what they say is no fact.
_TEXTS = frozenset({
    "title", "disclosure", "partner", "sample", "source", "compliance_reference", "merchants", "zh", "en",
})  # fmt: skip


def read_findings(raw: dict[str, Any]) -> tuple[Campaign | None, list[Finding]]:
    """The campaign, None when it has not the right form; and what is wrong in one place."""
    try:
        campaign = Campaign.model_validate(raw)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
        return None, [_finding(raw, each) for each in details]
    return campaign, [Finding(path, _fault(problem), {"problem": problem}) for path, problem in campaign.problems()]


def _finding(raw: dict[str, Any], error: ErrorDetails) -> Finding:
    path = document_path(raw, error["loc"])
    code = _CODES.get(error["type"], "wrong_value")
    context = error.get("ctx", {})
    if code in {"missing", "empty"} and path[:1] == ("disclosure",) and len(path) > 1:
        return Finding(path, "disclosure_missing", {"what": str(path[1])})
    if code in {"unknown_type", "missing_type"}:
        kind = "kind" if path[:1] == ("reward",) else "type"
        path = (*path, kind) if code == "unknown_type" else path
        return Finding(path, code, {"found": str(context.get("tag", "")), "key": kind})
    if code == "not_one_of":
        return Finding(path, code, {"expected": str(context.get("expected", ""))})
    if code in {"too_small", "too_large"}:
        return Finding(path, code, {"limit": int(context.get("ge", context.get("le", 0)))})
    if code == "wrong_value":
        return Finding(path, code, {"problem": error["msg"]})
    return Finding(path, code, {"what": str(path[-1])} if code in {"missing", "unknown_key"} else {})


def _fault(problem: str) -> str:
    return next((code for part, code in _FAULTS.items() if part in problem), "wrong_value")


def forbidden_findings(raw: dict[str, Any]) -> list[Finding]:
    """Keys, types and names of facts that mean a balance, a deposit or a top-up, anywhere in the file."""
    return [Finding(path, "forbidden_fact", {"name": name, "why": WHY}) for path, name in _names(raw, ())]


def _names(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _TEXTS:
                continue
            if resolves_to_balance(key):
                yield (*path, key), key
            elif key == "mcc" and isinstance(item, list):
                yield from (((*path, key, at), f"mcc {each}") for at, each in enumerate(item) if each in FUNDING_MCC)
            else:
                yield from _names(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _names(item, (*path, number))
    elif isinstance(value, str) and value not in TYPES and resolves_to_balance(value):
        yield path, value
