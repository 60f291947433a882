"""What went wrong in other help desks' timers (their own trackers), and does not here. One test, one bug."""

from datetime import timedelta

import pytest

from branch_console.rules.working_time.clocks import history, read
from branch_console.rules.working_time.hours import elapsed
from branch_console.rules.working_time.workdays import workday
from tests.rules.working_time.clock_help import (
    around_the_clock,
    at,
    calendar,
    happened,
    paused,
    policy,
    promised,
    reading,
)

RECEIVED = "received 2025-03-03 10:00"
EVERYTHING = ("fast", "normal", "contact", "common", "pboc", "review")


@pytest.mark.parametrize("ending", ["closed", "withdrawn", "not_accepted", "merged"])
def test_no_timer_runs_after_resolve(ending: str) -> None:
    """Chatwoot #10178: the next-response timer went on counting after the conversation was resolved."""
    events = happened(
        RECEIVED, "contact_out 2025-03-04 09:00", promised("2025-03-04 09:00", "2025-03-10 15:00"),
        paused("2025-03-04 10:00"), f"{ending} 2025-03-05 11:00", "contact_out 2025-03-06 09:00",
        promised("2025-03-06 09:00", "2025-03-07 09:00"),
    )  # fmt: skip
    readings = read(policy(), calendar(), events, at("2025-06-30 10:00"), sets=EVERYTHING)
    assert [each.id for each in readings if each.live] == []
    assert {each.id: each.status for each in readings if each.status not in {"none", "met"}} == {
        "contain": "missed",  # at 10:15 on the first day, long before the end
        "callback": "missed",  # called on the 4th, due on the 3rd at 12:00
        "interim": "missed",  # at 17:30 on the 4th, without an interim reply
        "update": "stopped",
        "promise": "stopped",
        "internal": "stopped",
        **({} if ending == "withdrawn" else {"statutory": "stopped"}),  # a withdrawal ends the period itself (Art. 15)
    }
    assert all(each.stopped_at == at("2025-03-05 11:00") for each in readings if each.status == "stopped")
    assert all(each.warn_level == each.escalate_to == 0 for each in readings if each.stopped_at is not None)


def test_telling_the_decision_stops_all_duties_but_what_is_promised_after_it() -> None:
    events = (RECEIVED, "contact_out 2025-03-04 09:00", "notified 2025-03-07 10:00", "contact_out 2025-03-11 09:00")
    for clock in ("first", "update", "internal", "statutory"):
        assert reading(clock, events, "2026-01-01 00:00").status == "met"
    assert reading("promise", [*events, promised("2025-03-11 09:00", "2025-03-12 09:00")], "2025-03-13 10:00").live


def test_midnight_minute_is_not_lost() -> None:
    """Zammad #3180: a calendar open around the clock lost the minute 23:59–24:00 every night."""
    always = around_the_clock()
    assert elapsed(always, at("2025-03-03 23:59"), at("2025-03-04 00:00")) == timedelta(minutes=1)
    assert elapsed(always, at("2025-03-01 00:00"), at("2025-04-01 00:00")) == timedelta(days=31)


def test_last_moment_of_the_legal_day_is_in_time_and_the_first_of_the_next_is_not() -> None:
    in_time = reading("statutory", (RECEIVED, "notified 2025-03-18 23:59:59.999"), "2025-04-01 10:00")
    late = reading("statutory", (RECEIVED, "notified 2025-03-19 00:00"), "2025-04-01 10:00")
    assert (in_time.status, late.status) == ("met", "missed")


def test_holiday_feed_adds_no_foreign_holiday_and_make_up_days_are_worked() -> None:
    """Zammad #390: a feed brought St Martin's day. Ours are the State Council's days, and worked weekends count."""
    assert workday(calendar(), at("2025-11-11 10:00").date()).working
    assert workday(calendar(), at("2025-12-25 10:00").date()).working
    assert workday(calendar(), at("2025-10-11 10:00").date()).working  # a Saturday


def test_update_does_not_overrule_first_response() -> None:
    """Zammad #5177: where an update was due sooner than the first response, its time took the first one's place."""
    quick = policy().model_copy(
        update={
            "clock": [each.model_copy(update={"dur": 1}) if each.id == "update" else each for each in policy().clock]
        }
    )
    before = read(quick, calendar(), happened(RECEIVED), at("2025-03-04 17:00"))
    by_id = {each.id: each for each in before}
    assert by_id["first"].due_at == at("2025-03-04 17:30")
    assert by_id["update"].status == "none"  # there is nothing to update before the first contact
    late = read(quick, calendar(), happened(RECEIVED, "contact_out 2025-03-05 09:00"), at("2025-03-05 10:00"))
    by_id = {each.id: each for each in late}
    assert (by_id["first"].status, by_id["first"].due_at) == ("missed", at("2025-03-04 17:30"))
    assert by_id["update"].due_at == at("2025-03-06 17:30")


