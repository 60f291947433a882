"""Virtual time and chance: one seed is one schedule."""

import heapq
from collections.abc import Callable
from random import Random

BASE_MS = 1_795_000_000_000


class ViolationError(AssertionError):
    """A promise was broken."""


class World:
    """The event queue. Everything that happens in a run happens in a call made here."""

    def __init__(self, seed: int, history: list[str] | None = None) -> None:
        self.seed = seed
        self.rng = Random(seed)
        self.now = 0.0
        self.healed = False
        self.history = history
        self.events = 0
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def at(self, delay: float, act: Callable[[], None]) -> None:
        """Call `act` after `delay` seconds of virtual time."""
        self._count += 1
        heapq.heappush(self._queue, (self.now + delay, self._count, act))

    def run(self, until: float) -> None:
        """Let time pass."""
        queue = self._queue
        while queue and queue[0][0] <= until:
            self.now, _, act = heapq.heappop(queue)
            self.events += 1
            act()
        self.now = until

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens now. Never after the faults have ended."""
        return not self.healed and self.rng.random() < probability

    def tell(self, *parts: object) -> None:
        """One line of the run's history, if it is kept."""
        if self.history is not None:
            self.history.append(f"{self.now:9.3f}  " + " ".join(str(part) for part in parts))

    def demand(self, holds: bool, promise: str, *parts: object) -> None:
        """Stop the run unless `holds`."""
        if not holds:
            raise ViolationError(f"{promise}: " + " ".join(str(part) for part in parts))
