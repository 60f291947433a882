"""The policy as data: first match, what each state does to the clocks, what a wrong document is refused for."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from branch_console.rules.documents import ReferenceFormatError, Words, read_document
from branch_console.rules.working_time.clocks import read
from branch_console.rules.working_time.policy import Sla
from tests.rules.flow_help import documents
from tests.rules.working_time.clock_help import POLICY, at, calendar, happened, paused, policy, reading

RECEIVED = "received 2025-03-03 10:00"


@pytest.mark.parametrize(
    ("facts", "sets"),
    [
        ({"kind": "dispute"}, ("fast", "contact", "common", "review")),
        ({"kind": "dispute", "source": "counter"}, ("fast", "contact", "common", "review")),
        ({"kind": "dispute", "source": "pboc_transfer"}, ("fast", "contact", "common", "pboc", "review")),
        ({"kind": "complaint", "source": "pboc_transfer"}, ("normal", "contact", "common", "pboc", "review")),
        ({"kind": "complaint"}, ("normal", "contact", "common", "review")),
        ({"kind": "inquiry", "source": "pboc_transfer"}, ("normal", "contact")),
        ({"kind": "suggestion"}, ("promises",)),
        ({"kind": "praise"}, ("promises",)),
        ({"kind": "report"}, ("promises",)),
        ({}, ("promises",)),
    ],
)
def test_the_first_match_decides_and_what_is_not_known_does_not_match(
    facts: dict[str, str], sets: tuple[str, ...]
) -> None:
    assert policy().choose(facts.get) == sets


def test_only_the_chosen_sets_are_read() -> None:
    sets = policy().choose({"kind": "complaint"}.get)
    found = read(policy(), calendar(), happened(RECEIVED), at("2025-03-03 10:00"), sets=sets)
    assert [each.id for each in found] == [
        "first",
        "update",
        "promise",
        "internal",
        "statutory",
        "right_to_review",
        "review",
    ]


def test_only_complaints_and_disputes_have_a_legal_clock() -> None:
    legal = {each.set for each in policy().clock if each.statutory}
    for kind in ("inquiry", "suggestion", "praise", "report"):
        assert not legal & set(policy().choose({"kind": kind}.get))


# Domain page §3.2: what each state does to the internal and to the legal clock, read on the fourth day.
@pytest.mark.parametrize(
    ("state", "events", "internal", "legal"),
    [
        ("received", (), "running", "running"),
        ("in_progress", ("contact_out 2025-03-04 10:00",), "running", "running"),
        ("waiting_customer", (paused("2025-03-04 10:00"),), "paused", "running"),
        ("external_appraisal, not told", (paused("2025-03-04 10:00", "external_appraisal"),), "paused", "running"),
        (
            "external_appraisal, told",
            (paused("2025-03-04 10:00", "external_appraisal", told="2025-03-04 11:00"),),
            "paused",
            "paused",
        ),
        (
            "from appraisal to waiting for the customer",
            (paused("2025-03-04 10:00", "external_appraisal", told="2025-03-04 11:00"), paused("2025-03-05 10:00")),
            "paused",
            "running",
        ),
        ("decided", ("notified 2025-03-05 10:00",), "met", "met"),
        ("closed", ("notified 2025-03-05 10:00", "closed 2025-03-05 11:00"), "met", "met"),
        ("withdrawn", ("withdrawn 2025-03-05 10:00",), "stopped", "met"),
        ("not_accepted", ("not_accepted 2025-03-05 10:00",), "stopped", "stopped"),
        ("merged", ("merged 2025-03-05 10:00",), "stopped", "stopped"),
        ("merged and undone", ("merged 2025-03-05 10:00", "unmerged 2025-03-06 09:00"), "running", "running"),
        (
            "decided while it rested, then reopened: the rest is over",
            (paused("2025-03-04 10:00"), "notified 2025-03-05 10:00", "reopened 2025-03-06 09:00"),
            "running",
            "running",
        ),
        ("reopened", ("notified 2025-03-05 10:00", "reopened 2025-03-06 09:00"), "running", "running"),
    ],
)
def test_what_a_state_does_to_the_clocks(state: str, events: tuple[Any, ...], internal: str, legal: str) -> None:
    for clock, status in (("internal", internal), ("statutory", legal)):
        assert reading(clock, (RECEIVED, *events), "2025-03-06 10:00").status == status, state


def test_an_undone_merge_cost_no_time() -> None:
    events = (RECEIVED, "merged 2025-03-05 10:00", "unmerged 2025-03-06 09:00")
    assert reading("internal", events, "2025-03-06 10:00") == reading("internal", (RECEIVED,), "2025-03-06 10:00")


def test_review_has_its_own_clock_and_closing_the_case_does_not_stop_it() -> None:
    events = (RECEIVED, "notified 2025-03-05 10:00", "review_applied 2025-03-07 10:00", "closed 2025-03-10 10:00")
    found = reading("review", events, "2025-03-20 10:00")
    assert (found.status, found.remaining) == ("running", 17)  # due 6 April (7 + 30)
    assert reading("review", (*events, "review_notified 2025-03-21 10:00"), "2025-05-01 10:00").status == "met"
    assert reading("right_to_review", events, "2025-03-20 10:00").status == "met"  # used


def test_nobody_misses_a_right_of_the_customer() -> None:
    events = (RECEIVED, "notified 2025-03-05 10:00")
    found = reading("right_to_review", events, "2025-12-01 10:00")
    assert (found.status, found.right, found.live, found.misses) == ("stopped", True, False, 0)


def test_warnings_and_escalation_climb_with_the_time_used() -> None:
    # 15 natural days from 3 March 10:00 to 18 March 24:00 are 374 hours: 50 % after 187 h, 75 % after 280.5 h
    for now, warn, level in [
        ("2025-03-11 04:59", 0, 0),
        ("2025-03-11 05:01", 50, 0),
        ("2025-03-15 02:29", 50, 0),
        ("2025-03-15 02:31", 75, 2),
        ("2025-03-19 00:00", 100, 3),
    ]:
        found = reading("statutory", (RECEIVED,), now)
        assert (found.warn_level, found.escalate_to) == (warn, level), now
    assert reading("statutory", (RECEIVED, "notified 2025-03-19 08:00"), "2025-03-20 10:00").escalate_to == 0


def test_what_is_left_is_given_in_days_and_in_working_minutes() -> None:
    for now, days, minutes in [
        ("2025-03-03 10:00", 15, 4860),  # 360 on Monday + 10 · 450
        ("2025-03-03 23:00", 15, 4500),
        ("2025-03-17 17:00:30", 1, 30),  # 29.5, away from zero
        ("2025-03-18 23:59", 0, -450),
        ("2025-03-19 00:00", -1, -450),
        ("2025-03-19 08:30:01", -1, -451),
    ]:
        assert reading("statutory", (RECEIVED,), now).remaining == days, now
        assert reading("internal", (RECEIVED,), now).remaining == minutes, now


def test_containing_before_registering_counts_at_once() -> None:
    """The checklist contains first and registers last; and a second terminal's clock may be slow."""
    found = reading("contain", ("contained 2025-03-03 09:58", RECEIVED), "2025-03-03 11:00")
    assert (found.status, found.stopped_at) == ("met", at("2025-03-03 10:00"))


