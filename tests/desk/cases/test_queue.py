"""The queue over a real store: how near a promise is, what is left of the branch's time, and handing promises over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from branch_console.case_views.queue import CaseFilter
from branch_console.demo.history import Clock
from branch_console.desk.cases.handing_over import hand_over
from branch_console.desk.cases.working import do
from branch_console.desk.desk import Desk
from branch_console.locale import set_language
from branch_console.rules.errors import RuleError
from branch_console.services.cases.board import CaseBoard
from branch_console.services.cases.counter import CaseOffice
from data.store import Store
from tests.desk.cases import form_help
from tests.desk.cases.form_help import counter_of, opened, take_down

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVERYTHING = CaseFilter()
COMPLAINT, DISPUTE = (replace(each, contact="visit") for each in (form_help.COMPLAINT, form_help.DISPUTE))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def board(desk_of: Callable[[str], Desk], tmp_path: Path) -> Callable[[str], CaseBoard]:
    def nobody() -> None:
        raise AssertionError

    set_language("zh")
    return lambda staff: CaseBoard(
        CaseOffice(lambda: desk_of(staff), lambda: (False, None), nobody, nobody, tmp_path, "福田支行")  # type: ignore[arg-type]
    )


def test_the_nearest_promise_comes_first_and_is_told_in_working_time(
    desk_of: Callable[[str], Desk], board: Callable[[str], CaseBoard], clock: Clock
) -> None:
    clock.now = at(23, 10)
    counter = counter_of(desk_of)
    late = take_down(counter, opened(counter, COMPLAINT, promise="16:00"))
    soon = take_down(counter, opened(counter, DISPUTE, promise="10:40"))
    lines = board("wang").case_lines("branch", EVERYTHING, 0, 10)
    assert [line.subject for line in lines] == [soon, late]
    assert lines[0].kind == "异常扣款／交易争议" and "fast_track" in lines[0].flags
    assert lines[0].statutory_day == "12-08"
    assert (lines[0].urgency, lines[0].minutes) == ("normal", 15)  # contain the loss: 15 minutes of any clock
    clock.now = at(23, 10, 13)
    assert board("wang").case_lines("branch", EVERYTHING, 0, 10)[0].urgency == "soon"
    clock.now = at(23, 11)
    over, rest = board("wang").case_lines("branch", EVERYTHING, 0, 10)
    assert (over.subject, over.urgency, over.minutes) == (soon, "overdue", -45)
    assert rest.next_step == "回访客户" and rest.due == "16:00"
    assert rest.minutes is not None and 0 < rest.minutes < 300  # the lunch break is no working time


def test_counts_filters_and_words_agree_with_the_list(
    desk_of: Callable[[str], Desk], board: Callable[[str], CaseBoard], clock: Clock
) -> None:
    clock.now = at(23, 10)
    counter = counter_of(desk_of)
    subject = take_down(counter, opened(counter, COMPLAINT))
    take_down(counter, opened(counter, DISPUTE))
    desk = board("wang")
    assert desk.case_tabs()["branch"] == 2 == desk.case_count("branch", EVERYTHING)
    wanted = CaseFilter("叫号", kind="complaint", status="received")
    assert [line.subject for line in desk.case_lines("all", wanted, 0, 10)] == [subject]
    assert desk.case_count("all", CaseFilter(kind="praise")) == 0
    number = desk.case_lines("all", wanted, 0, 1)[0].number
    assert desk.case_of_number(number.lower()) == subject
    assert {each.value for each in desk.case_choices().kinds} >= {"complaint", "dispute", "praise"}
    with pytest.raises(RuleError, match="role_may_not"):
        board("wu").case_count("all", EVERYTHING)


def test_promises_of_the_evening_and_of_tomorrow_morning_are_handed_over_and_those_of_noon_are_not(
    desk_of: Callable[[str], Desk], board: Callable[[str], CaseBoard], clock: Clock, store: Store
) -> None:
    clock.now = at(23, 10)
    counter = counter_of(desk_of)
    evening = take_down(counter, opened(counter, COMPLAINT, promise="17:00"))
    morning = take_down(counter, opened(counter, COMPLAINT, promise="11-24 09:30"))
    take_down(counter, opened(counter, COMPLAINT, promise="11-24 15:00"))
    clock.now = at(23, 17, 20)
    officer = board("zhao")
    assert [line.subject for line in officer.promises_today()] == [evening]
    end = officer.shift_end()
    assert [line.subject for line in end.lines] == [evening, morning]
    assert end.until == "11-24 10:00" and end.lines[0].overdue and end.lines[0].staff == "Wang"
    done = officer.hand_promises_over(end.lines, "liu", "客户手机 13812348000")
    assert (done.count, done.refused) == (2, ())
    assert [line.staff for line in officer.shift_end().lines] == ["Liu", "Liu"]
    told = store.entries(morning)[-1]
    assert told.type == "case.promise_handed_over" and "13812348000" not in str(told.data)


def test_one_refusal_keeps_no_other_promise_back_and_nothing_goes_to_who_is_not_here(
    desk_of: Callable[[str], Desk], board: Callable[[str], CaseBoard], clock: Clock
) -> None:
    clock.now = at(23, 10)
    counter = counter_of(desk_of)
    theirs, other = (take_down(counter, opened(counter, COMPLAINT, promise="17:00")) for _ in range(2))
    do(counter_of(desk_of, "zhao"), theirs, "staff_named", {"staff": ("li",), "why": ("complained_about",)})
    officer = board("zhao")
    lines = officer.shift_end().lines
    done = officer.hand_promises_over(lines, "li", "")
    assert done.count == 1 and [each.number for each in done.refused] == [
        line.number for line in lines if line.subject == theirs
    ]
    assert {line.subject: line.staff for line in officer.shift_end().lines} == {theirs: "Wang", other: "Li"}
    again = officer.hand_promises_over([line for line in lines if line.subject == other], "li", "")
    assert (again.count, again.refused) == (0, ())
    with pytest.raises(RuleError, match="receiver_not_here"):
        hand_over(counter_of(desk_of, "zhao"), {other: ["x"]}, "nobody")
    with pytest.raises(RuleError, match="role_may_not"):
        board("wang").hand_promises_over(lines, "li", "")


def test_a_case_of_the_fast_track_waits_until_somebody_takes_it_on(
    desk_of: Callable[[str], Desk], board: Callable[[str], CaseBoard], clock: Clock
) -> None:
    clock.now = at(23, 10)
    counter = counter_of(desk_of)
    take_down(counter, opened(counter, COMPLAINT))
    subject = take_down(counter, opened(counter, DISPUTE))
    found = board("liu").urgent_cases()
    assert [(each.subject, each.mine) for each in found] == [(subject, False)]
    assert board("wang").urgent_cases() == ()
    do(counter_of(desk_of, "zhao"), subject, "accepted", {"no_interest": ("yes",)})
    assert board("liu").urgent_cases() == ()


def test_while_the_branch_is_closed_until_then_no_working_time_is_told_and_yesterday_s_promise_is_not_today_s(
    desk_of: Callable[[str], Desk], board: Callable[[str], CaseBoard], clock: Clock
) -> None:
    clock.now = at(23, 16)
    counter = counter_of(desk_of)
    take_down(counter, opened(counter, COMPLAINT, promise="19:00"))
    clock.now = at(23, 18)
    line = board("wang").case_lines("branch", EVERYTHING, 0, 1)[0]
    assert (line.urgency, line.minutes) == ("normal", 0)
    dispute = take_down(counter, opened(counter, DISPUTE, promise="11-24 09:00"))
    by_night = next(each for each in board("wang").case_lines("branch", EVERYTHING, 0, 9) if each.subject == dispute)
    assert by_night.minutes == 15, "a loss does not wait for the morning"
    assert [each.earlier for each in board("wang").promises_today()] == [False]
    clock.now = at(24, 8)
    late, today = board("wang").promises_today()
    assert (late.earlier, late.overdue, today.earlier, today.overdue) == (True, True, False, False)
    assert board("wang").case_tabs()["today"] == 1
