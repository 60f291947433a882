"""Values of figures as they are shown: "—" where there is no data, "0" where there is nothing."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from branch_console.locale import t
from branch_console.rules.eligibility.phrases import yuan
from branch_console.rules.feedback.intervals import Interval
from branch_console.rules.statistics.definition import Value
from branch_console.rules.statistics.figures import meanings
from branch_console.rules.statistics.retention import RETENTION_ID

NO_DATA: Final = "—"
HIDDEN: Final = "<5"
_UNITS: Final = {name: each.unit for name, each in meanings().items()}
_WORSE: Final = {name: each.worse for name, each in meanings().items()}


def unit_of(figure: str) -> str:
    """The unit of a figure's raw value, as docs/figures.md has it; a number for what is no figure."""
    return _UNITS.get(figure, "number")


def worse_of(figure: str) -> str:
    """Which side of a figure is the worse one: more, less or neither."""
    return _WORSE.get(figure, "neither")


def shown(value: float | None, unit: str) -> str:
    """A value in its unit."""
    return NO_DATA if value is None else _SHOWN.get(unit, plain)(value)


def plain(value: float) -> str:
    """A number without decimals that say nothing."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def change(now: float, before: float, unit: str) -> str:
    """The difference with its sign; of shares in percentage points."""
    by = now - before
    sign = "+" if by > 0 else "−" if by < 0 else "±"
    if unit == "share":
        return t("figures.points", value=f"{sign}{abs(by) * 100:.1f}")
    return f"{sign}{shown(abs(by), unit)}"


_SHOWN: Final[Mapping[str, Callable[[float], str]]] = {
    "share": lambda value: f"{value * 100:.1f}%",
    "fen": lambda value: f"¥{yuan(round(value))}",
    "seconds": lambda value: f"{int(value) // 60}:{int(value) % 60:02}",
    "minutes": lambda value: t("figures.minutes", value=plain(value)),
    "days": lambda value: t("figures.days", value=plain(value)),
    "working_days": lambda value: t("figures.working_days", value=plain(value)),
    "per_thousand": lambda value: f"{value:.1f}‰",
}


def interval(found: Interval | None) -> str:
    """A share with its 95 % interval; empty for none."""
    return "" if found is None else t("figures.interval", low=percent(found.low), high=percent(found.high))


def percent(share: float) -> str:
    """A share as it stands in an interval: whole per cent."""
    return f"{share * 100:.0f}%"


def detail(figure: str, found: Value) -> str:
    """Of how many a share or ratio is, and its interval."""
    if unit_of(figure) == "share" and figure != RETENTION_ID:
        said = t("figures.of", rows=found.rows, of=found.of)
        around = interval(found.interval) if found.value is not None else ""
        return t("figures.joined", first=said, second=around) if around else said
    return ""


def day_label(day: date) -> str:
    """A day with its weekday."""
    return t("figures.day", day=day.strftime("%m-%d"), weekday=t(f"figures.weekday.{day.isoweekday()}"))


def full_day(day: date) -> str:
    """The same with its year, where any day may stand."""
    return t("figures.day", day=day.isoformat(), weekday=t(f"figures.weekday.{day.isoweekday()}"))
