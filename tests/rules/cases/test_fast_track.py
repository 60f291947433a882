"""The checklist is read out of the case: what is through, how long it took, what comes next."""

from typing import Any

import pytest

from branch_console.rules.cases.acts import check
from branch_console.rules.cases.fast_track import current, running_since, steps
from branch_console.rules.entries import read_data
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from tests.rules.cases.case_help import CUSTOMER, K02, REFERENCE, TRANSACTION, at, desk, entry, fold

OPEN = entry(0, "case.registered", kind="dispute", fast_track=True, form_opened_at=at(0), received_at=at(0))


def checked(minute: int, step: str, **more: Any) -> Entry:
    return entry(minute, "case.step_checked", step=step, **more)


def test_a_step_takes_as_long_as_since_the_one_before_and_is_late_by_the_table() -> None:
    state = fold([OPEN, checked(1, "verify"), checked(2, "register"), checked(5, "contain")])
    found = {each.row.code: each for each in steps(state, REFERENCE)}
    assert [found[code].seconds for code in ("verify", "register", "contain")] == [60, 60, 180]
    assert [found[code].late for code in ("verify", "register", "contain")] == [False, False, True]
    assert (found["evidence"].status, found["evidence"].at) == ("open", None)
    following = current(steps(state, REFERENCE))
    assert following is not None and following.row.code == "evidence"
    assert running_since(state, steps(state, REFERENCE)) == at(5)


def test_a_colleague_elsewhere_goes_on_where_the_list_stands() -> None:
    here = [OPEN, checked(1, "verify"), checked(2, "register")]
    there = checked(9, "contain", staff="o2", terminal=K02, after=[2])
    state = fold([*here, there])
    assert [each.row.code for each in steps(state, REFERENCE) if each.status == "done"] == [
        "verify", "contain", "register",
    ]  # fmt: skip
    assert state.marks == []


def test_a_slip_and_a_call_show_in_the_case_itself() -> None:
    state = fold([OPEN, entry(3, "case.slip_printed", printed_at=at(3)), entry(60, "case.contact_out")])
    found = {each.row.code: each for each in steps(state, REFERENCE)}
    assert (found["slip"].status, found["slip"].at) == ("done", at(3))
    assert (found["call_back"].status, found["call_back"].seconds, found["call_back"].late) == ("done", 3600, False)
    late = fold([OPEN, entry(121, "case.contact_out")])
    assert next(each for each in steps(late, REFERENCE) if each.row.code == "call_back").late


def test_what_was_left_out_says_why_and_can_still_be_done() -> None:
    left = checked(3, "contain", done=False, reason="客户已离开")
    state = fold([OPEN, left])
    (contain,) = [each for each in steps(state, REFERENCE) if each.row.code == "contain"]
    assert (contain.status, contain.reason, contain.late) == ("left_out", "客户已离开", False)
    done = fold([OPEN, left, checked(8, "contain")])
    assert next(each for each in steps(done, REFERENCE) if each.row.code == "contain").status == "done"


def test_when_all_but_the_call_is_through_its_time_runs_since_the_case_was_received() -> None:
    through = [checked(2 + n, code) for n, code in enumerate(("verify", "contain", "evidence", "register", "slip"))]
    state = fold([OPEN, *through])
    checklist = steps(state, REFERENCE)
    following = current(checklist)
    assert following is not None and following.row.code == "call_back"
    assert running_since(state, checklist) == at(0)
    assert current(steps(fold([OPEN, *through, entry(30, "case.contact_out")]), REFERENCE)) is None


def test_moments_that_are_none_break_nothing_and_a_missing_table_is_said() -> None:
    broken = fold([entry(1, "case.registered", form_opened_at="x" * 20, received_at="y" * 20), checked(2, "verify")])
    (verify, *_rest) = steps(broken, REFERENCE)
    assert (verify.status, verify.seconds) == ("done", None)
    assert running_since(broken, steps(broken, REFERENCE)) == at(2)
    with pytest.raises(RuleError, match="case_tables_missing"):
        steps(broken, Reference())


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ({"transaction": TRANSACTION}, None),
        ({"customer": CUSTOMER}, None),
        ({"root_cause": "system"}, "role_may_not"),
        ({"transaction": TRANSACTION, "group_size": 30}, "role_may_not"),
    ],
)
def test_whoever_took_the_case_down_adds_whose_it_is_and_which_payment_and_no_more(
    added: dict[str, Any], code: str | None
) -> None:
    data = read_data(entry(9, "case.details_added", added))
    assert data is not None
    refused = None
    try:
        check(desk(10, role="guide"), fold([OPEN]), "case.details_added", data)
    except RuleError as error:
        refused = error.code
    assert refused == code
