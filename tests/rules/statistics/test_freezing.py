"""When a day is complete, and what a freeze binds."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from branch_console.rules.canonical import NotCanonicalError
from branch_console.rules.statistics.definition import Counted
from branch_console.rules.statistics.freezing import day_ends, freeze, intact, written
from branch_console.rules.statistics.instants import Days
from tests.rules.statistics.freezing_help import DAY, DAYS, ENDS, WAS, at, found, frozen, names, terminal
from tests.rules.working_time.clock_help import SHANGHAI


def test_a_day_is_running_then_provisional_then_complete() -> None:
    late, done = terminal("t1", "19T23:59"), terminal("t2", "20T00:00")
    assert found(late, done, now="19T23:00").state == "running"
    waits = found(late, done)
    assert (waits.state, waits.may_freeze, names(waits.waiting), names(waits.synced)) == (
        "provisional", False, ["t1"], ["t2"],
    )  # fmt: skip
    whole = found(terminal("t1", "20T08:31"), done)
    assert (whole.state, whole.may_freeze, whole.waiting) == ("complete", True, ())


def test_after_three_days_nobody_is_waited_for() -> None:
    dark = terminal("t1", None)
    assert found(dark, now="22T23:59").state == "provisional"
    timed_out = found(dark, now="23T00:00")
    assert (timed_out.state, names(timed_out.waiting)) == ("timed_out", ["t1"])


def test_who_still_has_something_to_send_is_not_synced() -> None:
    assert names(found(terminal("t1", "20T08:00", pending=1)).waiting) == ["t1"]


def test_terminals_out_of_service_are_not_waited_for() -> None:
    done = terminal("t1", "20T08:00")
    assert found(done, terminal("t2", None, registered="20T00:00")).state == "complete"
    assert found(done, terminal("t2", None, registered="19T23:59")).state == "provisional"
    before = found(done, terminal("t2", None, revoked="19T00:00"))
    assert (before.state, before.lost) == ("complete", ())
    lost = found(done, terminal("t2", "19T12:00", revoked="19T15:00"))
    assert (lost.state, names(lost.lost)) == ("complete", ["t2"])
    assert names(found(done, terminal("t2", "20T08:00", revoked="20T08:30")).synced) == ["t1", "t2"]


def test_without_any_terminal_nobody_has_reported() -> None:
    assert found().state == "provisional"
    assert found(now="23T00:00").state == "timed_out"


def test_the_end_of_a_day_is_the_cut_off() -> None:
    evening = Days(SHANGHAI, 17 * 60 + 30)
    assert day_ends(DAYS, DAY) == ENDS
    assert day_ends(evening, DAY) == at("19T17:30")
    assert found(terminal("t1", "19T17:30"), now="19T18:00", days=evening).state == "complete"
    for days in (DAYS, evening):
        last = days.instant(day_ends(days, DAY) - timedelta(milliseconds=1))
        first = days.instant(day_ends(days, DAY))
        assert last is not None
        assert first is not None
        assert (last.day, first.day) == (DAY, DAY + timedelta(days=1))


def test_a_freeze_binds_everything_it_says() -> None:
    first = frozen()
    assert intact(first)
    assert first == frozen(dict(reversed(WAS.items()))), "the order of figures is no matter"
    same_moment = replace(first, at=first.at.astimezone(tz=datetime.fromisoformat("2026-01-01T00:00Z").tzinfo))
    assert intact(same_moment)
    changes: list[dict[str, Any]] = [
        {"branch": "SZ02"}, {"day": date(2026, 11, 18)}, {"at": at("20T09:01")}, {"why": "timed_out"},
        {"missing": ("t9",)}, {"definitions": 2}, {"figures": {**WAS, "cases.received": 4}}, {"figures": {}},
    ]  # fmt: skip
    for change in changes:
        assert not intact(replace(first, **change)), change


def test_a_later_change_of_what_was_given_changes_no_freeze() -> None:
    figures = dict(WAS)
    first = frozen(figures)
    figures["cases.received"] = 99
    assert first.figures == WAS
    assert intact(first)


def test_a_freeze_names_who_was_missing_and_waits_for_nobody_else() -> None:
    gone, dark = terminal("t2", None, revoked="19T15:00"), terminal("t1", None)
    late = found(dark, gone, now="23T09:00")
    first = freeze("SZ01", DAY, WAS, late, at("23T09:00"), 1)
    assert (first.why, first.missing) == ("timed_out", ("t1", "t2"))
    for now in ("19T12:00", "20T09:00"):
        with pytest.raises(ValueError, match="may still come"):
            freeze("SZ01", DAY, WAS, found(dark, now=now), at(now), 1)
    with pytest.raises(NotCanonicalError):
        frozen({"share": 0.5})  # type: ignore[dict-item]


def test_a_figure_is_written_with_what_it_is_made_of() -> None:
    assert written(Counted(2 / 3, (1, 2), (1, 2, 3))) == {"value": "0.666667", "rows": 2, "of": 3}
    assert written(Counted(7, (1,), (1,))) == written(Counted(7.0, (1,), (1,))) == {"value": 7, "rows": 1, "of": 1}
    assert written(Counted(None, (), ())) == {"value": None, "rows": 0, "of": 0}
    assert written(Counted(0, (), ())) != written(Counted(None, (), ())), "zero is not no data"
    assert intact(frozen({"share": written(Counted(0.5, (1,), (1, 2)))}))
    huge = written(Counted(2**53, (1,), (1,)))
    assert huge == {"value": f"{2**53}.000000", "rows": 1, "of": 1}
    assert intact(frozen({"cost": huge})), "canonical JSON has no integer of that size"
