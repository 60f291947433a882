"""A terminal's store as a model: what is durable, and what each commit changes."""

from dataclasses import dataclass, field

from branch_console.rules.clock import ZERO, merge, tick
from branch_console.rules.journal import BadEntryError, Entry, check_chain, check_entry
from branch_console.sync.messages import Facts
from tests.simulation.journal import Chains, Place, carried, erase_acts, erasures_of, head_of, make_entry, place_of


@dataclass
class Disk:
    """What survives a crash of the terminal."""

    terminal: str
    branch: str
    epoch: str
    chains: Chains = field(default_factory=dict)
    acknowledged: int = 0
    past_epochs: tuple[str, ...] = ()
    cursor: str | None = None
    quarantined: dict[int, str] = field(default_factory=dict)
    erased: set[Place] = field(default_factory=set)
    erased_acts: set[str] = field(default_factory=set)
    """Their ids: an act that was carried over stands in two journals."""
    flagged: set[str] = field(default_factory=set)
    clock: str = ZERO

    def copy(self) -> "Disk":
        """An image of the disk."""
        return Disk(
            self.terminal,
            self.branch,
            self.epoch,
            {name: list(chain) for name, chain in self.chains.items()},
            self.acknowledged,
            self.past_epochs,
            self.cursor,
            dict(self.quarantined),
            set(self.erased),
            set(self.erased_acts),
            set(self.flagged),
            self.clock,
        )

    @property
    def own(self) -> list[Entry]:
        """The own journal."""
        return self.chains.setdefault(self.terminal, [])

    def facts(self) -> Facts:
        """What the core wants to know."""
        seq, head = head_of(self.own)
        return Facts(seq, head, self.acknowledged, len(self.quarantined))

    def append(self, now_ms: int, id: str, type: str, version: int, subject: str, data: dict[str, object]) -> Entry:  # noqa: A002
        """One act of staff."""
        self.clock = tick(self.clock, now_ms)
        entry = make_entry(
            self.own,
            self.terminal,
            id=id,
            type=type,
            version=version,
            branch=self.branch,
            subject=subject,
            clock=self.clock,
            data=data,
        )
        self.own.append(entry)
        for place in erasures_of(entry):
            self.erase(place)
        return entry

    def erase(self, place: Place) -> None:
        """Take the data out of an entry, also when it has not come yet."""
        self.erased.add(place)
        chain = self.chains.get(place[0], [])
        if place[1] <= len(chain) and place_of(chain[place[1] - 1]) == place:
            self.erased_acts.add(chain[place[1] - 1].id)
            erase_acts(self.chains, self.erased_acts)

    def apply(self, entries: list[Entry]) -> list[str]:
        """Put the entries of a page in; return the writers whose chains do not fit."""
        broken: list[str] = []
        for entry in entries:
            chain = self.chains.setdefault(entry.terminal, [])
            if entry.seq <= len(chain):
                if chain[entry.seq - 1].hash == entry.hash:
                    if entry.data is None:
                        self.erase(place_of(entry))
                    continue
                broken.append(entry.terminal)
                continue
            try:
                check_entry(entry)
                check_chain([entry], *head_of(chain))
            except BadEntryError:
                broken.append(entry.terminal)
                continue
            chain.append(entry)
            if entry.data is None or place_of(entry) in self.erased:
                self.erase(place_of(entry))
            elif entry.id in self.erased_acts and entry.type != "data.erased":
                chain[-1] = entry._replace(data=None)
            self.clock = merge(self.clock, entry.clock)
            for place in erasures_of(entry):
                self.erase(place)
        self.flagged.update(broken)
        return broken

    def continue_in_new_journal(self, terminal: str, epoch: str, common: int) -> None:
        """Carry over what central does not hold of the old journal (it holds it up to `common`)."""
        old = self.own
        unsent = old[common:]
        del old[common:]
        self.terminal = terminal
        self.epoch, self.cursor, self.acknowledged = epoch, None, 0
        self.quarantined = {}
        for entry in unsent:
            moved = carried(entry, terminal, self.own, common)
            self.own.append(moved)
        self.erased = {place for entry in self.all_entries() for place in erasures_of(entry)}

    def all_entries(self) -> list[Entry]:
        """Everything that this terminal holds."""
        return [entry for chain in self.chains.values() for entry in chain]
