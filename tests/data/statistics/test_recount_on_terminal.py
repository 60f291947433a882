"""Proof 1 of issue 5 on a terminal: what the board says of random days equals the slow recount from raw entries.

Made-up branches reach a real store: pages of the feed in random pieces, some twice, acts carried over to another
journal, own acts that central acknowledges late, a terminal that is dark for two days. The store takes them in by steps
of random size at random moments. Then each figure of each day, whole and of one member of staff, is compared: its
value, how many rows were counted and of how many; on some days also which rows.

`make test` counts 312 days of 12 branches, and the dark days of each once more while they are dark; `make soak` 3,120.
"""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import settings

from branch_console.rules.journal import Entry, parse_at
from branch_console.rules.statistics.counting import counted
from branch_console.rules.statistics.figures import FIGURES
from branch_console.services.figures.book import Book
from branch_console.services.figures.numbers import Numbers
from branch_console.services.figures.snapshot import snapshot
from data.statistics.catching_up import catch_up, catch_up_all, days_of
from data.store import Store
from tests.data.statistics.stage import OWN, acknowledge, day_store, put_in
from tests.rules.statistics.day_branch import CHINA, FIRST, STAFF, Branch
from tests.rules.statistics.day_maker import make
from tests.rules.statistics.day_syncs import Sync, copied, course
from tests.rules.statistics.recounting import EVERY, OVER, Recount, check, right

DAYS, QUIET = 26, 3
PARTS, PER_PART = 4, 3 if settings().max_examples < 1000 else 30
BY_STAFF = {name for name, figure in FIGURES.items() if "staff" in figure.groups}
WITH_ROWS = 3
"""Days of each branch on which the rows themselves are compared."""


class Terminal:
    """A store to which a branch's entries come. `come`: all that it was given or did itself."""

    def __init__(self, store: Store, branch: Branch) -> None:
        self.store, self.branch, self.random = store, branch, branch.random
        self.come: list[Entry] = []
        self.sent: dict[str, list[Entry]] = {}
        self.book, self.looked, self.acknowledged = Book(), False, 0

    def take(self, sync: Sync) -> None:
        """What a writer sends arrives, after some of what it sent before; what this terminal sends it has done."""
        if sync.writer == OWN:
            self._do(sync.entries)
            return
        journal = self.sent.setdefault(sync.writer, [])
        known = len(journal)
        for each in sync.entries:
            put_in(journal, each)
        page = journal[max(0, known - sync.again) :]
        size = self.random.choice([7, 40, 200])
        for start in range(0, len(page), size):
            assert not self.store.apply_feed(page[start : start + size], "c", "epoch-1").broken
        self.come += page

    def _do(self, acts: Sequence[Entry]) -> None:
        """What one member of staff does within a minute is one act, as at the counter."""
        for staff, close in groupby(acts, lambda each: each.staff):
            some = list(close)
            with self.store.act(staff, parse_at(some[0].at)) as act:
                self.come += [act.append(each.type, each.subject, each.data or {}) for each in some]

    def idle(self) -> None:
        """Between two syncs some of what came is counted, and central may acknowledge what was done here."""
        while self.random.random() < 0.2:
            catch_up(self.store, limit=self.random.choice([1, 5, 200]))
        if self.random.random() < 0.1 and self.store.head().seq:
            self.acknowledged = self.random.randint(max(1, self.acknowledged), self.store.head().seq)
            acknowledge(self.store, self.acknowledged)

    @property
    def confirmed(self) -> set[str]:
        """Journeys whose end central holds: it came from there, or was acknowledged."""
        ends = [each for each in self.come if each.type == "journey.finished"]
        return {each.subject for each in ends if each.terminal != OWN or each.seq <= self.acknowledged}

    def compare(self, days: Sequence[int], now: datetime) -> int:
        """Compare every figure of these days; how many of them had anything."""
        catch_up_all(self.store, limit=self.random.choice([1, 5, 200]))
        recount, filled = Recount(self.come, self.confirmed, now), 0
        asked = [FIRST.date() + timedelta(days=number) for number in days]
        self.looked = True
        with_rows = set(self.random.sample(asked, min(WITH_ROWS, len(asked))))
        with snapshot(self.store) as source:
            today = now.astimezone(CHINA).date()
            numbers = Numbers(self.book, source, days_of(source), today, now, frozenset(asked))
            for day in asked:
                expected, who = recount.whole_day(day), self.random.choice(STAFF)
                of_one = recount.whole_day(day, who)
                for name in EVERY:
                    found = numbers.value(name, day)
                    assert found[:3] == pytest.approx(right(name, expected)), (name, day)
                    if name in BY_STAFF:
                        part = numbers.parts(name, "staff", day).get(who, counted(name, None))
                        assert part[:3] == pytest.approx(right(name, of_one)), (name, day, who)
                    if day in with_rows and name not in OVER:
                        check(name, numbers.rows(name, day), expected, (name, day))
                    filled += bool(found.of)
        return filled


@pytest.mark.parametrize("part", range(PARTS))
def test_every_figure_of_every_day_equals_the_recount(tmp_path: Path, part: int) -> None:
    for seed in range(part * PER_PART, (part + 1) * PER_PART):
        branch = make(seed, DAYS, QUIET)
        coming = course(branch, [*branch.entries, *copied(branch, OWN)], OWN)
        folder = tmp_path / str(seed)
        folder.mkdir()
        with closing(day_store(folder)) as store:
            terminal = Terminal(store, branch)
            for sync in coming.syncs:
                if sync.at >= coming.dark_until and not terminal.looked:
                    terminal.compare(coming.dark_days, coming.dark_until)
                terminal.take(sync)
                terminal.idle()
            filled = terminal.compare(range(DAYS), coming.syncs[-1].at)
        assert filled > 8 * DAYS
