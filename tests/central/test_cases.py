"""Cases at central: folded, erased and folded anew right; two branches with one matter are told, once, and no more."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, cast

import pytest

from branch_console.central.case_hints import MOST, hint_next
from branch_console.central.database import Connection
from branch_console.central.publish import first_writer, uuid7
from branch_console.central.refolding import refold
from branch_console.central.store import entries_of
from branch_console.rules.canonical import Json
from branch_console.rules.cases.forgetting import erasure
from branch_console.rules.cases.numbers import case_number
from branch_console.rules.cases.states import CaseState
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.journal import Data, Entry
from branch_console.rules.reference import Reference
from tests.central.inside import Writer, with_database
from tests.rules.cases.case_help import CODES, CUSTOMER, SAMPLES, TRANSACTION

PERSON = ("k1:138", "张*丰", "138****8000", "002250******5081", "同一笔早餐被扣了两次", "好又多超市")
DAY = date(2026, 9, 18)
OTHER_CODES = {**CODES, "category": "service", "business": "B99", "reason": "C01"}


class Branch:
    """One terminal of a branch, and its cases at central."""

    def __init__(self, connection: Connection, code: str) -> None:
        self.connection, self.code, self.writer = connection, code, Writer()
        self.cases = 0

    async def begin(self) -> "Branch":
        await self.writer.register(self.connection, self.code)
        await self.connection.execute(
            "INSERT INTO writer (name, branch, label, registered_at) VALUES (%s, %s, 'central', '2026-01-01Z')"
            " ON CONFLICT DO NOTHING",
            (first_writer(self.code), self.code),
        )
        return self

    async def register(self, **changed: Any) -> str:
        """A complaint is taken down and pushed; its subject."""
        self.cases += 1
        subject = f"case/{uuid7()}"
        number = case_number(self.code, self.writer.terminal, DAY, self.cases)
        await self.write("case.registered", subject, number=number, **changed)
        return subject

    async def write(self, kind: str, subject: str, /, **changed: Any) -> Entry:
        entry = self.writer.write(kind, subject, cast(Data, {**SAMPLES[kind], **changed}))
        pushed = await self.writer.push(self.connection, entry.seq)
        assert pushed.quarantined == []
        return entry

    async def write_erasure(self, subject: str, places: list[Json], why: str) -> None:
        entry = self.writer.write("data.erased", subject, {"entries": places, "why": why})
        assert (await self.writer.push(self.connection, entry.seq)).quarantined == []

    async def state(self, subject: str) -> CaseState:
        cursor = await self.connection.execute(
            "SELECT state FROM state WHERE branch = %s AND subject = %s", (self.code, subject)
        )
        row = await cursor.fetchone()
        assert row is not None
        return cast(CaseState, FOLDS["case"].load(cast(bytes, row[0])))

    async def hints(self, subject: str) -> list[tuple[str | None, str, list[str], str | None]]:
        return [(each.of, each.branch, each.why, each.other) for each in (await self.state(subject)).hints]


async def compare(connection: Connection) -> int:
    """Central looks at all that waits; at how many cases."""
    count = 0
    while await hint_next(connection, Reference()):
        count += 1
    return count


def at_central(database: str, work: Callable[[Connection], Awaitable[None]]) -> None:
    with_database(database, work)


def test_two_branches_with_one_matter_are_told_once_and_nothing_that_was_said(database: str) -> None:
    async def work(connection: Connection) -> None:
        here, there = await Branch(connection, "B1").begin(), await Branch(connection, "B2").begin()
        one, other = await here.register(), await there.register()
        assert await compare(connection) == 2
        first, second = await here.state(one), await there.state(other)
        assert await here.hints(one) == [(second.number, "B2", ["same_matter", "open_case"], None)]
        assert await there.hints(other) == [(first.number, "B1", ["same_matter", "open_case"], None)]
        assert (first.marks, first.heads) == ([], [here.writer.entries[0].id])
        for branch, subject in (("B1", one), ("B2", other)):
            said = [
                each for each in await entries_of(connection, branch, subject) if each.terminal.startswith("central")
            ]
            assert [(each.type, each.staff) for each in said] == [("case.duplicate_suspected", None)]
            assert [part for part in PERSON if part in str(said[0].data)] == []
        await here.write("case.noted", one)
        await there.write("case.details_added", other, customer=CUSTOMER)
        assert await compare(connection) == 0
        assert len(await here.hints(one)) == 1

    at_central(database, work)


def test_two_terminals_of_one_branch_are_told_with_the_way_to_the_other(database: str) -> None:
    async def work(connection: Connection) -> None:
        one, other = await Branch(connection, "B1").begin(), await Branch(connection, "B1").begin()
        first, second = await one.register(), await other.register(codes=OTHER_CODES)
        again = await one.register()  # what one terminal has twice, it has hinted at itself
        await compare(connection)
        assert [each[3] for each in await one.hints(first)] == [second]
        assert [(each[2], each[3]) for each in await one.hints(again)] == [(["open_case"], second)]
        assert {each[3] for each in await other.hints(second)} == {first, again}

    at_central(database, work)


@pytest.mark.parametrize(
    ("first", "then", "why"),
    [
        ({}, {"customer": {**CUSTOMER, "keys": {"phone": "k1:139"}}}, []),
        ({}, {"customer": {"how": "anonymous", "keys": {}}}, []),
        ({"kind": "inquiry", "clock_sets": []}, {}, []),
        (
            {"transaction": {**TRANSACTION, "key": "k1:payment"}, "customer": {"how": "anonymous", "keys": {}}},
            {"transaction": {**TRANSACTION, "key": "k1:payment"}, "codes": OTHER_CODES},
            ["same_transaction"],
        ),
    ],
)
def test_only_the_same_customer_or_payment_of_complaints(
    database: str, first: dict[str, Any], then: dict[str, Any], why: list[str]
) -> None:
    async def work(connection: Connection) -> None:
        here, there = await Branch(connection, "B1").begin(), await Branch(connection, "B2").begin()
        one, other = await here.register(**first), await there.register(**then)
        await compare(connection)
        found = [each[2] for branch, case in ((here, one), (there, other)) for each in await branch.hints(case)]
        assert found == ([why, why] if why else [])

    at_central(database, work)


def test_a_case_over_for_long_or_merged_is_no_hint(database: str) -> None:
    async def work(connection: Connection) -> None:
        here, there = await Branch(connection, "B1").begin(), await Branch(connection, "B2").begin()
        over, merged = await here.register(), await here.register()
        await here.write("case.withdrawn", over)
        await here.write("case.merged", merged)
        later = "2026-12-01T10:00:00.000+08:00"
        new = await there.register(received_at=later, form_opened_at=later, saved_at=later)
        await compare(connection)
        assert await there.hints(new) == []

    at_central(database, work)


def test_a_merged_case_leaves_the_word_to_the_one_that_it_went_into(database: str) -> None:
    async def work(connection: Connection) -> None:
        here, there = await Branch(connection, "B1").begin(), await Branch(connection, "B2").begin()
        merged = await here.register()
        await here.write("case.merged", merged)
        new = await there.register(received_at="2026-09-17T10:00:00.000+08:00")
        await compare(connection)
        assert (await there.hints(new), await here.hints(merged)) == ([], [])

    at_central(database, work)


def test_one_case_is_told_of_a_few_others_only(database: str) -> None:
    async def work(connection: Connection) -> None:
        here, there = await Branch(connection, "B1").begin(), await Branch(connection, "B2").begin()
        for _ in range(MOST + 2):
            await here.register()
        await compare(connection)
        one = await there.register()
        await compare(connection)
        assert len(await there.hints(one)) == MOST

    at_central(database, work)


async def traced(connection: Connection) -> set[object]:
    """The subjects of which there is a trace."""
    cursor = await connection.execute("SELECT subject FROM case_trace UNION SELECT subject FROM case_trace_key")
    return {subject for (subject,) in await cursor.fetchall()}


def test_an_erased_case_leaves_no_person_and_folds_anew_to_the_same(database: str) -> None:
    async def work(connection: Connection) -> None:
        here, there = await Branch(connection, "B1").begin(), await Branch(connection, "B2").begin()
        one, other = await here.register(transaction={**TRANSACTION, "key": "k1:payment"}), await there.register()
        await compare(connection)
        await here.write("case.noted", one)
        await here.write("case.decided", one)
        await here.write("case.notified", one)
        before = await here.state(one)
        places = erasure(await entries_of(connection, "B1", one))
        await here.write_erasure(one, places, "retention")
        assert "同一笔早餐" in (await here.state(one)).narrative  # a terminal's time is over, not the bank's
        await here.write_erasure(one, places, "consent_withdrawn")
        after = await here.state(one)
        kept = str([each for each in await entries_of(connection, "B1", one) if each.type != "data.erased"]) + repr(
            FOLDS["case"].dump(after)
        )
        assert [each for each in (*PERSON, "k1:payment", "商户确认重复提交") if each in kept] == []
        assert [hint.of for hint in after.hints] == [None]
        assert after.erased
        for name in ("number", "kind", "status", "codes", "received_at", "notified_at", "clock_sets", "before"):
            assert getattr(after, name) == getattr(before, name), name
        assert one not in await traced(connection)
        await refold(connection, [("B1", one), ("B2", other)], Reference())
        assert await here.state(one) == after
        assert await compare(connection) == 0

    at_central(database, work)


def test_acts_that_come_late_and_out_of_order_fold_to_one_state(database: str) -> None:
    async def work(connection: Connection) -> None:
        one, other = await Branch(connection, "B1").begin(), await Branch(connection, "B1").begin()
        case = await one.register()
        begun = one.writer.entries[0].id
        early = other.writer.write(
            "case.paused", case, cast(Data, {**SAMPLES["case.paused"], "after": [begun]}), at_ms=5
        )
        await one.write("case.decided", case, after=[begun])
        await other.writer.push(connection, early.seq)
        state = await one.state(case)
        assert [each.code for each in state.marks] == ["both_sides_changed"]
        assert state.unsettled
        await refold(connection, [("B1", case)], Reference())
        assert await one.state(case) == state

    at_central(database, work)


def test_a_case_that_cannot_be_told_of_does_not_stop_the_others(database: str) -> None:
    async def work(connection: Connection) -> None:
        here, there = await Branch(connection, "B1").begin(), Branch(connection, "B0")
        await there.writer.register(connection, "B0")  # a branch for which central has no journal
        stranger = {**CUSTOMER, "keys": {"phone": "k1:777"}}
        lost = await here.register(customer=stranger)
        await there.register(customer=stranger)
        one = await here.register()
        await (await Branch(connection, "B2").begin()).register()
        assert await compare(connection) == 4
        assert await here.hints(lost) == []
        assert [each[1] for each in await here.hints(one)] == ["B2"]

    at_central(database, work)
