"""What is unusual on a day, in words; and of how many series that was found."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from branch_console.figure_views.board import SignalView
from branch_console.figure_views.tables import Tone
from branch_console.locale import t
from branch_console.rules.statistics.charts import Series
from branch_console.rules.statistics.signals import Panel, Signal, panel
from branch_console.rules.working_time.calendar import Calendar
from branch_console.services.figures.definitions import label
from branch_console.services.figures.formats import day_label, plain, shown, unit_of
from branch_console.services.figures.question import Question
from branch_console.services.figures.series import Name, name_of

_WORSE_FIRST: Final = {True: 0, None: 1, False: 2}
_DAYS: Final = frozenset({"gap_long", "gaps_short", "gaps_long"})
"""Signals whose numbers are working days, not values of the figure."""


def judged(ask: Question, series: Iterable[Series]) -> Panel | None:
    """What is unusual about these series on the day; None without a calendar.

    Each series is judged again only when its values have changed: an entry changes few.
    """
    if ask.calendar is None:
        return None
    calendar = ask.calendar
    parts = [_one(ask, each, calendar) for each in series]
    signals = [signal for part in parts for signal in part.signals]
    return Panel(
        day=ask.day,
        signals=tuple(sorted(signals, key=lambda each: _WORSE_FIRST[each.worse])),
        checked=sum(part.checked for part in parts),
        left_out=tuple(each for part in parts for each in part.left_out),
        charts=tuple(each for part in parts for each in part.charts),
        by_chance=sum(part.by_chance for part in parts),
        calendar_known=all(part.calendar_known for part in parts),
    )


def _one(ask: Question, series: Series, calendar: Calendar) -> Panel:
    over = not ask.running
    version = (series.days, over, calendar)
    return ask.numbers.book.once(
        ("judged", series.id, ask.day), version, lambda: panel([series], ask.day, calendar, over=over)
    )


def signal_views(ask: Question, found: Panel | None) -> tuple[SignalView, ...]:
    """The signals in words, the worse ones first."""
    if found is None:
        return ()
    return tuple(
        SignalView(*name_of(each.series), signal_text(ask, each, ask.day), tone_of(each)) for each in found.signals
    )


def tone_of(signal: Signal) -> Tone:
    """How a signal is drawn: what asks for action is bad."""
    return "bad" if signal.worse else "warning" if signal.worse is None else "good"


def signal_text(ask: Question, signal: Signal, day: date) -> str:
    """A signal as a sentence."""
    name = name_of(signal.series)
    unit = "number" if signal.code in _DAYS else unit_of(name.figure)
    params = {
        key: plain(round(value, 1)) if key in {"points", "days"} else shown(round(value, 4), unit)
        for key, value in signal.params.items()
    }
    return t(f"signal.{signal.code}", day=day_label(day), series=series_label(ask, name), **params)


def series_label(ask: Question, name: Name) -> str:
    """What a series is called: its figure, and the member of the group."""
    if not name.group:
        return label(name.figure)
    return t("figures.series", figure=label(name.figure), member=ask.labels.member(*name))


def checked(found: Panel | None) -> str:
    """How many series were judged, how many not and why, and how many signals chance gives."""
    if found is None:
        return t("figures.no_calendar")
    said = t(
        "signal.checked",
        checked=found.checked,
        by_chance=plain(round(found.by_chance, 1)),
        left_out=len(found.left_out),
    )
    why = Counter(each.why for each in found.left_out)
    most = max((each.days for each in found.left_out if each.why == "few_days"), default=0)
    reasons = [
        t("figures.left_out", count=count, why=t(f"signal.left_out.{code}", days=most))
        for code, count in sorted(why.items())
    ]
    if not found.calendar_known:
        reasons.append(t("figures.calendar_estimated"))
    return t("figures.definition.and").join([said, *reasons])
