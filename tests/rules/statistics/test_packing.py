"""Packed rows come back as they were, and the version stands for their fields."""

from dataclasses import fields, replace
from hashlib import sha256
from zoneinfo import ZoneInfo

import orjson
import pytest

from branch_console.rules.statistics.facts import Facts, StepFact, joined
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.packing import ROWS, VERSION, pack, unpack, unpack_all
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.fact_help import derived, facts_of

DAYS = Days(ZoneInfo("Asia/Shanghai"), 17 * 60 + 30)


@pytest.mark.parametrize("seed", range(8))
def test_rows_come_back_as_they_were(seed: int) -> None:
    branch = make(seed)
    parts = list(derived(branch.entries, branch.confirmed, DAYS).values())
    for facts in (*parts, facts_of(branch.entries, branch.confirmed, DAYS)):
        body, steps = pack(facts)
        assert unpack(body, steps) == facts
        assert unpack(body) == replace(facts, steps=())
        assert bool(steps) == bool(facts.steps)
    assert unpack_all([pack(facts) for facts in parts]) == joined(parts)


def test_another_versions_bytes_are_refused() -> None:
    made = make(1)
    body, steps = pack(facts_of(made.entries, made.confirmed, DAYS))
    other = orjson.dumps([VERSION + 1, *orjson.loads(body)[1:]])
    for wrong in ((other, b""), (body, steps.replace(f"[{VERSION},".encode(), b"[0,", 1))):
        with pytest.raises(ValueError, match="another version"):
            unpack(*wrong)
    assert unpack(*pack(Facts())) == Facts()


def test_the_version_stands_for_the_fields() -> None:
    """When this fails, the rows have changed: count the version up, so that stores make them anew, and correct it."""
    layout = [(kind.__name__, [(each.name, str(each.type)) for each in fields(kind)]) for _, kind in ROWS]
    steps = [(each.name, str(each.type)) for each in fields(StepFact)]
    digest = sha256(orjson.dumps([layout, steps])).hexdigest()[:16]
    assert (VERSION, digest) == (2, "7bbe9845f629b3ed")
