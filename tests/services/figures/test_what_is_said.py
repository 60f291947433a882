"""No data, comparison, frozen days, refreshing: what the board says beside its numbers."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from branch_console.figure_views.board import BoardView, TileView
from branch_console.figure_views.tables import Drill
from branch_console.locale import Language, set_language
from branch_console.rules.statistics.day_entries import figures_subject
from branch_console.rules.statistics.day_state import frozen_data, restated_data
from branch_console.rules.statistics.freezing import freeze, written
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.restating import Restatement
from branch_console.rules.statistics.tally import Tally
from branch_console.rules.statistics.whole_day import day_values
from data.reading import Reading
from data.statistics.catching_up import catch_up_all
from data.statistics.rows import facts_between
from tests.rules.statistics.day_branch import CHINA, TERMINALS
from tests.rules.statistics.freezing_help import found, terminal
from tests.services.figures.board_help import Stand, central_says, customer, later, stand

FRIDAY, SATURDAY, SUNDAY = date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 11)
MONDAY = date(2026, 10, 12)
DAYS = Days(CHINA)  # type: ignore[arg-type]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Stand]:
    made = stand(tmp_path)
    yield made
    made.store.close()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def tile(view: BoardView, figure: str = "journeys.received") -> TileView:
    return next(each for each in view.tiles if each.drill == Drill(figure))


# --- no data is not zero ---


def test_zero_and_no_data(empty: Stand) -> None:
    customer(empty, 1, at(FRIDAY, 10))
    empty.clock.now = at(SUNDAY, 12)
    board = empty.board()
    friday, saturday, today = (board.board(day, "overview") for day in (FRIDAY, SATURDAY, None))
    assert (tile(friday).value, tile(friday, "cases.received").value) == ("1", "0")
    assert (tile(saturday).value, tile(saturday).raw) == ("—", None)
    assert tile(today).value == "0"
    assert tile(friday, "ratings.csat").value == "—"
    assert tile(friday, "gifts.cost_per_wallet").raw == 0
    assert tile(today).spark[-3:] == (1, None, 0)
    assert board.rows(Drill("journeys.received"), SATURDAY).value == "—"


# --- comparison ---


def test_a_make_up_saturday_is_compared_with_friday_and_monday_with_it(empty: Stand) -> None:
    for number, (day, hour) in enumerate([(FRIDAY, 9), (FRIDAY, 15), (SATURDAY, 9), (SATURDAY, 10), (SATURDAY, 16)]):
        customer(empty, number, at(day, hour))
    empty.clock.now = at(SATURDAY, 11)
    saturday = tile(empty.board().board(None, "overview"))
    assert saturday.before == "+2，前值 1（10-09 周五 同一时刻）"
    empty.clock.now = at(MONDAY, 11)
    monday = tile(empty.board().board(None, "overview"))
    assert monday.before == "−2，前值 2（10-10 周六 同一时刻）"
    assert (saturday.tone, monday.tone) == ("good", "bad")
    assert tile(empty.board().board(SATURDAY, "overview")).before == "+1，前值 2（10-09 周五 全天）"


def test_a_sunday_is_compared_with_nothing(empty: Stand) -> None:
    customer(empty, 1, at(SATURDAY, 10))
    empty.clock.now = at(SUNDAY, 12)
    assert tile(empty.board().board(None, "overview")).before == "没有可比的工作日"


def test_too_few_is_not_unusual_before_the_day_is_over(empty: Stand) -> None:
    days = [MONDAY + timedelta(days=7 * week + day) for week in range(4) for day in range(5)]
    for number, day in enumerate(day for at_day, day in enumerate(days) for _ in range(13 + at_day % 2)):
        customer(empty, number, at(day, 10))
    last = days[-1] + timedelta(days=3)
    customer(empty, 999, at(last, 9))
    catch_up_all(empty.store)
    for now, unusual in ((at(last, 9, 30), False), (at(last + timedelta(days=1), 9), True)):
        empty.clock.now = now
        plot = empty.board().detail("journeys.received", "", "", last).days
        assert plot is not None and plot.points[-1].lower is not None
        assert (plot.points[-1].value, plot.points[-1].unusual) == (1, unusual)


def test_what_came_of_a_cohort_is_compared_as_it_was_then(empty: Stand) -> None:
    customer(empty, 1, at(FRIDAY, 9), ends=300)
    empty.clock.now = at(SATURDAY, 10)
    board = empty.board()
    board.board(None, "overview")
    assert "0.0%" in board.detail("journeys.completed", "", "", SATURDAY).before
    later(empty, hours=6)
    assert "100.0%" in board.detail("journeys.completed", "", "", SATURDAY).before


# --- provisional, frozen, restated ---


def test_a_day_is_running_then_provisional_then_frozen_then_restated(empty: Stand) -> None:
    customer(empty, 1, at(FRIDAY, 9))
    empty.clock.now = at(FRIDAY, 12)
    board = empty.board()
    assert board.board(None, "overview").state.code == "running"
    empty.clock.now = at(SATURDAY, 12)
    assert board.board(FRIDAY, "overview").state.code == "provisional"
    facts = facts_between(empty.store, FRIDAY, FRIDAY)
    figures = {name: written(each) for name, each in day_values(facts, DAYS, FRIDAY, at(SATURDAY, 9)).items()}
    done = freeze("SZ01", FRIDAY, figures, found(terminal("t1", "20T08:00")), at(SATURDAY, 9), 1)
    subject = figures_subject("SZ01", FRIDAY)
    central_says(empty, subject, "day.frozen", frozen_data(done), at(SATURDAY, 9))
    state = board.board(FRIDAY, "overview").state
    assert (state.code, state.sound, state.restatements) == ("frozen", True, ())
    assert done.hash.startswith(state.hash) and len(state.hash) == 12
    was, now = figures["journeys.onboarded"], {"value": 3, "rows": 3, "of": 3}
    change = Restatement(FRIDAY, "journeys.onboarded", was, now, at(SATURDAY, 11), "late", ((TERMINALS[3], 2),))
    central_says(empty, subject, "day.restated", restated_data(done, [change], at(SATURDAY, 11), 1), at(SATURDAY, 11))
    (said,) = board.board(FRIDAY, "overview").state.restatements
    assert said.text == "10-09 开通：1 → 3，2 笔迟到，终端 a003"
    span = board.days()
    assert (span.first, span.last) == (FRIDAY, SATURDAY)
    assert [each.state for each in board.days_between(span.first, span.last)] == ["running", "frozen"]
    assert [each.label for each in board.days_between(FRIDAY, FRIDAY)] == ["2026-10-09 周五"]


def test_frozen_figures_that_are_not_what_was_hashed_are_not_sound(empty: Stand) -> None:
    customer(empty, 1, at(FRIDAY, 9))
    empty.clock.now = at(SATURDAY, 12)
    done = freeze(
        "SZ01", FRIDAY, {"journeys.received": {"value": 1, "rows": 1, "of": 1}}, found(terminal("t1", "20T08:00")),
        at(SATURDAY, 9), 1,
    )  # fmt: skip
    data = frozen_data(done)
    data["figures"] = {"journeys.received": {"value": 2, "rows": 2, "of": 2}}
    central_says(empty, figures_subject("SZ01", FRIDAY), "day.frozen", data, at(SATURDAY, 9))
    state = empty.board().board(FRIDAY, "overview").state
    assert (state.code, state.sound) == ("frozen", False)


@pytest.mark.parametrize(("spoken", "both"), [("zh", "t-K1、t-K2"), ("en", "t-K1, t-K2")])
def test_terminals_that_are_missing_stand_side_by_side_in_either_language(
    empty: Stand, spoken: Language, both: str
) -> None:
    customer(empty, 1, at(FRIDAY, 9))
    empty.clock.now = at(SATURDAY, 12)
    late = found(terminal("terminal/t-K1", None), terminal("terminal/t-K2", None), now="25T09:00")
    done = freeze("SZ01", FRIDAY, {}, late, at(SATURDAY, 9), 1)
    central_says(empty, figures_subject("SZ01", FRIDAY), "day.frozen", frozen_data(done), at(SATURDAY, 9))
    set_language(spoken)
    assert both in empty.board().board(FRIDAY, "overview").state.label


# --- refreshing ---


def test_nothing_new_is_no_new_view_and_an_entry_is_one(empty: Stand) -> None:
    customer(empty, 1, at(FRIDAY, 9))
    empty.clock.now = at(SATURDAY, 12)
    board = empty.board()
    known = board.board(None, "overview")
    assert board.refresh(known) is None
    customer(empty, 2, at(SATURDAY, 11, 30))
    view = board.refresh(known)
    assert view is not None and view.place > known.place
    assert (tile(known).value, tile(view).value, tile(view, "journeys.onboarded").value) == ("0", "1", "1")
    assert board.refresh(view) is None
    later(empty, minutes=1)
    assert board.refresh(view) is not None


def test_only_days_that_changed_are_read_again(empty: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.statistics import tallies

    customer(empty, 1, at(FRIDAY, 9))
    empty.clock.now = at(SATURDAY, 12)
    board = empty.board()
    known = board.board(None, "overview")
    asked: list[tuple[date, date]] = []
    real = tallies.totals

    def noted(source: Reading, first: date, last: date) -> dict[date, dict[str, Tally]]:
        asked.append((first, last))
        return real(source, first, last)

    monkeypatch.setattr(tallies, "totals", noted)
    customer(empty, 2, at(SATURDAY, 11, 30))
    assert board.refresh(known) is not None
    assert asked == [(SATURDAY, SATURDAY)]


def test_today_becomes_the_next_day_at_midnight(empty: Stand) -> None:
    customer(empty, 1, at(FRIDAY, 9))
    customer(empty, 2, at(FRIDAY - timedelta(days=1), 9))
    empty.clock.now = at(FRIDAY, 23, 59)
    board = empty.board()
    known, past = board.board(None, "overview"), board.board(FRIDAY - timedelta(days=1), "overview")
    later(empty, minutes=2)
    view = board.refresh(known)
    assert view is not None and (view.day, view.previous) == (SATURDAY, FRIDAY)
    assert (past.following, past.today) == (FRIDAY, False)
    later(empty, minutes=1)
    again = board.refresh(past)
    assert again is not None and again.day == past.day


def test_a_view_before_all_is_counted_says_so(empty: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    from branch_console.services.figures import board as board_module

    for number in range(3):
        customer(empty, number, at(FRIDAY, 9))
    empty.clock.now = at(FRIDAY, 12)
    monkeypatch.setattr(board_module, "STEP", 1)
    monkeypatch.setattr(board_module, "PATIENCE", -1.0)
    view = empty.board().board(None, "overview")
    assert view.counting is not None and 0 <= view.counting < 1 and view.notes
    catch_up_all(empty.store)
    assert empty.board().board(None, "overview").counting is None
