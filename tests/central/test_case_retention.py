"""Central keeps cases for five years after their end, and then only what a supervisor confirms goes."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from branch_console.central import case_retention
from branch_console.central.administration import AdministrationError, Office
from branch_console.central.case_retention import cases_due, erase_cases
from branch_console.central.database import Connection
from branch_console.central.publish import Act, first_writer, publish
from branch_console.central.store import entries_of
from branch_console.rules.canonical import Json
from branch_console.rules.cases.rating_entries import rating_subject
from branch_console.rules.cases.states import CaseState
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.journal import Data
from branch_console.rules.staff import subject_for
from tests.central.inside import START_MS, Writer, state_of, with_database
from tests.rules.cases.case_help import CASE, OTHER, SAMPLES
from tests.rules.flow_help import reference

START = datetime.fromtimestamp(START_MS / 1000, UTC)
YEARS = timedelta(days=1827)
PERSON = ("138****8000", "张*丰", "k1:138", "同一笔早餐", "商户确认", "太慢了")
STAFF: Data = {"name": "赵六", "role": "supervisor", "active": True, "credential": None}


async def filled(connection: Connection) -> Office:
    """A branch with a supervisor and a guide; one case that is closed and rated, one that is open."""
    writer = Writer()
    await writer.register(connection)
    await connection.execute(
        "INSERT INTO writer (name, branch, label, registered_at) VALUES (%s, 'B1', 'central', '2026-01-01Z')",
        (first_writer("B1"),),
    )
    for staff, role in (("s1", "supervisor"), ("g1", "guide")):
        act = Act("staff.registered", subject_for("staff", staff), {**STAFF, "staff_id": staff, "role": role})
        await publish(connection, "B1", [act], reference())
    kinds = ("case.registered", "case.noted", "case.decided", "case.notified", "case.closed")
    for kind in kinds:
        writer.write(kind, CASE, cast(Data, SAMPLES[kind]))
    writer.write("case.registered", OTHER, cast(Data, SAMPLES["case.registered"]))
    rating: Data = {"about": CASE, "score": 2, "text": "太慢了", "revision": 1}
    writer.write("rating.given", rating_subject(CASE), rating)
    assert (await writer.push(connection)).quarantined == []
    return Office(connection, cast(Any, None), reference(), cast(Any, None))


async def said(connection: Connection, subject: str) -> str:
    """Everything about a subject that stands in the database."""
    stored = await state_of(connection, subject)
    return stored.decode() + str([each.data for each in await entries_of(connection, "B1", subject)])


def test_after_five_years_a_supervisor_confirms_and_the_person_goes(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(connection: Connection) -> tuple[CaseState, str, str]:
        office = await filled(connection)
        monkeypatch.setattr(case_retention, "now", lambda: START + YEARS - timedelta(minutes=1))
        assert await cases_due(office, "B1") == []
        monkeypatch.setattr(case_retention, "now", lambda: START + YEARS + timedelta(minutes=1))
        (due,) = await cases_due(office, "B1")
        assert (due.case, due.kind, due.number) == (CASE, "complaint", SAMPLES["case.registered"]["number"])
        for staff, cases, why in (
            ("g1", [CASE], "no supervisor"),
            ("x", [CASE], "no supervisor"),
            ("s1", [OTHER], "not due"),
        ):
            with pytest.raises(AdministrationError, match=why):
                await erase_cases(office, "B1", cases, staff)
        assert await erase_cases(office, "B1", [CASE], "s1") == 1
        assert await cases_due(office, "B1") == []
        state = FOLDS["case"].load(await state_of(connection, CASE))
        assert isinstance(state, CaseState)
        gone = await said(connection, CASE) + await said(connection, rating_subject(CASE))
        return state, gone, await said(connection, OTHER)

    state, gone, other = with_database(database, work)
    assert [each for each in PERSON if each in gone] == []
    assert [each for each in PERSON if each in other] == ["138****8000", "张*丰", "k1:138", "同一笔早餐"]
    assert (state.number, state.status, state.erased) == (SAMPLES["case.registered"]["number"], "closed", True)
    assert state.timeline[-1].detail == {"why": "retention", "count": "5", "confirmed_by": "s1"}


def test_what_a_terminal_says_of_its_own_retention_is_not_centrals(database: str) -> None:
    async def work(connection: Connection) -> str:
        await filled(connection)
        terminal = Writer()
        await terminal.register(connection)
        first = next(each for each in await entries_of(connection, "B1", CASE) if each.type == "case.registered")
        place: Json = {"terminal": first.terminal, "seq": first.seq}
        erased: Data = {"entries": [place], "why": "retention", "confirmed_by": "s1"}
        terminal.write("data.erased", CASE, erased)
        await terminal.push(connection)
        return await said(connection, CASE)

    assert "张*丰" in with_database(database, work)
