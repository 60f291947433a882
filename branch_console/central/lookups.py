"""How often a terminal may ask about people: as often as customers come, not as fast as a list can be tried out."""

import time
from collections import OrderedDict

from branch_console.central.problems import ProblemError, retry_after

_REMEMBERED = 4096  # terminals


class Lookups:
    """A bucket for each terminal, refilled evenly. Used from one event loop only; several centrals count apart."""

    def __init__(self, per_minute: int) -> None:
        """At most so many at once, and so many in every minute after that."""
        self._most = per_minute
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, terminal: str, now: float | None = None) -> None:
        """Count one look-up at `now` (time.monotonic). Raises ProblemError too-busy."""
        now = time.monotonic() if now is None else now
        left, since = self._buckets.pop(terminal, (float(self._most), now))
        left = min(self._most, left + (now - since) * self._most / 60)
        short = left < 1
        self._buckets[terminal] = (left if short else left - 1, now)
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        if short:
            raise ProblemError("too-busy", headers=retry_after(round(60 / self._most)))