def words(value: Any) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from words(getattr(value, name))
    elif isinstance(value, list):
        for each in value:
            yield from words(each)


def test_every_text_is_there_in_both_languages_and_every_limit_is_to_be_confirmed() -> None:
    found = [*words(policy()), *words(calendar())]
    assert len(found) > 25
    assert all(each.zh != each.en and each.en.isascii() and not each.zh.isascii() for each in found)
    assert all(each.confirm and each.source for each in policy().clock)
    assert policy().sample is not None
    assert calendar().sample is not None


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('pause_told = ["external_appraisal"]', 'pause = ["external_appraisal"]', "clock.8.pause"),
        ('not_after = "statutory"', 'not_after = "pboc"', "clock.7.not_after"),
        ('not_after = "statutory"', 'not_after = "internal"', "clock.7.not_after"),
        ('id = "callback"', 'id = "contain"', "clock.1.id"),
        ('stop = ["contained"]', 'stop = ["container"]', "clock.0.stop"),
        ("dur = 120\n", "", "clock.1.dur"),
        ('unit = "promise"', 'unit = "minute"', "clock.5.dur"),
        ("{ stage = 2, add = 30,", "{ stage = 3, add = 30,", "clock.8.extend.1"),
        ("{ stage = 2, add = 30,", "{ stage = 2, total = 60, add = 30,", "clock.8.extend.1"),
        ('{ when = { kind = ["inquiry"] }, use', "{ when = {}, use", "match.4.when"),
        ('use = ["normal", "contact"]', 'use = ["normal", "contacts"]', "match.4.use.1"),
        ('start = "review_applied"', 'start = "withdrawn"', "clock.11.ends_on"),
    ],
)
def test_a_wrong_policy_is_refused_with_its_place(old: str, new: str, key: str) -> None:
    text = documents()[POLICY]
    assert old in text
    with pytest.raises(ReferenceFormatError) as raised:
        read_document(Sla, POLICY, text.replace(old, new, 1))
    assert raised.value.key == key
