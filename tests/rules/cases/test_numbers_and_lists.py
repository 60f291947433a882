"""Case numbers; promises before tomorrow ten o'clock; cases that come in numbers; the tables."""

from datetime import UTC, date, datetime, timedelta
from string import ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.cases.incidents import incidents
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.numbers import NumberParts, case_number, number_is_right, read_number
from branch_console.rules.cases.parts import Codes, Transaction
from branch_console.rules.cases.promises import due_before, nearest, tomorrow_until
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.tables import CategoryTable
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import format_at
from branch_console.rules.reference import Reference
from tests.rules.cases.case_help import CASE, CODES, K01, NOON, REFERENCE, at, entry, fold, promise

DAY = date(2026, 11, 22)


def test_a_number_says_branch_terminal_day_and_count() -> None:
    number = case_number("SZ01", K01, DAY, 1)
    assert number[:-2] == "TS-SZ01-A001-261122-0001-"
    assert read_number(number) == NumberParts("SZ01", "A001", "261122", 1)
    assert read_number(f"  {number.lower().replace('-', ' － ')} ") == NumberParts("SZ01", "A001", "261122", 1)
    odd = case_number("gz_0-7", K01, DAY, 12_345)
    assert read_number(odd) == NumberParts("GZ_0-7", "A001", "261122", 12_345)
    with pytest.raises(ValueError, match="from 1"):
        case_number("SZ01", K01, DAY, 0)
    assert read_number("LP-7F3A-261122-0001-K") is None


@given(st.integers(1, 99_999), st.integers(0, 23), st.sampled_from(digits + ascii_uppercase))
def test_every_wrong_digit_and_every_wrong_letter_is_found(count: int, place: int, wrong: str) -> None:
    number = case_number("SZ01", K01, DAY, count)
    right = number[place]
    if right in {"-", wrong} or right.isdigit() is not wrong.isdigit():
        return
    assert not number_is_right(number[:place] + wrong + number[place + 1 :])


def test_a_letter_for_a_digit_is_missed_at_most_once_in_97() -> None:
    """MOD 97-10 counts a letter as two digits, so that such a slip moves all before it."""
    tried = missed = 0
    for count in range(1, 200):
        number = case_number("SZ01", K01, DAY, count)
        for place, right in enumerate(number):
            for wrong in ascii_uppercase if right.isdigit() else digits if right != "-" else "":
                tried += 1
                missed += number_is_right(number[:place] + wrong + number[place + 1 :])
    assert missed * 97 <= tried


@given(st.integers(1, 9_999), st.integers(3, 24))
def test_every_swap_of_two_is_found(count: int, place: int) -> None:
    number = case_number("SZ01", K01, DAY, count)
    one, two = number[place], number[place + 1]
    if "-" in {one, two} or one == two:
        return
    assert not number_is_right(number[:place] + two + one + number[place + 2 :])


@given(st.lists(st.tuples(st.sampled_from(["SZ01", "SZ02"]), st.integers(1, 50), st.integers(0, 9)), max_size=30))
def test_numbers_are_unique_per_branch_terminal_day_and_count(made: list[tuple[str, int, int]]) -> None:
    numbers = {each: case_number(each[0], K01[:-1] + str(each[2]), DAY, each[1]) for each in made}
    assert len(set(numbers.values())) == len(numbers)


def test_promises_before_tomorrow_ten_each_with_a_name() -> None:
    until = tomorrow_until(NOON, "Asia/Shanghai", limit(REFERENCE, "handover_until"))
    assert until.isoformat() == "2026-09-19T10:00:00+08:00"
    cases = [
        (f"case/{name}", fold([entry(0, "case.registered", promise=made)]))
        for name, made in (
            ("a", promise(60)), ("b", promise(22 * 60)), ("c", promise(22 * 60 + 1)), ("d", promise(-60, "o2")),
            ("e", {**promise(90), "at": "2026-09-18T13:10:00.000+08:00"}), ("f", None),
        )
    ]  # fmt: skip
    found = due_before(cases, until, {"o1"})
    assert [(each.subject[-1], each.named) for each in found] == [("d", False), ("a", True), ("e", True), ("b", True)]


