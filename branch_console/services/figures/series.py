"""Which series of days are judged for signals, and their values as the store has counted them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from branch_console.rules.statistics.charts import RARE_BASELINE, DayValue, Kind, Series
from branch_console.rules.statistics.control import Side
from branch_console.rules.statistics.counting import counted
from branch_console.rules.statistics.definition import Value
from branch_console.rules.statistics.figures import RATIOS
from branch_console.services.figures.book import span
from branch_console.services.figures.formats import unit_of, worse_of
from branch_console.services.figures.question import Question

LOOK_BACK: Final = timedelta(days=RARE_BASELINE * 7 // 5 + 16)
"""Days that hold so many working days, also around the longest holidays."""
DUE_BACK: Final = timedelta(days=45)
"""Of time limits there are rows and no tallies: the 28 working days of a share, with holidays."""
WHOLE: Final = (
    "journeys.received", "journeys.onboarded", "journeys.first_use", "journeys.abandoned", "journeys.minutes_median",
    "gifts.handed_over", "gifts.returned", "gifts.duplicates", "cases.received", "cases.decided", "cases.repeats",
    "clocks.statutory", "clocks.first_contact", "ratings.given", "ratings.csat",
)  # fmt: skip
"""Figures that are judged as a whole. Cohorts that have had less time to end than those before are not among them."""
CATEGORIES: Final = (
    ("cases.received", "reason"),
    ("journeys.onboarded", "class"),
    ("journeys.abandoned", "step"),
    ("gifts.handed_over", "campaign"),
)
ABOUT_CUSTOMERS: Final = frozenset({"class", "segment"})
"""Groups by what customers are: small ones are not for everybody."""
_SIDES: Final[Mapping[str, Side]] = {"more": "above", "less": "below"}


class Name(NamedTuple):
    """Which series: a figure, or one member of a group of it."""

    figure: str
    group: str = ""
    member: str = ""

    @property
    def id(self) -> str:
        """The id of the series."""
        return "|".join(self)


def name_of(series: str) -> Name:
    """The name behind the id of a series."""
    return Name(*series.split("|", 2))


def all_series(ask: Question) -> Iterator[Series]:
    """The main figures, then their categories that occurred in four weeks.

    Whatever is no count is judged when the day is over, so until then its days are not needed.
    """
    for figure in WHOLE:
        kind = kind_of(figure)
        judged_later = ask.running and kind != "count"
        yield Series(Name(figure).id, kind, ()) if judged_later else series_of(ask, Name(figure))
    recent = ask.day - timedelta(days=27)
    for figure, group in CATEGORIES:
        if group in ABOUT_CUSTOMERS and not ask.sees_small:
            continue
        found = ask.numbers.groups(figure, ask.day - LOOK_BACK, ask.day)
        members = {key[1] for day, parts in found.items() if day >= recent for key in parts if key[0] == group}
        for member in sorted(members):
            yield series_of(ask, Name(figure, group, member))


def series_of(ask: Question, name: Name) -> Series:
    """One series up to the day. The days before are kept until one of them changes."""
    kind, first = kind_of(name.figure), ask.day - _back(name.figure)
    before = ask.day - timedelta(days=1)
    silent = ask.numbers.silent(first, before)
    past = ask.numbers.book.once(
        ("series", name, ask.day),
        (ask.numbers.versions(first, before), silent),
        lambda: day_values(ask, name, first, before),
    )
    return Series(name.id, kind, (*past, *day_values(ask, name, ask.day, ask.day)), _SIDES.get(worse_of(name.figure)))


def day_values(ask: Question, name: Name, first: date, last: date) -> tuple[DayValue, ...]:
    """The same as charts and weeks take them."""
    return tuple(day_value(name.figure, day, value) for day, value in values(ask, name, first, last).items())


def values(ask: Question, name: Name, first: date, last: date) -> dict[date, Value]:
    """The values of some days of a series."""
    if not name.group:
        return ask.numbers.history(name.figure, first, last)
    found, silent = ask.numbers.groups(name.figure, first, last), ask.numbers.silent(first, last)
    key = (name.group, name.member)
    return {day: counted(name.figure, found.get(day, {}).get(key), silent=day in silent) for day in span(first, last)}


def _back(figure: str) -> timedelta:
    return DUE_BACK if figure.startswith("clocks.") else LOOK_BACK


def kind_of(figure: str) -> Kind:
    """As what a figure is judged. A number of events over another one is a rate: it may be more than all of them."""
    if figure in RATIOS:
        return "rate" if RATIOS[figure].above.how == "count" else "measure"
    unit = unit_of(figure)
    return "share" if unit == "share" else "count" if unit in {"number", "entries"} else "measure"


def day_value(figure: str, day: date, value: Value) -> DayValue:
    """A share or rate is told by its parts, also where it is of too few to be shown."""
    if kind_of(figure) not in {"share", "rate"}:
        return DayValue(day, value.value)
    scale = RATIOS[figure].scale if figure in RATIOS else 1
    return DayValue(day, value.rows, value.of / scale)
