"""When the entries of a made-up branch reach others: minutes or hours later, twice, or after two dark days.

Each terminal syncs now and then, and sends what it has written since. One of them is dark for two days, and is back
with everything at once. Some acts stand a second time in another terminal's journal, as after a terminal was set up
anew; what was sent before is sent again now and then.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from typing import NamedTuple

from branch_console.rules.journal import Entry
from tests.rules.statistics.day_branch import CENTRAL, FIRST, TERMINALS, Branch

CARRIED = TERMINALS[3]
"""In whose journal acts of others stand a second time."""
DARK_DAYS = 2


class Sync(NamedTuple):
    """What a writer sends at a moment: its next `entries`, and before them again the last `again` that it sent."""

    at: datetime
    writer: str
    entries: tuple[Entry, ...]
    again: int


class Course(NamedTuple):
    """All syncs in their order. Before the first after `dark_until` the dark terminal's two days have not come."""

    syncs: tuple[Sync, ...]
    dark_from: datetime
    dark_until: datetime

    @property
    def dark_days(self) -> range:
        """Which days of the branch are affected, counted from its first."""
        first = (self.dark_from - FIRST).days
        return range(first, first + DARK_DAYS)


def copied(branch: Branch, *leaving: str) -> list[Entry]:
    """Copies of some acts, except of these writers."""
    theirs = [each for each in branch.entries if each.terminal not in {CENTRAL, CARRIED, *leaving}]
    some = branch.random.sample(theirs, len(theirs) // 20)
    return [each._replace(terminal=CARRIED, seq=each.seq + 5000) for each in some]


def course(branch: Branch, entries: list[Entry], here: str = CENTRAL) -> Course:
    """How the entries come to `here`, whose own acts are there at once. If it is the dark one, nothing else comes.

    What is done within a minute is there together.
    """
    random = branch.random
    its_own = sorted(written(each) for each in entries if each.terminal == branch.dark and written(each) >= FIRST)
    begins = random.choice([each for each in its_own if each < branch.now - timedelta(days=DARK_DAYS + 1)])
    dark_from = FIRST + timedelta(days=(begins - FIRST).days)
    dark_until = dark_from + timedelta(days=DARK_DAYS, hours=8)
    found: list[Sync] = []
    for writer in sorted({each.terminal for each in entries}):
        own = sorted((each for each in entries if each.terminal == writer), key=lambda each: (each.clock, each.seq))
        minutes = groupby(map(written, own), lambda at: at.replace(second=0, microsecond=0))
        moments = [max(found) for _, found in minutes] if writer == here else _moments(branch, own)
        if writer != here if branch.dark == here else writer == branch.dark:
            moments = [each for each in moments if not dark_from <= each < dark_until]
            moments = sorted([*moments, dark_from - timedelta(seconds=1), dark_until])
        found += _sent(random, writer, own, moments)
    found.sort(key=lambda each: (each.at, each.writer))
    return Course(tuple(found), dark_from, dark_until)


def written(entry: Entry) -> datetime:
    """When an entry was really written, whatever the terminal's clock said."""
    return datetime.fromtimestamp(int(entry.clock[:13]) / 1000, FIRST.tzinfo)


def _moments(branch: Branch, own: list[Entry]) -> list[datetime]:
    """When a terminal syncs: several times a day, at any hour, and at last when all is written."""
    random, at = branch.random, min(FIRST, written(own[0]))
    end = max(branch.now, written(own[-1])) + timedelta(minutes=1)
    found = []
    while at < end:
        at += timedelta(hours=random.choice([0.5, 4, 12, 30]))
        found.append(min(at, end))
    return found


def _sent(random: Random, writer: str, own: list[Entry], moments: list[datetime]) -> Iterator[Sync]:
    done = 0
    for at in moments:
        last = done
        while last < len(own) and written(own[last]) <= at:
            last += 1
        if last > done:
            yield Sync(at, writer, tuple(own[done:last]), random.choice([0, 0, 7]))
        done = last
