"""The rows behind figures, found by the days that they stand on, by subject, or because something is still open.

A subject's facts come whole: all of its rows, also those of other days; a figure picks its own.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

import orjson

from branch_console.rules.statistics.days_of_rows import MOMENTS
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import all_days
from branch_console.rules.statistics.packing import unpack_all
from data.reading import Reading

CLOCK: Final = "clock"
DAY_KINDS: Final = tuple(kind for kind, _ in MOMENTS.values())
"""What may be asked for with days: journey, claim, check, case, clock, rating, idea."""

_ON_DAYS = """
SELECT fact.body, {steps} AS steps FROM fact WHERE fact.subject IN (
    SELECT stands.subject FROM json_each(:days) AS wanted_day CROSS JOIN json_each(:kinds) AS wanted_kind
    CROSS JOIN fact_day AS stands ON stands.day = wanted_day.value AND stands.kind = wanted_kind.value
) ORDER BY fact.subject
"""
"""In this order (CROSS JOIN) only rows of these kinds are looked at: of a day most are journeys."""
_OPEN_CASES = "SELECT body FROM fact WHERE open AND kind = 'case' ORDER BY subject"
_WALLETS = """
SELECT day, json_group_array(wallet) AS wallets FROM fact_wallet WHERE day BETWEEN :first AND :last GROUP BY day
"""


def facts_of_days(
    source: Reading, days: Iterable[date], kinds: Iterable[str] | None = None, *, steps: bool = False
) -> Facts:
    """The facts of all subjects of which a row of these kinds (None: any) stands on one of the days."""
    return _on_days(source, days, kinds, steps=steps)


def facts_between(
    source: Reading, first: date, last: date, kinds: Iterable[str] | None = None, *, steps: bool = False
) -> Facts:
    """The same for all days of a span."""
    return _on_days(source, all_days(first, last), kinds, steps=steps)


def due_facts(source: Reading, first: date, last: date) -> Facts:
    """The cases of which a time limit ran out, or will, on a day of the span."""
    return facts_between(source, first, last, (CLOCK,))


def open_cases(source: Reading) -> Facts:
    """The cases in which something is left to be done, or a limit still runs."""
    with source.reading() as connection:
        bodies = connection.exec_driver_sql(_OPEN_CASES).scalars().all()
    return unpack_all((body, b"") for body in bodies)


def onboarded_wallets(source: Reading, first: date, last: date) -> dict[date, list[int]]:
    """The digests (`linking.digest`) of the wallets that count as onboarded on each day of a span, each once."""
    with source.reading() as connection:
        span = {"first": first.isoformat(), "last": last.isoformat()}
        rows = connection.exec_driver_sql(_WALLETS, span).all()
    return {date.fromisoformat(row.day): orjson.loads(row.wallets) for row in rows}


def _on_days(source: Reading, days: Iterable[date], kinds: Iterable[str] | None, *, steps: bool) -> Facts:
    values = {"days": _json(each.isoformat() for each in days), "kinds": _json(kinds or DAY_KINDS)}
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_ON_DAYS.format(steps="fact.steps" if steps else "x''"), values).all()
    return unpack_all((row.body, row.steps) for row in rows)


def _json(values: Iterable[str]) -> bytes:
    return orjson.dumps(list(values))
