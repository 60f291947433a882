"""Texts of entries are at most 2,000 characters, whoever wrote them: a console, or a program that is none (S23)."""

from typing import Any

import pytest
from pydantic import ValidationError

from branch_console.rules.entries import MAX_TEXT
from branch_console.rules.journey_entries import Answered, InterruptionResolved, Started, StepFailed

FLOW = {"id": "ecny_personal", "version": 1}
STEP = {"step": "device", "reason": "os_too_old", "active_ms": 0, "away_ms": 0}
SAID: list[tuple[Any, dict[str, Any], str]] = [
    (Started, {"flow": FLOW, "target": "II"}, "name"),
    (StepFailed, STEP, "note"),
    (InterruptionResolved, {"outcome": "stop"}, "note"),
]


@pytest.mark.parametrize(("model", "rest", "field"), SAID)
def test_a_longer_text_is_no_valid_data(model: Any, rest: dict[str, Any], field: str) -> None:
    assert model.model_validate({**rest, field: "字" * MAX_TEXT})
    with pytest.raises(ValidationError):
        model.model_validate({**rest, field: "字" * (MAX_TEXT + 1)})


@pytest.mark.parametrize("long", ["字" * (MAX_TEXT + 1), ["字" * (MAX_TEXT + 1)], {"masked": "*" * 65, "key": "k"}])
def test_an_answer_is_no_way_around(long: Any) -> None:
    with pytest.raises(ValidationError):
        Answered.model_validate({"step": "lookup", "answers": {"phone": long}})
