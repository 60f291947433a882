"""Every type of condition: satisfied, not satisfied, not known, too old."""

import pytest

from branch_console.rules.eligibility.conditions import TYPES
from branch_console.rules.eligibility.facts import Fact
from tests.rules.eligibility.cases import FACTLESS, LEAVES, Case
from tests.rules.eligibility.help import ask

ALL = [*FACTLESS, *LEAVES]
named = pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
with_facts = pytest.mark.parametrize("case", LEAVES, ids=lambda case: case.name)


def test_all_types_are_here() -> None:
    assert len(TYPES) == len(set(TYPES)) == 31
    assert {case.condition["type"] for case in ALL} == set(TYPES) - {"all", "any", "not", "at_least_n"}


@named
def test_satisfied(case: Case) -> None:
    node = ask(case.condition, case.good)
    assert (node.status, node.code, node.fixable, node.gap) == ("SAT", case.condition["type"], None, None)


@named
def test_not_satisfied(case: Case) -> None:
    node = ask(case.other or case.condition, case.bad)
    assert node.status == "UNSAT"
    assert node.fixable is not None


@with_facts
def test_a_missing_fact_is_unknown(case: Case) -> None:
    node = ask(case.condition, {})
    assert (node.status, node.fixable, node.stale, node.source) == ("UNKNOWN", "sync", False, None)


@with_facts
@pytest.mark.parametrize("which", ["good", "bad"])
def test_an_old_fact_is_unknown(case: Case, which: str) -> None:
    values = getattr(case, which)
    condition = {**case.condition, "max_age": 12}
    assert ask(condition, values, hours=12).status == {"good": "SAT", "bad": "UNSAT"}[which]
    stale = ask(condition, values, hours=13)
    assert (stale.status, stale.fixable, stale.stale, stale.source) == ("UNKNOWN", "sync", True, "server")


@with_facts
def test_a_fact_of_unknown_age_is_old(case: Case) -> None:
    values = {name: Fact(value, None, "server") for name, value in case.good.items()}
    assert ask({**case.condition, "max_age": 12}, values).status == "UNKNOWN"
    assert ask(case.condition, values).status == "SAT"


@named
def test_time_alone_needs_no_facts(case: Case) -> None:
    if case in FACTLESS:
        assert ask({**case.condition, "max_age": 1}, {}).status == "SAT"
        assert ask(case.condition, {}).source is None
