"""One line that says from which terminals everything has come: a total can only be trusted with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from branch_console.locale import t
from branch_console.rules.journal import parse_at
from branch_console.rules.statistics.facts import TerminalFact
from branch_console.rules.statistics.freezing import completeness, day_ends
from branch_console.services.figures.question import Question
from branch_console.services.gifts.words import moment

IN_STEP: Final = timedelta(minutes=15)
"""On a day that goes on a terminal counts as up to date when all that it wrote had come so short a time before."""


def completeness_line(ask: Question) -> str:
    """How many of the terminals, up to when, as of central's last word; then of each other one when it was last seen.

    Where there is no room for all of it the other terminals are what is missing.
    """
    as_of = ask.central.as_of
    if as_of is None:
        return t("figures.terminals.unknown")
    ends = day_ends(ask.days, ask.day)
    found = completeness(ask.days, ask.day, ask.central.facts(ask.days), as_of)
    every = [*found.synced, *found.waiting]
    good = list(found.synced)
    first = t("figures.terminals.whole", n=len(good), of=len(every))
    if as_of < ends:
        good = [each for each in every if each.pending == 0 and each.synced and as_of - each.synced.at <= IN_STEP]
        upto = min((each.synced.at for each in good if each.synced), default=as_of)
        first = t("figures.terminals.complete", n=len(good), of=len(every), at=_at(ask, upto))
    online, _ = ask.office.link()
    parts = [
        first if good else t("figures.terminals.none", of=len(every)),
        t("figures.terminals.as_of" if online else "figures.terminals.offline", at=_at(ask, as_of)),
    ]
    late = [each for each in every if each not in good]
    parts += [_late(ask, each) for each in late]
    parts += [t("figures.terminals.lost", name=_name(ask, each)) for each in found.lost]
    return t("figures.terminals.and").join(parts)


def behind(ask: Question) -> Sequence[str]:
    """What must be said when central has entries that it has not counted."""
    own = ask.central.own
    return [t("figures.central_behind")] if own is not None and own.behind else []


def _late(ask: Question, each: TerminalFact) -> str:
    seen = next(
        (line.last_seen_at for line in ask.central.terminals if f"terminal/{line.terminal}" == each.subject), None
    )
    if seen is None:
        return t("figures.terminals.never", name=_name(ask, each))
    return t("figures.terminals.late", name=_name(ask, each), at=_at(ask, parse_at(seen)))


def _name(ask: Question, each: TerminalFact) -> str:
    return each.name or ask.labels.terminal(each.subject.partition("/")[2])


def _at(ask: Question, at: datetime) -> str:
    return moment(at, ask.source.identity.zone, ask.now)
