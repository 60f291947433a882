"""What is restated when something comes late: the figure, from what to what, and who was late."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.canonical import Json
from branch_console.rules.statistics.restating import Late, Restatement, restate
from tests.rules.statistics.freezing_help import DAY, WAS, at, frozen

SOURCES = {"cases.received": ("case.registered",), "journeys.onboarded": ("journey.finished",)}


def late(number: int, kind: str = "journey.finished", device: str = "t7", received: str = "20T12:00") -> Late:
    return Late(f"entry{number}", kind, device, at(received))


def restated(
    current: Mapping[str, Json], *came: Late, history: list[Restatement] | None = None, definitions: int = 1
) -> list[Restatement]:
    return restate(frozen(), history or [], current, came, SOURCES, definitions=definitions, at=at("21T09:00"))


def test_the_line_of_the_domain_page() -> None:
    """11-19: 42 → 44, 2 笔迟到, 设备 07; what came twice counts once, what came in time or for others not at all."""
    came = [late(1), late(2), late(1, received="20T13:00"), late(3, received="20T08:59"), late(4, "case.registered")]
    line = restated({**WAS, "journeys.onboarded": 44}, *came)
    assert line == [Restatement(DAY, "journeys.onboarded", 42, 44, at("21T09:00"), "late", (("t7", 2),))]


def test_several_terminals_and_several_figures() -> None:
    came = [late(1), late(2, device="t3"), late(3, "case.registered", "t9")]
    lines = restated({"cases.received": 4, "journeys.onboarded": 44}, *came)
    assert [(each.figure, each.late) for each in lines] == [
        ("cases.received", (("t9", 1),)), ("journeys.onboarded", (("t3", 1), ("t7", 1))),
    ]  # fmt: skip
    other = restated({**WAS, "cases.received": 2}, late(1, "case.merged"))
    assert [(each.why, each.late) for each in other] == [("late", (("t7", 1),))], "a merge moves it too"


def test_why_it_moved_when_nothing_came_late() -> None:
    moved = {**WAS, "cases.received": 4}
    assert [each.why for each in restated(moved)] == ["unexplained"]
    assert [each.why for each in restated(moved, definitions=2)] == ["definition"]
    assert restated({"cases.received": 3, "new.figure": 5}) == [], "what was not frozen is no restatement"


def test_it_is_restated_from_what_was_said_last_and_only_once() -> None:
    history = restated({**WAS, "journeys.onboarded": 44}, late(1), late(2))
    again = {**WAS, "journeys.onboarded": 44}
    assert restated(again, late(1), late(2), history=history) == []
    more = restated({**WAS, "journeys.onboarded": 45}, late(1), late(2), late(5, received="22T10:00"), history=history)
    assert [(each.was, each.now, each.late) for each in more] == [(44, 45, (("t7", 1),))]
    back = restated(WAS, late(6, "data.erased", "t1", "22T10:00"), history=history)
    assert [(each.was, each.now, each.late) for each in back] == [(44, 42, (("t1", 1),))]


@given(st.lists(st.dictionaries(st.sampled_from(sorted(WAS)), st.integers(0, 3), min_size=2), max_size=5))
def test_the_history_always_leads_to_the_current_figures(states: list[dict[str, int]]) -> None:
    first, history = frozen(), list[Restatement]()
    for current in states:
        history += restate(first, history, current, [], SOURCES, definitions=1, at=at("21T09:00"))
        said = {**first.figures, **{each.figure: each.now for each in history}}
        assert said == current
        assert restate(first, history, current, [], SOURCES, definitions=1, at=at("22T09:00")) == []
    for figure in WAS:
        chain = [each for each in history if each.figure == figure]
        assert [each.was for each in chain] == [WAS[figure], *(each.now for each in chain)][:-1]
