"""What central says: terminals, area, retention; kept for when it cannot be asked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from branch_console.figure_views.tables import Drill
from branch_console.rules.errors import RuleError
from branch_console.rules.statistics.facts import JourneyFact
from branch_console.sync.calls import CallAnswer, Called, CallFailed
from data.statistics.rows import facts_between
from tests.rules.statistics.day_branch import CHINA
from tests.services.figures.board_help import Stand, customer, later, stand

FRIDAY, SATURDAY = date(2026, 10, 9), date(2026, 10, 10)
NOON = datetime(2026, 10, 10, 12, tzinfo=CHINA)
STATS, ACTIVITY = "/v1/stats", "/v1/stats/activity"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Stand]:
    made = stand(tmp_path)
    made.clock.now = NOON
    yield made
    made.store.close()


def answered(body: dict[str, Any]) -> Called:
    return CallAnswer(200, body, "epoch-1")


def terminal(name: str, synced: str | None, seen: str | None, pending: int = 0) -> dict[str, Any]:
    return {
        "terminal": f"0190c0de-0000-7000-8000-00000000f{name[-3:]}", "name": name, "pending": pending,
        "registered_at": "2026-09-01T08:00:00+08:00", "revoked_at": None, "clock_offset_ms": 0,
        "last_seen_at": seen and f"2026-10-10T{seen}:00+08:00", "synced_at": synced and f"2026-10-10T{synced}:00+08:00",
    }  # fmt: skip


def branch(code: str, days: list[dict[str, Any]], terminals: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "branch": code, "name": f"网点{code}", "timezone": "Asia/Shanghai", "behind": False, "days": days,
        "terminals": terminals,
    }  # fmt: skip


def day(on: date, state: str = "provisional", *, silent: bool = False, **figures: list[Any]) -> dict[str, Any]:
    named = {name.replace("__", "."): value for name, value in figures.items()}
    return {"day": on.isoformat(), "state": state, "silent": silent, "figures": named}


def stats(*branches: dict[str, Any], as_of: datetime = NOON) -> Called:
    said = {"as_of": as_of.isoformat(), "day": "2026-10-10", "definitions": 1, "branches": list(branches)}
    return answered(said)


def no_activity() -> Called:
    return answered(
        {"as_of": NOON.isoformat(), "first": "2026-08-10", "weeks": 9, "until": None, "onboarded": 0, "covered": 0,
         "wallets": {}}
    )  # fmt: skip


FOUR = [
    terminal("K-001", "11:58", "11:59"),
    terminal("K-002", "11:50", "11:59"),
    terminal("K-003", "11:55", "11:55"),
    terminal("K-004", "11:05", "11:05", pending=3),
]


def test_the_line_says_up_to_when_and_who_is_missing(empty: Stand) -> None:
    customer(empty, 1, NOON - timedelta(days=4))  # else there is no day before today that could be opened
    board = empty.board()
    assert board.board(None, "overview").completeness.startswith("尚未从中心取得")
    empty.said = {STATS: stats(branch("SZ01", [], FOUR)), ACTIVITY: no_activity()}
    known = board.board(None, "overview")
    assert board.ask_central() == ""
    view = board.refresh(known)
    assert view is not None
    assert view.completeness == "4 台终端中 3 台已收齐到 11:50，中心 12:00 的情况，K-004 最后联系 11:05"
    past = board.board(FRIDAY, "overview").completeness
    assert past == "4 台终端中 3 台已收齐全天，中心 12:00 的情况，K-004 最后联系 11:05"
    empty.online = False
    later(empty, hours=30)
    assert "离线，中心 10-10 12:00 的情况" in board.board(SATURDAY, "overview").completeness


def test_a_day_of_which_central_has_word_is_zero_and_not_unknown(empty: Stand) -> None:
    customer(empty, 1, NOON - timedelta(days=4))
    board = empty.board()
    assert board.board(FRIDAY, "overview").tiles[0].value == "—"
    empty.said = {STATS: stats(branch("SZ01", [day(FRIDAY, "complete")], FOUR)), ACTIVITY: no_activity()}
    assert board.ask_central() == ""
    view = board.board(FRIDAY, "overview")
    assert (view.tiles[0].value, view.state.code) == ("0", "complete")


def test_what_cannot_be_asked_is_said_and_the_last_answer_stays(empty: Stand) -> None:
    board = empty.board()
    assert board.ask_central() == "unreachable"
    assert (board.area(SATURDAY).problem, board.area(SATURDAY).tables) == ("连不上中心", ())
    empty.said = {STATS: stats(branch("SZ01", [], FOUR)), ACTIVITY: no_activity()}
    assert board.ask_central() == ""
    for wrong, code, words in (
        (answered({"as_of": "x"}), "not-central", "应答的不是中心（可能是上网认证页）"),
        (CallAnswer(403, {"code": "terminal-revoked"}, "epoch-1"), "terminal-revoked", "本终端已停用"),
        (CallFailed("no-process"), "no-process", "联系不上中心，显示上次的数据。"),
    ):
        empty.said[STATS] = wrong
        assert board.ask_central() == code
        area = board.area(SATURDAY)
        assert area.tables and area.problem == words


def test_branches_side_by_side_by_rates_with_their_median(empty: Stand) -> None:
    ours = [
        day(
            FRIDAY, journeys__completed=["0.500000", 10, 20], journeys__onboarded=[10, 10, 10], gifts__cost=[9000, 3, 3]
        ),
        day(SATURDAY, journeys__completed=[1, 2, 2], journeys__minutes_median=[12, 2, 2]),
    ]
    theirs = [day(SATURDAY, journeys__completed=["0.250000", 1, 4])]
    none = [day(SATURDAY, silent=True)]
    empty.said = {
        STATS: stats(branch("SZ01", ours, FOUR), branch("SZ02", theirs, []), branch("GZ01", none, [])),
        ACTIVITY: no_activity(),
    }
    board = empty.board()
    assert board.ask_central() == "" and board.board(None, "overview").area
    area = board.area(SATURDAY)
    of_day, of_weeks = area.tables
    completed = [each.id for each in of_day.columns].index("journeys.completed")
    assert [(row.key, row.raw[completed]) for row in of_day.rows] == [
        ("GZ01", None), ("SZ01", 1.0), ("SZ02", 0.25), ("median", 0.625),
    ]  # fmt: skip
    assert of_day.rows[0].cells[completed] == "—"
    weeks = {row.key: row.raw for row in of_weeks.rows}
    assert weeks["SZ01"][1] == pytest.approx(12 / 22)
    cost = [each.id for each in of_weeks.columns].index("gifts.cost_per_wallet")
    assert (weeks["SZ01"][cost], weeks["SZ02"][cost]) == (900, None)
    assert not area.stale
    later(empty, minutes=10)
    assert board.area(SATURDAY).stale
    with pytest.raises(RuleError):
        empty.board("g1", "guide").area(SATURDAY)
    assert not empty.board("g1", "guide").board(None, "overview").area


def test_only_a_supervisor_asks_for_an_area(empty: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Stand._call

    def noted(self: Stand, method: str, path: str, body: dict[str, Any] | None, seconds: float) -> Called:
        asked.append(path)
        return real(self, method, path, body, seconds)

    monkeypatch.setattr(Stand, "_call", noted)
    empty.said = {STATS: stats(branch("SZ01", [], [])), ACTIVITY: no_activity()}
    empty.board().ask_central()
    empty.board("g1", "guide").ask_central()
    assert [path for path in asked if "staff" in path] == ["/v1/stats?day=2026-10-10&days=28&staff=s1"]
    assert [path for path in asked if ACTIVITY in path] == ["/v1/stats/activity?first=2026-08-10&weeks=9"] * 2


def test_retention_by_week_with_its_wallets(empty: Stand) -> None:
    for number in range(4):
        customer(empty, number, datetime(2026, 9, 14 + number, 10, tzinfo=CHINA), phone=f"k1:{number}")
    customer(empty, 4, datetime(2026, 9, 18, 10, tzinfo=CHINA))
    empty.board().board(None, "overview")
    wallets = [each.wallet for each in _journeys(empty)]
    used = {wallets[0]: [5, 6, 7], wallets[1]: [6]}
    empty.said = {
        STATS: stats(branch("SZ01", [], [])),
        ACTIVITY: answered(
            {"as_of": NOON.isoformat(), "first": "2026-08-10", "weeks": 9, "until": "2026-10-04", "onboarded": 4,
             "covered": 2, "wallets": used}
        ),
    }  # fmt: skip
    board = empty.board()
    assert board.ask_central() == ""
    table = next(each for each in board.board(None, "signs").tables if each.id == "retention")
    (row,) = table.rows
    assert row.raw[1:5] == (4, 0.5, 0.25, None)
    assert row.drill == Drill("retention.active", "2026-09-14", "2")
    found = board.rows(row.drill, SATURDAY)
    assert (found.value, found.counted, found.of) == ("25.0%", 1, 4)
    assert found.lines[0].counted and not found.lines[1].counted
    assert "2026-10-04" in table.notes[0]


def _journeys(of: Stand) -> list[JourneyFact]:
    found = facts_between(of.store, date(2026, 9, 1), SATURDAY, {"journey"}).journeys
    return sorted(found, key=lambda each: each.subject)
