"""The cases that may have stood open at the end of some day: no others are read."""

from datetime import date

from branch_console.rules.statistics.facts import Facts, joined
from branch_console.services.figures.snapshot import Snapshot
from data.statistics import rows as kept_rows


def standing_cases(source: Snapshot, first: date, last: date, today: date) -> Facts:
    """Those that are open now, and those that something happened to since the first day: its end stands among it.

    What came in after the last day has no part in it.
    """
    found = kept_rows.open_cases(source)
    known = {each.subject for each in found.cases}
    since = kept_rows.facts_between(source, first, today, ("case",))
    more = {each.subject for each in since.cases if each.received is None or each.received.day <= last} - known
    ended = Facts(
        cases=tuple(each for each in since.cases if each.subject in more),
        clocks=tuple(each for each in since.clocks if each.subject in more),
    )
    return joined([found, ended])
