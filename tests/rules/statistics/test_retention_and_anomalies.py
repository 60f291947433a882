"""Who stays, and what stands out, on a few rows each."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from branch_console.rules.statistics.anomalies import SIGNS, anomalies
from branch_console.rules.statistics.board_rules import Limits
from branch_console.rules.statistics.facts import ClaimFact, Facts, TerminalFact
from branch_console.rules.statistics.retention import cohorts
from tests.rules.statistics.row_help import at, claim, journey, on

LIMITS = Limits(
    same_person=2, same_phone=2, same_device=2, referrals=3, in_minutes=3, minutes=10, pair=2, share=50, least=2,
    clock_ms=120_000,
)  # fmt: skip
"""Smaller than anybody would set them."""


def test_a_week_counts_only_when_it_is_over_and_known() -> None:
    """Onboarded in the week of Monday 2026-11-02; the next weeks begin on the 9th, the 16th and the 23rd."""
    rows = tuple(journey(name, finished=at("04 10:00"), confirmed=at("04 11:00")) for name in "abcd")
    weeks = {"a": (2, 9), "b": (9,), "c": (16,), "x": (9,), "d": (23,)}
    used = {wallet: {date(2026, 11, day) for day in days} for wallet, days in weeks.items()}
    nobody = journey("n", wallet="journey/n", finished=at("04 10:00"), confirmed=at("04 11:00"))
    facts = Facts(journeys=(*rows, nobody, journey("waits", finished=at("04 10:00"))))
    (cohort,) = cohorts(facts, on(1, 30, now="30 10:00"), 3, date(2026, 11, 22), used)
    assert (cohort.monday, cohort.rows) == (date(2026, 11, 2), rows)
    first, second, third = cohort.weeks
    assert (first.rows, first.share and first.share.share) == (rows[:2], 0.5)
    assert (second.rows, second.share and second.share.share) == (rows[2:3], 0.25)
    assert (third.rows, third.share) == ((), None)


def keyed(name: str, moment: str, **keys: str) -> ClaimFact:
    said: dict[str, Any] = {"staff": name, "terminal": name}
    return replace(claim(name + moment, moment, **said), keys=tuple(sorted({"person": name, **keys}.items())))


def changed(count: int, gap: int = 60, **said: Any) -> list[ClaimFact]:
    """So many hand-overs of one member of staff, `gap` minutes apart, to different people."""
    times = [f"19 {9 + number * gap // 60:02}:{number * gap % 60:02}" for number in range(count)]
    return [claim(f"{number}", time, **said) for number, time in enumerate(times)]


SUSPECT: dict[str, tuple[list[ClaimFact], int]] = {
    "same_person": ([keyed("a", "19 09:00"), keyed("a", "19 12:00")], 2),
    "same_phone": ([keyed("a", "19 09:00", phone="p"), keyed("b", "19 12:00", phone="p")], 2),
    "same_device": ([keyed("a", "19 09:00", device="p"), keyed("b", "19 12:00", device="p")], 2),
    "referrals": ([keyed(each, "19 09:00", referrer="r") for each in "abc"], 3),
    "velocity": (changed(3, 5), 3),
    "pair": ([*changed(1, second_staff="s1"), claim("other", staff="s1", second_staff="g1")], 2),
    "approved_alone": (changed(1, marks=("approved_alone",)), 1),
    "without_code": ([*changed(1, confirmed_by="signature_note"), claim("b", "19 12:00")], 50),
    "ruled_badly": ([*changed(1, outcome="reversed"), claim("b", "19 12:00")], 50),
    "other_drawer": (changed(1, marks=("not_own_drawer",)), 1),
}
HARMLESS: dict[str, list[ClaimFact]] = {
    "other campaigns": [claim("a", person="p"), claim("b", "19 12:00", person="p", campaign="d11")],
    "one person's phone in two campaigns": [
        keyed("a", "19 09:00", phone="p"),
        replace(keyed("a", "18 09:00", phone="p"), campaign="d11"),
    ],
    "two who were referred": [keyed(each, "19 09:00", referrer="r") for each in "ab"],
    "three in eleven minutes": [claim("a", "19 09:00"), claim("b", "19 09:05"), claim("c", "19 09:11")],
    "a pair on two days": [claim("a", "18 09:00", second_staff="s1"), claim("b", "19 09:00", second_staff="s1")],
    "one hand-over without a code": changed(1, confirmed_by="signature_note"),
}


@pytest.mark.parametrize("sign", SUSPECT)
def test_a_sign_has_its_rows_and_its_limit(sign: str) -> None:
    rows, most = SUSPECT[sign]
    found = [each for each in anomalies(Facts(claims=tuple(rows)), on(18, 19), LIMITS) if each.sign == sign]
    assert found and found[0].value == most >= found[0].limit
    assert set(found[0].rows) <= set(rows)
    assert {each.sign for each in anomalies(Facts(claims=tuple(rows)), on(20), LIMITS)} == set()


def test_who_got_two_rewards_of_two_campaigns_is_two_signs_of_their_own_rows() -> None:
    rows = SUSPECT["same_person"][0]
    more = [replace(row, subject=f"{row.subject}-b", campaign="d11") for row in rows]
    found = anomalies(Facts(claims=(*rows, *more)), on(18, 19), LIMITS)
    assert len({(each.sign, each.by, each.who) for each in found}) == len(found) == 2
    assert {each.rows for each in found} == {tuple(rows), tuple(more)}


def test_where_one_is_too_many_one_is_a_sign() -> None:
    rows = [keyed("a", "19 09:00", referrer="r"), keyed("b", "19 12:00", referrer="r"), keyed("c", "19 15:00")]
    found = anomalies(Facts(claims=tuple(rows)), on(19), LIMITS._replace(referrals=1))
    assert [(each.sign, each.value) for each in found] == [("referrals", 2)]
    found = anomalies(Facts(claims=tuple(rows[1:])), on(19), LIMITS._replace(referrals=1))
    assert [(each.sign, each.value) for each in found] == [("referrals", 1)]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_usual_is_no_sign(name: str) -> None:
    assert anomalies(Facts(claims=tuple(HARMLESS[name])), on(18, 19), LIMITS) == ()


def test_a_terminals_clock() -> None:
    rows = tuple(
        TerminalFact(f"terminal/{n}", "", at("01 10:00"), clock_offset_ms=off)
        for n, off in enumerate((0, 119_999, -120_000))
    )
    gone = TerminalFact("terminal/x", "", at("01 10:00"), revoked=at("02 10:00"), clock_offset_ms=10**6)
    found = anomalies(Facts(terminals=(*rows, gone)), on(), LIMITS)
    assert [(each.sign, each.who, each.value, each.rows) for each in found] == [("clock", "2", 120_000, rows[2:])]


def test_every_sign_is_tried() -> None:
    assert set(SIGNS) == {*SUSPECT, "clock"}
