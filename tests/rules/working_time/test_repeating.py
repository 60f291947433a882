"""Clocks that begin again and again, and begin once only where once is meant: promises, contacts, receipts."""

from tests.rules.working_time.clock_help import at, paused, promised, reading

RECEIVED = "received 2025-03-03 10:00"


def test_each_late_promise_is_counted_although_the_next_one_was_kept() -> None:
    """Zammad's update time applies again and again; a late one must not vanish with the next."""
    events = (
        RECEIVED, promised("2025-03-03 10:00", "2025-03-03 15:00"), "contact_out 2025-03-03 15:01",
        promised("2025-03-03 15:01", "2025-03-04 10:00"), "contact_out 2025-03-04 09:55",
    )  # fmt: skip
    found = reading("promise", events, "2025-03-04 12:00")
    assert (found.status, found.round, found.misses) == ("met", 2, 1)


def test_a_promise_is_not_pushed_away_by_another_without_a_contact() -> None:
    events = (
        RECEIVED,
        promised("2025-03-03 10:00", "2025-03-03 15:00"),
        promised("2025-03-03 14:00", "2025-03-07 15:00"),
    )
    assert reading("promise", events, "2025-03-03 14:30").due_at == at("2025-03-03 15:00")


def test_the_earlier_of_two_open_promises_is_the_one_to_keep() -> None:
    events = (
        RECEIVED,
        promised("2025-03-03 10:00", "2025-03-03 15:00"),
        promised("2025-03-03 11:00", "2025-03-03 14:00"),
    )
    assert reading("promise", events, "2025-03-03 12:00").due_at == at("2025-03-03 14:00")


def test_a_case_that_is_received_twice_has_each_clock_once() -> None:
    """Two terminals registered the same receipt; the second one must not begin what was done."""
    found = reading(
        "first", (RECEIVED, "contact_out 2025-03-03 11:00", "received 2025-03-03 12:00"), "2025-03-10 10:00"
    )
    assert (found.status, found.round) == ("met", 1)


def test_a_late_clock_goes_on_growing_late_while_the_case_rests() -> None:
    """Due on the 4th at 17:30 after 360 + 450 = 810 minutes; the 5th gives 450 more, though the case waits all day."""
    found = reading("first", (RECEIVED, paused("2025-03-05 08:30")), "2025-03-05 17:30")
    assert (found.status, found.share, found.remaining) == ("missed", 1260 / 810, -450)
