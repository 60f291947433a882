"""The demo makes its invented cases with the desk itself, at whatever hour it begins, and shows every part of it."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from branch_console.demo.at_once import at_once
from branch_console.demo.case_scripts import load_scripts
from branch_console.demo.cases import play_cases
from branch_console.demo.history import Clock
from branch_console.desk.cases.core import CaseCounter, readings
from branch_console.desk.desk import Desk
from branch_console.rules.errors import RuleError
from branch_console.rules.staff import Role
from data import case_queries
from data.store import Store
from tests.desk.conftest import ROLES

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 20, 15, 30, tzinfo=SHANGHAI)


def play(store: Store, desk_of: Callable[[str], Desk], now: datetime) -> None:
    with at_once(store) as one:
        desks: dict[Role, list[Desk]] = {}
        for staff, role in ROLES.items():
            desks.setdefault(role, []).append(Desk(one, staff, role, lambda: now, desk_of(staff).second_person))
        play_cases(desks, now)


def test_on_a_working_afternoon_every_tab_of_the_queue_has_something(
    store: Store, desk_of: Callable[[str], Desk], clock: Clock
) -> None:
    clock.now = FRIDAY
    heads: list[int] = []
    store.on_head = lambda _terminal, head: heads.append(head.seq)
    play(store, desk_of, FRIDAY)
    assert heads == [store.head().seq], "one transaction"
    counts = case_queries.tab_counts(store, staff="zhao", now=FRIDAY)
    assert all(counts.values()), counts
    assert counts["all"] == len(load_scripts().cases)
    rows = case_queries.cases(store, "all", staff=None, now=FRIDAY, limit=100)
    assert {row.kind for row in rows} == {"complaint", "dispute", "suggestion", "praise", "inquiry", "report"}
    statuses = Counter(row.status for row in rows)
    assert {"received", "accepted", "in_progress", "waiting_customer", "merged", "closed", "withdrawn", "review",
            "done"} <= set(statuses)  # fmt: skip
    assert {flag for row in rows for flag in row.flags} >= {"fast_track", "regulator", "vulnerable", "escalated"}
    assert not [row.number for row in rows if (state := case_queries.case_state(store, row.subject)) and state.marks]


def test_the_clocks_fit_a_promise_of_today_waits_and_one_has_passed(
    store: Store, desk_of: Callable[[str], Desk], clock: Clock
) -> None:
    clock.now = FRIDAY
    play(store, desk_of, FRIDAY)
    due = {row.at: row for row in case_queries.promises_until(store, FRIDAY.replace(hour=23))}
    assert min(due) < FRIDAY.isoformat() < max(due)
    counter = CaseCounter(desk_of("zhao"), online=False)
    for row in case_queries.cases(store, "branch", staff=None, now=FRIDAY, kind="complaint", limit=100):
        state = case_queries.case_state(store, row.subject)
        assert state is not None
        statutory = [each for each in readings(counter, state, FRIDAY) if each.statutory and each.live]
        assert all(each.status == "running" and not each.estimated for each in statutory)


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 22, 3, 5, tzinfo=SHANGHAI), datetime(2026, 10, 3, 10, 0, tzinfo=SHANGHAI)]
)
def test_it_can_begin_at_night_and_in_a_holiday(
    store: Store, desk_of: Callable[[str], Desk], clock: Clock, now: datetime
) -> None:
    clock.now = now
    play(store, desk_of, now)
    assert case_queries.tab_counts(store, staff="zhao", now=now)["all"] >= 14


def test_an_act_that_is_refused_leaves_nothing_of_the_day(store: Store, desk_of: Callable[[str], Desk]) -> None:
    before = store.head()
    with pytest.raises(RuleError), at_once(store) as one:
        with one.act("wang", FRIDAY) as act:
            act.save_draft("case_form/wang", "form", "x")
        raise RuleError("refused")
    assert store.head() == before
    assert desk_of("wang").store.head() == before