def test_a_promise_handed_over_has_another_name_and_is_still_the_same_promise() -> None:
    state = fold([entry(0, "case.registered"), entry(1, "case.promise_handed_over")])
    made = nearest(state)
    assert made is not None
    assert (made.staff, made.made_by, made.status) == ("o3", "o1", "open")
    until = NOON + timedelta(days=2)
    assert [each.named for each in due_before([(CASE, state)], until, {"o3"})] == [True]


def disputes(
    count: int, *, branch: str = "SZ01", every: int = 60, counterparty: str = "好又多", kind: str = "dispute"
) -> list[tuple[str, CaseState]]:
    return [
        (
            f"case/{branch}-{number}",
            CaseState(
                kind=kind, branch=branch, status="received", received_at=at(number * every),
                codes=Codes(**CODES), transaction=Transaction(amount_fen=1, counterparty=counterparty),  # type: ignore[arg-type]
            ),
        )
        for number in range(count)
    ]  # fmt: skip


def test_three_disputes_of_one_pattern_in_a_day_at_a_branch_are_an_incident() -> None:
    now = NOON + timedelta(hours=4)
    assert incidents(disputes(2), now, REFERENCE) == []
    (found,) = incidents(disputes(3), now, REFERENCE)
    assert (found.branch, found.category, len(found.cases)) == ("SZ01", "double_charge", 3)
    assert incidents(disputes(3, kind="complaint"), now, REFERENCE) == []
    assert incidents(disputes(3, every=13 * 60), NOON + timedelta(hours=26), REFERENCE) == []
    mixed = [*disputes(2), *disputes(2, branch="SZ01", counterparty="另一家")]
    assert incidents(mixed, now, REFERENCE) == []
    merged = disputes(3)
    merged[0][1].status = "merged"
    assert incidents(merged, now, REFERENCE) == []


def test_five_over_several_branches_are_one_too() -> None:
    now = NOON + timedelta(hours=4)
    several = [*disputes(2), *disputes(2, branch="SZ02"), *disputes(1, branch="SZ03", counterparty=" 好又多 ")]
    assert [(each.branch, len(each.cases)) for each in incidents(several, now, REFERENCE)] == [("", 5)]
    assert incidents(several[:4], now, REFERENCE) == []


def test_limits_are_data_and_their_lack_is_said() -> None:
    assert limit(REFERENCE, "unmerge_days") == 7
    with pytest.raises(RuleError, match="case_tables_missing"):
        limit(Reference(), "unmerge_days")


def test_every_category_leads_to_codes_that_are_there_and_marked_as_placeholders() -> None:
    table = REFERENCE.tables["case_categories"]
    assert isinstance(table, CategoryTable)
    kinds = {row.code for row in REFERENCE.codes("case_kinds")}
    for row in table.codes:
        assert REFERENCE.row("case_business", row.business) is not None, row.code
        assert REFERENCE.row("case_reasons", row.reason) is not None, row.code
        assert row.channel is None or REFERENCE.row("case_channels", row.channel) is not None, row.code
        assert row.want in {each.code for each in REFERENCE.codes("case_wants", "want")}, row.code
        assert set(row.uses) <= kinds
        assert not row.fast_track or "dispute" in row.uses
    for name in ("case_channels", "case_business", "case_reasons"):
        assert REFERENCE.tables[name].sample is not None
        for each in REFERENCE.codes(name):
            assert each.confirm
            assert each.source.startswith("Placeholder")
    assert {row.code for row in REFERENCE.codes("case_regulators", "regulator")} >= {"pboc_transfer", "nfra_transfer"}


def test_a_moment_that_is_none_is_due_now() -> None:
    state = fold([entry(0, "case.registered", promise={**promise(), "at": "some time in the next week"})])
    until = datetime(2026, 9, 18, 5, tzinfo=UTC)
    assert [each.promise.at for each in due_before([(CASE, state)], until)] == ["some time in the next week"]
    assert format_at(until)