def test_lunch_is_not_worked() -> None:
    """frappe/helpdesk #1528, #2212, Chatwoot #14009: one span a day counted lunch as working time."""
    assert elapsed(calendar(), at("2025-03-04 11:30"), at("2025-03-04 14:00")) == timedelta(hours=1)
    assert elapsed(calendar(), at("2025-03-04 00:00"), at("2025-03-05 00:00")) == timedelta(minutes=450)


@pytest.mark.parametrize("received", ["2025-03-07 20:00", "2025-03-08 11:00", "2025-03-10 06:00"])
def test_opened_outside_hours_is_not_zero_time(received: str) -> None:
    """GLPI #687: tickets opened outside hours got a delay of 0 and were late at once."""
    found = reading("callback", (f"received {received}",), "2025-03-10 08:31")
    assert (found.status, found.due_at, found.remaining) == ("running", at("2025-03-10 10:30"), 119)


def test_late_stop_stays_visible_as_a_miss() -> None:
    """Chatwoot PR #13392: a late first reply must stay a miss and not become "met" because it came at all."""
    found = reading("first", (RECEIVED, "contact_out 2025-03-04 17:31"), "2025-12-01 10:00")
    assert (found.status, found.stopped_at, found.misses) == ("missed", at("2025-03-04 17:31"), 1)
    closed = (RECEIVED, "contact_out 2025-03-04 17:31", "notified 2025-03-10 10:00", "closed 2025-03-10 11:00")
    assert reading("first", closed, "2025-12-01 10:00").status == "missed"


def test_neither_rest_nor_extension_nor_reopening_heals_a_miss() -> None:
    late = (RECEIVED, "notified 2025-03-20 10:00", "closed 2025-03-20 11:00", "reopened 2025-03-24 10:00")
    found = reading("statutory", late, "2025-03-24 12:00")
    assert (found.status, found.round, found.misses) == ("running", 2, 1)
    assert found.due_day == at("2025-04-08 00:00").date()  # 24 + 15: 7 days to 31 March, 8 April
    again = [
        each
        for each in history(policy(), calendar(), happened(*late), at("2025-03-24 12:00"))
        if each.id == "statutory"
    ]
    assert [(each.round, each.status) for each in again] == [(1, "missed"), (2, "running")]


@pytest.mark.parametrize(
    ("reason", "when", "due"),
    [
        ("", "2025-03-10 10:00", "2025-03-18"),  # before it was due: it goes on, closing early has bought no time
        ("new_facts", "2025-03-10 10:00", "2025-03-25"),  # a new matter: 10 + 15
        (
            "",
            "2025-03-24 10:00",
            "2025-04-08",
        ),  # long after: told in time stays so, and 15 days begin, not a sudden miss
    ],
)
def test_a_reopened_case_has_a_live_clock_and_no_sudden_miss(reason: str, when: str, due: str) -> None:
    """Zammad's docs: a ticket that is reopened "may instantly escalate"."""
    reopened = happened(f"reopened {when}")[0]._replace(reason=reason)
    found = reading("statutory", (RECEIVED, "notified 2025-03-07 10:00", "closed 2025-03-07 11:00", reopened), when)
    assert (found.status, str(found.due_day), found.misses) == ("running", due, 0)


def test_exactly_in_time_is_in_time() -> None:
    assert reading("first", (RECEIVED, "contact_out 2025-03-04 17:30"), "2025-03-05 10:00").status == "met"
    assert reading("callback", (RECEIVED, "contact_out 2025-03-03 12:00"), "2025-03-05 10:00").status == "met"
    assert reading("first", (RECEIVED,), "2025-03-04 17:30").status == "running"
    assert reading("first", (RECEIVED,), "2025-03-04 17:30:00.001").status == "missed"


def test_paused_case_is_not_hidden_and_does_not_escalate_at_once_when_it_goes_on() -> None:
    """Zammad's docs: pending tickets are hidden from escalation and may escalate instantly on reopening."""
    resting = (RECEIVED, paused("2025-03-04 10:00"))
    found = reading("internal", resting, "2025-03-12 10:00")
    assert (found.status, found.live) == ("paused", True)
    assert reading("statutory", resting, "2025-03-12 10:00").status == "running"
    goes_on = reading("internal", (*resting, "resumed 2025-03-12 10:00"), "2025-03-12 10:00")
    # Used: Monday 360 (120 + 240) and Tuesday 90 = 450. All, until Tuesday 18 March 17:30, where the legal day bounds
    # it: 360 + 11 days of 450 = 5310, less a rest of 6 days = 2700, is 2610. While it rested it was 450 of 4860.
    assert (found.share, goes_on.share) == (450 / 4860, 450 / 2610)
    assert (goes_on.status, goes_on.warn_level, goes_on.escalate_to) == ("running", 0, 0)
