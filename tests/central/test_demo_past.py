"""The demo's past: believable days that central takes in like any other push, once, and nothing of any person."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from branch_console.central import administration, campaigns
from branch_console.central.administration import Office
from branch_console.central.loop import run
from branch_console.central.settings import CentralSettings
from branch_console.demo.gifts import SAMPLES
from branch_console.demo.past.writing import write_past
from branch_console.demo.people import DemoBranch, load_people
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.statistics.deriving_all import derive
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import Days
from branch_console.rules.working_time.workdays import workday

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 12, 30, tzinfo=SHANGHAI)
DARK = datetime(2026, 11, 18, 15, 4, tzinfo=SHANGHAI)
"""15:04 two working days before."""


class Written(NamedTuple):
    """What is in central's database afterwards."""

    entries: int
    again: int
    facts: Facts
    marks: Counter[str]
    quarantined: int
    terminals: list[dict[str, Any]]
    last_at: dict[str, str]
    working: set[date]


def branch(code: str) -> DemoBranch:
    return next(each for each in load_people().branches if each.code == code)


def write(database: str, home: Path, of: DemoBranch, now: datetime = NOW) -> Written:
    """Found the branch, let a gift campaign run, and write its past twice."""

    async def work() -> Written:
        settings = CentralSettings(home=home, database=database)
        async with administration.office(settings) as at:
            await administration.add_branch(at, of.code, of.name, "Asia/Shanghai", "zh")
            for name in ("points_exchange", "spend_500_30d"):
                added = await campaigns.add(at, (SAMPLES / f"{name}.v1.toml").read_text("utf-8"), name, "author", None)
                await campaigns.tried(at, added.campaign.id, {"people": 10})
                await campaigns.submit(at, added.campaign.id)
                await campaigns.approve(at, added.campaign.id, "approver")
        async with administration.office(settings) as at:
            entries, again = await write_past(at, of, now), await write_past(at, of, now)
            return await read(at, entries, again)

    return run(work())


async def read(at: Office, entries: int, again: int) -> Written:
    """All states as rows of what happened."""
    cursor = await at.connection.execute("SELECT subject, state FROM state WHERE state IS NOT NULL")
    found: list[Facts] = []
    marks = Counter[str]()
    days = Days(SHANGHAI)
    for subject, state in await cursor.fetchall():
        folded = FOLDS[str(subject).partition("/")[0]].load(state)  # type: ignore[arg-type]
        marks.update(mark.code for mark in getattr(folded, "marks", ()))
        found.append(derive(str(subject), folded, days, at.reference, confirmed=True))
    quarantined = await administration.list_quarantine(at, None)
    cursor = await at.connection.execute(
        "SELECT writer, max(convert_from(wire, 'UTF8')::json ->> 'at') FROM entry"
        " WHERE type <> 'data.erased' GROUP BY writer"
    )
    last = {str(writer): str(moment) for writer, moment in await cursor.fetchall()}
    calendar = at.reference.newest_calendar("cn_branch", NOW.date())
    assert calendar is not None
    dates = (NOW.date() - timedelta(days=each) for each in range(100))
    working = {each for each in dates if workday(calendar, each).working}
    terminals = await administration.list_terminals(at, None)
    return Written(entries, again, joined(found), marks, len(quarantined), terminals, last, working)


def joined(parts: list[Facts]) -> Facts:
    return Facts(
        journeys=tuple(each for part in parts for each in part.journeys),
        claims=tuple(each for part in parts for each in part.claims),
        checks=tuple(each for part in parts for each in part.checks),
        cases=tuple(each for part in parts for each in part.cases),
        clocks=tuple(each for part in parts for each in part.clocks),
        ideas=tuple(each for part in parts for each in part.ideas),
        ratings=tuple(each for part in parts for each in part.ratings),
    )


@pytest.fixture
def past(database: str, tmp_path: Path) -> Callable[[str], Written]:
    return lambda code: write(database, tmp_path, branch(code))


def test_thirteen_weeks_at_which_a_board_has_something_to_show(past: Callable[[str], Written]) -> None:
    done = past("SZ01")
    facts = done.facts
    assert 10_000 < done.entries < 25_000 and done.again == 0
    assert done.quarantined == 0 and not done.marks

    started = Counter(each.started.day for each in facts.journeys if each.started is not None)
    assert len(started) >= 56 and set(started) <= done.working
    before_dark = [count for day, count in started.items() if day < DARK.date()]
    assert min(before_dark) >= 4 and max(before_dark) <= 25 and 8 <= sum(before_dark) / len(before_dark) <= 16
    dropped = Counter(each.last_step for each in facts.journeys if each.abandoned is not None)
    assert dropped.most_common(1)[0][0] == "bind_card"
    assert {"II", "III", "IV"} == {each.target for each in facts.journeys} and all(e.segment for e in facts.journeys)
    assert sum(each.first_use is not None for each in facts.journeys) > 100

    complaints = Counter(each.received.day for each in facts.cases if each.complaint and each.received is not None)
    (unusual, most), (_, next_most) = complaints.most_common(2)
    assert most >= 8 > 2 * next_most and unusual in done.working
    statutory = [each for each in facts.clocks if each.purpose == "decision" and each.complaint and each.due]
    kept = [each for each in statutory if each.stopped is not None and each.stopped.at <= each.due.at]  # type: ignore[union-attr]
    assert 0 < len(kept) < len(statutory)
    assert len(facts.ratings) > 80 and {each.score for each in facts.ratings} == {1, 2, 3, 4, 5}
    assert any(each.adopted for each in facts.ideas) and any(each.declined for each in facts.ideas)
    assert len(facts.claims) > 30 and {each.sku for each in facts.claims} >= {"RICE-5KG", "OIL-5L"}
    assert {each.verdict for each in facts.checks} >= {"ELIGIBLE", "NOT_YET", "NO", "ALREADY_CLAIMED"}


def test_one_terminal_is_dark_and_nothing_lies_in_the_future(past: Callable[[str], Written]) -> None:
    done = past("GZ01")
    bright, dark = sorted(done.terminals, key=lambda each: str(each["name"]))
    assert "虚构" in str(bright["name"]) and "虚构" in str(dark["name"])
    assert (bright["pending"], dark["pending"]) == (0, 11)
    assert bright["last_seen_at"] == NOW and dark["last_seen_at"] == DARK
    assert done.last_at[str(dark["terminal"])] < DARK.isoformat() < done.last_at[str(bright["terminal"])]
    assert done.last_at[str(bright["terminal"])] < NOW.isoformat(), "today goes on, up to now"
    assert any(each.started is not None and each.started.day == NOW.date() for each in done.facts.journeys)
