"""What central says of cases elsewhere, at the terminal: shown beside the case, and nobody has to have known of it."""

from branch_console.desk.cases.core import CaseCounter
from branch_console.rules.cases.states import CaseState
from branch_console.services.cases.working_view import case_view
from data.store import Store
from tests.data.world import Writer
from tests.desk.cases.slip_help import Desks, acted, registered

ELSEWHERE = "TS-SZ02-A009-260918-0003-61"


def test_a_hint_of_central_stands_beside_the_case_and_marks_nobody(desk_of: Desks, store: Store) -> None:
    officer = desk_of("zhao")
    case = registered(officer)
    clock = int(officer.now().timestamp() * 1000)
    central = Writer("central/SZFT-0a1b2c3d", clock)  # its journal after a restore
    why = ["same_matter", "open_case", "what_a_later_central_may_say"]
    hint = central.write(
        case, "case.duplicate_suspected", {"of": ELSEWHERE, "other": None, "branch": "SZ02", "why": why}, staff=None
    )
    assert not store.apply_feed([hint], "cursor-2", "epoch-1").broken
    acted(officer, case, "case.noted")
    state = store.state(case)
    assert isinstance(state, CaseState)
    assert [each.of for each in state.hints] == [ELSEWHERE]
    assert state.marks == []
    view = case_view(CaseCounter(officer, online=True), case, state)
    assert ("疑似重复", f"{ELSEWHERE}（SZ02 网点：同一客户同类、客户有未结）") in view.facts
    assert "中心提示：可能与另一件重复" in [each.label for each in view.entries]
    assert not [each for each in view.entries if each.marks]
