"""What holds of every clock, whatever happens: properties of time, and of readings of random cases.

A case here is any sequence of events in any order, so the properties also hold of what two terminals wrote apart.
"""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.working_time.clocks import ClockEvent, ClockReading, history, read
from branch_console.rules.working_time.due import first_due
from branch_console.rules.working_time.events import CLOSING, KINDS
from branch_console.rules.working_time.hours import advance, elapsed
from branch_console.rules.working_time.policy import ClockRule
from tests.rules.working_time.clock_help import SHANGHAI, around_the_clock, at, calendar, policy

NOTHING = timedelta(0)
START = at("2024-01-01 00:00")
MINUTES = 3 * 365 * 24 * 60

moments = st.integers(0, MINUTES * 60).map(lambda seconds: START + timedelta(seconds=seconds))
days_apart = st.integers(0, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
RULES = [each for each in policy().clock if each.dur is not None]
rules = st.tuples(st.sampled_from(RULES), st.booleans(), st.integers(1, 40)).map(
    lambda drawn: drawn[0].model_copy(update={"count_start_day": drawn[1], "dur": drawn[2]})
)


EVENTS = st.lists(
    st.tuples(
        days_apart,
        st.sampled_from([*KINDS, "paused", "resumed", "extended"]),
        st.integers(1, 3),
        st.sampled_from(["waiting_customer", "external_appraisal", "lunch"]),
        st.sampled_from([None, NOTHING, timedelta(hours=30)]),
        st.frozensets(st.sampled_from(["reason", "superior_approval", "head_approval"])),
        days_apart,
    ),
    max_size=14,
)


@st.composite
def cases(draw: st.DrawFn) -> list[ClockEvent]:
    """A case received at any time, and up to fourteen events within the next seventy days."""
    received = draw(moments)
    events = [ClockEvent("received", received)]
    for offset, kind, stage, reason, told, given_, until in draw(EVENTS):
        when = received + offset
        said = None if told is None else when + told
        events.append(ClockEvent(kind, when, stage=stage, reason=reason, told=said, given=given_, until=when + until))
    return draw(st.permutations(events))


def by_id(readings: tuple[ClockReading, ...]) -> dict[str, ClockReading]:
    return {each.id: each for each in readings}


@given(st.tuples(moments, moments, moments))
def test_working_time_adds_up(three: tuple[datetime, datetime, datetime]) -> None:
    a, b, c = three  # in any order: backwards it is negative
    assert elapsed(calendar(), a, b) + elapsed(calendar(), b, c) == elapsed(calendar(), a, c)


@given(moments, moments, st.sampled_from(["Asia/Shanghai", "Europe/London"]))
def test_a_calendar_without_closing_hours_is_the_wall_clock(a: datetime, b: datetime, zone: str) -> None:
    """In London, too, where days of 23 and 25 hours lie between."""
    assert elapsed(around_the_clock(zone), a, b) == b - a
    if b > a:
        assert advance(around_the_clock(zone), a, b - a) == b


@given(moments, st.integers(1, 30 * 450))
def test_advancing_comes_to_the_first_moment_at_which_so_much_has_passed(start: datetime, minutes: int) -> None:
    amount = timedelta(minutes=minutes)
    due = advance(calendar(), start, amount)
    assert elapsed(calendar(), start, due) == amount
    assert elapsed(calendar(), start, due - timedelta(seconds=1)) < amount


@given(rules, moments, days_apart)
def test_due_is_monotone_in_the_start_and_never_before_it(rule: ClockRule, start: datetime, later: timedelta) -> None:
    assert rule.dur is not None
    due = first_due(calendar(), rule, start, rule.dur)
    assert due > start
    assert first_due(calendar(), rule, start + later, rule.dur) >= due
    assert first_due(calendar(), rule, start, rule.dur + 1) > due


@given(cases(), days_apart, days_apart)
def test_what_was_missed_stays_missed_for_ever(events: list[ClockEvent], first: timedelta, then: timedelta) -> None:
    """Whatever is done after that moment: rests, extensions, telling the decision, closing, reopening."""
    received = min(each.at for each in events)
    early = [each for each in events if each.kind != "unmerged"]
    before = history(policy(), calendar(), early, received + first)
    after = {(each.id, each.round): each for each in history(policy(), calendar(), early, received + first + then)}
    for each in before:
        if each.status == "missed":
            now = after[each.id, each.round]
            assert (now.status, now.due_at) == ("missed", each.due_at)


@given(cases(), days_apart)
def test_readings_do_not_depend_on_the_order_of_arrival(events: list[ClockEvent], later: timedelta) -> None:
    now = min(each.at for each in events) + later
    expected = read(policy(), calendar(), sorted(events, key=repr), now)
    assert read(policy(), calendar(), events, now) == expected
    assert read(policy(), calendar(), list(reversed(events)), now) == expected


@given(cases(), days_apart)
def test_a_reading_of_a_moment_knows_nothing_of_later_events(events: list[ClockEvent], later: timedelta) -> None:
    now = min(each.at for each in events) + later
    known = [each for each in events if each.at <= now]
    assert read(policy(), calendar(), events, now) == read(policy(), calendar(), known, now)


@given(cases(), st.sampled_from(["closed", "withdrawn", "not_accepted", "merged"]))
def test_an_ended_case_has_no_live_clock(events: list[ClockEvent], ending: str) -> None:
    """Only a review, which begins after the end, and a transfer by the PBoC go on; and with a withdrawal not they."""
    end = max(each.at for each in events) + timedelta(hours=31)
    now = end + timedelta(days=200)
    readings = read(policy(), calendar(), [*events, ClockEvent(ending, end)], now)
    live = {each.id for each in readings if each.live}
    assert live <= (set() if ending == "withdrawn" else {"review", "pboc"})


@given(cases(), days_apart)
def test_the_internal_limit_is_never_after_the_legal_one(events: list[ClockEvent], later: timedelta) -> None:
    now = min(each.at for each in events) + later
    found = by_id(read(policy(), calendar(), events, now))
    internal, legal = found["internal"], found["statutory"]
    if internal.started_at is not None and internal.stopped_at is None and legal.stopped_at is None:
        assert internal.due_at is not None
        assert legal.due_at is not None
        assert internal.due_at <= legal.due_at


@given(cases(), days_apart)
def test_a_legal_clock_rests_only_in_an_appraisal_that_the_customer_knows_of(
    events: list[ClockEvent], later: timedelta
) -> None:
    now = min(each.at for each in events) + later
    untold = [each._replace(told=None) if each.kind == "paused" else each for each in events]
    without = [each for each in events if each.kind not in {"paused", "resumed"}]
    assert (
        by_id(read(policy(), calendar(), untold, now))["statutory"]
        == by_id(read(policy(), calendar(), without, now))["statutory"]
    )


@given(cases(), days_apart)
def test_what_a_reading_says_fits_together(events: list[ClockEvent], later: timedelta) -> None:
    now = min(each.at for each in events) + later
    for each in history(policy(), calendar(), events, now):
        assert each.started_at is not None
        assert each.due_at is not None
        assert each.started_at <= now
        assert each.share >= 0
        assert each.due_at.tzinfo == SHANGHAI
        if each.status in {"met", "stopped"}:
            assert each.stopped_at is not None
            assert each.stopped_at <= each.due_at
        if each.status in {"running", "paused"}:
            assert each.due_at >= now
            assert each.remaining is not None
            assert each.remaining >= 0
        if each.status == "missed" and each.stopped_at is None:
            assert each.due_at < now
            assert each.share >= 1
            assert each.misses >= 1
        assert (each.remaining is None) == (each.stopped_at is not None)
        assert each.due_day is not None
        assert each.rolled_to is None or each.rolled_to > each.due_day


def test_closing_events_are_events() -> None:
    assert set(CLOSING) < set(KINDS)
