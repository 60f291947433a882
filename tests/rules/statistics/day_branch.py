"""A branch whose days are made up: journals of four terminals with journeys, gifts, cases, ratings, ideas.

With what makes counting hard: customers who leave, two terminals that work on one wallet, acts after the end, replayed
and carried-over entries, a terminal whose clock is set wrongly, terminals that stay dark, moments around midnight.
When entries reach others is said by `day_syncs.py`.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from branch_console.rules.journal import Entry, seal

CHINA = timezone(timedelta(hours=8))
FIRST = datetime(2026, 11, 16, tzinfo=CHINA)
"""A Monday without holidays around it."""
DAYS = 4
NOW = FIRST + timedelta(days=DAYS, hours=9)
TERMINALS = [f"0190c0de-0000-7000-8000-00000000a{number:03x}" for number in range(4)]
CENTRAL = "central/SZ01"
STAFF = ["g1", "g2", "g3", "o1", "s1"]
STEPS = ["need", "consent", "lookup", "open_wallet", "counter", "first_use"]


@dataclass
class Branch:
    """What was written. `confirmed`: journeys whose end central holds. `skewed`, `dark`: the terminals that are."""

    random: Random
    days: int = DAYS
    quiet: int = 1
    entries: list[Entry] = field(default_factory=list)
    confirmed: set[str] = field(default_factory=set)
    subjects: int = 0
    skewed: str = ""
    dark: str = ""

    def subject(self, kind: str) -> str:
        self.subjects += 1
        return f"{kind}/0190c0de-0000-7000-8000-{0xB000 + self.subjects:012x}"

    def add(self, kind: str, subject: str, data: Any, when: datetime, staff: str | None, terminal: str) -> Entry:
        """One entry; of the terminal whose clock is wrong the moment is three hours early. Offsets differ."""
        number = len(self.entries) + 1
        said = when - timedelta(hours=3) if terminal == self.skewed else when
        zone = UTC if self.random.random() < 0.3 else CHINA
        made = seal(
            terminal=terminal,
            seq=number,
            prev="0" * 64,
            id=f"0190c0de-0000-7000-9000-{number:012x}",
            type=kind,
            version=1,
            branch="SZ01",
            subject=subject,
            staff=staff,
            at=said.astimezone(zone).isoformat(timespec="milliseconds"),
            clock=f"{int(when.timestamp() * 1000):013d}-0000",
            data=data,
        )
        self.entries.append(made)
        return made

    @property
    def now(self) -> datetime:
        """The morning after the last day."""
        return FIRST + timedelta(days=self.days, hours=9)

    def several(self, least: int, most: int) -> int:
        """So many as there are in four days, on all days; on quiet days a half, a third."""
        in_four = DAYS * self.quiet
        return self.random.randint(least * self.days // in_four, most * self.days // in_four)

    @property
    def arrived(self) -> list[Entry]:
        """What is here while one terminal is dark."""
        return [each for each in self.entries if each.terminal != self.dark]

    def replayed(self, entries: list[Entry]) -> list[Entry]:
        """The same in another order, some twice, some carried over into another terminal's journal."""
        copies = self.random.sample(entries, len(entries) // 5)
        own = [each for each in copies[: len(copies) // 2] if each.terminal != CENTRAL]
        carried = [each._replace(terminal=TERMINALS[3], seq=each.seq + 5000) for each in own]
        found = [*entries, *copies, *carried]
        self.random.shuffle(found)
        return found


def some_moment(branch: Branch, earliest: int = 0) -> datetime:
    """Mostly in opening hours, sometimes around midnight or the evening's cut-off."""
    random = branch.random
    day = FIRST + timedelta(days=random.randint(earliest, branch.days - 1))
    if random.random() < 0.15:
        return day + timedelta(hours=random.choice([0, 17.5, 23.99]), seconds=random.randint(0, 30))
    return day + timedelta(hours=8.5 + 9 * random.random())
