"""The clocks of a case in words: the law's and the branch's own, each with what is left, and the next promise."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from branch_console.case_views.working import ClockLine, Clocks, ClockSource, OpenPromise, PromiseLine
from branch_console.locale import language, t
from branch_console.rules.cases.clock_events import clock_events
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import parse_at
from branch_console.rules.reference import Reference
from branch_console.rules.working_time import clocks
from branch_console.rules.working_time.readings import ClockReading
from branch_console.services.cases.working_words import CaseWords, readable
from branch_console.services.gifts.words import moment

SOON = 0.75
"""The share of the time from which a clock is shown as soon due."""
_MINUTES, _HOURS = 60, 48
_MINUTE = timedelta(minutes=1)


def source_of(state: CaseState, words: CaseWords) -> ClockSource:
    """What the clocks are reckoned from: nothing of the customer."""
    return ClockSource(
        policy=(state.policy_id, state.policy_version),
        calendar=(state.calendar_id, state.calendar_version),
        sets=tuple(state.clock_sets),
        events=clock_events(state),
        promises=tuple(
            OpenPromise(each.at, each.way, words.person(each.staff) if each.staff else "", each.made_at)
            for each in state.open_promises
            if readable(each.at)
        ),
    )


def clocks_of(source: ClockSource, reference: Reference, now: datetime, zone: ZoneInfo) -> Clocks:
    """The clocks at `now`, live ones first, the law's before the branch's own; without a look into any store.

    Of a case without clocks, or whose policy this terminal has not got yet, only the promises.
    """
    policy, calendar = reference.sla.get(source.policy), reference.calendars.get(source.calendar)
    found: Iterable[ClockReading] = ()
    if policy is not None and calendar is not None:
        found = clocks.read(policy, calendar, source.events, now, sets=source.sets)
    promised = {rule.id for rule in policy.clock if rule.unit == "promise"} if policy is not None else set[str]()
    begun = [each for each in found if each.started_at is not None]
    order = sorted(begun, key=lambda each: (not each.live, each.right, not each.statutory, _due(each)))
    known = [each for each in order if each.estimated and each.live]
    years = sorted({str(each.due_day.year) for each in known if each.due_day is not None})
    return Clocks(
        lines=tuple(_line(each, zone, now, promised=each.id in promised) for each in order),
        promise=_promise(source, zone, now),
        estimated=t("cases.clock.estimated_years", years=t("common.list_separator").join(years)) if years else "",
        confirm=t("cases.clock.confirm") if any(each.confirm for each in order) else "",
    )


def _due(reading: ClockReading) -> float:
    return reading.due_at.timestamp() if reading.due_at is not None else 0.0


def _line(reading: ClockReading, zone: ZoneInfo, now: datetime, *, promised: bool) -> ClockLine:
    state = _state(reading)
    due = ""
    if reading.due_at is not None and reading.due_day is not None:
        due = f"{reading.due_day:%m-%d}" if reading.unit == "day" else moment(reading.due_at, zone, now)
    return ClockLine(
        id=reading.id,
        label=reading.label.get(language()),
        statutory=reading.statutory,
        right=reading.right,
        live=reading.live,
        state=state,
        word=t(f"cases.clock.state.{state}"),
        due=due,
        left=_left(reading) if reading.live else "",
        notes=tuple(_notes(reading)),
        basis=reading.basis.get(language()),
        promised=promised,
    )


def _state(reading: ClockReading) -> str:
    if reading.right:
        return "right" if reading.stopped_at is None else "stopped"
    if reading.live:
        if reading.status == "missed":
            return "overdue"
        if reading.status == "paused":
            return "paused"
        return "soon" if reading.share >= SOON else "normal"
    return {"met": "met", "missed": "missed", "stopped": "stopped"}.get(reading.status, "none")


def _left(reading: ClockReading) -> str:
    if reading.remaining is None:
        return ""
    if reading.unit == "day":
        if reading.remaining == 0:
            return t("cases.clock.left_today")
        return t(
            "cases.clock.left_days" if reading.remaining > 0 else "cases.clock.over_days", count=abs(reading.remaining)
        )
    over = _state(reading) == "overdue"
    return _time(timedelta(minutes=reading.remaining), over=over, work=reading.unit == "working_minute")


def _time(left: timedelta, *, over: bool, work: bool) -> str:
    """What is left or over in hours and minutes; long natural times in days. A begun minute is still left.

    `over` is said by whoever knows the moment: after it, before the branch opens again, no working time has passed yet.
    """
    minutes = abs(-(-left // _MINUTE))
    hours, rest = divmod(minutes, _MINUTES)
    if not work and hours >= _HOURS:
        return t("cases.clock.over_days" if over else "cases.clock.left_days", count=hours // 24)
    if work:
        return t("cases.clock.over_work" if over else "cases.clock.left_work", time=f"{hours}:{rest:02}")
    return t("cases.clock.over_time" if over else "cases.clock.left_time", time=f"{hours}:{rest:02}")


def _notes(reading: ClockReading) -> Iterable[str]:
    if reading.stage:
        yield t("cases.clock.extended", stage=reading.stage)
    if reading.rolled_to is not None and reading.live:
        yield t("cases.clock.rolled", day=f"{reading.rolled_to:%m-%d}")
    if reading.estimated:
        yield t("cases.clock.estimated")
    if reading.misses and not (reading.live and reading.status == "missed"):
        yield t("cases.clock.misses", count=reading.misses)


def _promise(source: ClockSource, zone: ZoneInfo, now: datetime) -> PromiseLine | None:
    """The earliest promise. What was promised after the end is waited for, too."""
    if not source.promises:
        return None
    first = min(source.promises, key=lambda each: parse_at(each.at))
    due = parse_at(first.at)
    left = due - now
    whole = due - parse_at(first.made_at) if readable(first.made_at) else timedelta(0)
    state = "overdue" if left < timedelta(0) else "soon" if left < whole * (1 - SOON) else "normal"
    return PromiseLine(
        at=moment(due, zone, now),
        way=t(f"cases.way.{first.way}"),
        staff=first.staff or t("cases.nobody"),
        state=state,
        word=t(f"cases.clock.state.{state}"),
        left=_time(left, over=state == "overdue", work=False),
        more=len(source.promises) - 1,
    )
