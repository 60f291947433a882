"""A policy or a calendar that is published later touches no open case; only new ones are registered with it.

Frappe computes targets anew on every save, FreeITSM with every change of a calendar: both rewrite history.
"""

from datetime import date

from branch_console.rules.reference import Reference
from branch_console.rules.working_time.clocks import read
from branch_console.rules.working_time.workdays import replaces
from tests.rules.flow_help import documents
from tests.rules.working_time.clock_help import CALENDAR, POLICY, at, calendar, happened, policy

EVENTS = ("received 2026-11-20 10:00", "contact_out 2026-11-23 09:00")


def later() -> Reference:
    """The published documents, and of policy and calendar a version 2 that differs in everything that counts."""
    both = documents()
    text = (
        both[POLICY]
        .replace("version = 1", "version = 2")
        .replace("effective_from = 2024-01-01", "effective_from = 2026-12-01")
    )
    both["sla/cn_default.v2.toml"] = text.replace("dur = 15\n", "dur = 5\n").replace("dur = 10\n", "dur = 2\n")
    text = (
        both[CALENDAR]
        .replace("version = 1", "version = 2")
        .replace("effective_from = 2024-01-01", "effective_from = 2026-12-01")
    )
    both["calendars/cn_branch.v2.toml"] = text.replace('["08:30", "12:00"]', '["10:00", "11:00"]')
    return Reference.parse(both)


def test_policy_edited_later_does_not_touch_an_open_case() -> None:
    before = Reference.parse(documents())
    pinned = (
        before.newest_sla("cn_default", date(2026, 11, 20)),
        before.newest_calendar("cn_branch", date(2026, 11, 20)),
    )
    assert pinned[0] is not None
    assert pinned[1] is not None
    after = later()
    kept = after.sla[pinned[0].id, pinned[0].version], after.calendars[pinned[1].id, pinned[1].version]
    now = at("2026-12-10 10:00")
    assert read(*kept, happened(*EVENTS), now) == read(pinned[0], pinned[1], happened(*EVENTS), now)


def test_a_case_registered_later_has_the_new_one() -> None:
    after = later()
    for on, version in ((date(2026, 11, 30), 1), (date(2026, 12, 1), 2)):
        newest = after.newest_sla("cn_default", on)
        days = after.newest_calendar("cn_branch", on)
        assert newest is not None
        assert days is not None
        assert (newest.version, days.version) == (version, version)
    found = read(after.sla["cn_default", 2], after.calendars["cn_branch", 2], happened(*EVENTS), at("2026-12-10 10:00"))
    due = {each.id: each.due_day for each in found}
    assert due["statutory"] == date(2026, 11, 25)  # 20 + 5
    assert due["internal"] == date(2026, 11, 24)  # Monday 23 (1), 24 (2)


def test_a_calendar_that_only_fills_in_what_was_estimated_may_take_the_place_of_the_pinned_one() -> None:
    text = documents()[CALENDAR].replace("version = 1", "version = 2")
    year = '\n[[years]]\nyear = 2027\nrest = [2027-01-01]\nwork = [2027-01-03]\nsource = "invented for this test"\n'
    changed = '\n[[overrides]]\nday = 2026-12-30\nworking = false\nwhy = { zh = "搬迁", en = "Moving" }\n'
    both = Reference.parse({"calendars/cn_branch.v2.toml": text + year}).calendars["cn_branch", 2]
    span = date(2026, 12, 18), date(2027, 1, 10)
    assert replaces(both, calendar(), *span)
    assert not replaces(calendar(), both, *span)
    moved = Reference.parse({"calendars/cn_branch.v2.toml": text + year + changed}).calendars["cn_branch", 2]
    assert not replaces(moved, calendar(), *span)
    events = happened("received 2026-12-31 10:00")
    first = {each.id: each for each in read(policy(), both, events, at("2026-12-31 10:00"))}["first"]
    assert (first.due_at, first.estimated) == (at("2027-01-03 17:30"), False)  # Friday off, Sunday made up
