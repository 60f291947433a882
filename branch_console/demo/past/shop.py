"""What the invented past of a branch is made of: its people, the rules of its day, chance, and where it is written."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from branch_console.demo.past.journal import Pages
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.flow import Flow
from branch_console.rules.reference import Reference
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.hours import advance

_MINUTES_A_DAY: Final = 8 * 60
"""Of work."""


@dataclass
class Shop:
    """One branch. `terminals`: the ids of those that wrote, `pages` what each wrote.

    `epoch` is central's, and `key_version` that of its newest tenant key: hashes are random numbers in that form, of
    nobody. `now`: nothing happens later.
    """

    code: str
    terminals: Sequence[str]
    pages: Sequence[Pages]
    guides: Sequence[str]
    officer: str
    supervisor: str
    reference: Reference
    flow: Flow
    calendar: Calendar
    campaigns: Sequence[Campaign]
    epoch: str
    key_version: str
    now: datetime
    rng: random.Random
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def at(self) -> int:
        """The terminal at which the next customer is served: the first one is nearer to the door."""
        return self.rng.choices(range(len(self.pages)), [2, 1][: len(self.pages)])[0]

    def hashed(self) -> str:
        """A keyed hash as a real one looks; it is of nobody's number."""
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return f"k{self.key_version}:{''.join(self.rng.choices(letters, k=43))}"

    def later(self, at: datetime, days: float) -> datetime:
        """So many working days after a moment, by the clock of working hours."""
        return advance(self.calendar, at, timedelta(minutes=days * _MINUTES_A_DAY))

    def count(self, what: str, terminal: str, day: str) -> int:
        """The next number of a kind at a terminal on a day, from 1."""
        self.counts[what, terminal, day] = found = self.counts.get((what, terminal, day), 0) + 1
        return found
