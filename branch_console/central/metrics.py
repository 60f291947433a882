"""What central tells Prometheus."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from branch_console.central.heartbeats import BranchHealth

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counters of one central."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        here = self._registry
        self.answers = Counter("central_answers", "Answers", ["route", "status"], registry=here)
        self.problems = Counter("central_problems", "Refusals", ["code"], registry=here)
        self.seconds = Histogram("central_seconds", "Time to answer, waiting included", ["route"], registry=here)
        self.entries = Counter("central_entries", "Entries stored", registry=here)
        self.duplicates = Counter("central_duplicate_entries", "Entries that were there already", registry=here)
        self.quarantined = Counter("central_quarantined_entries", "Entries quarantined", ["code"], registry=here)
        self.fed = Counter("central_fed_entries", "Entries given out by the feed", registry=here)
        self.in_flight = Gauge("central_pushes_in_flight", "Pushes admitted and not answered yet", registry=here)
        self.waiting = Gauge("central_feeds_waiting", "Feeds that wait for entries", registry=here)

        self._of_branches = {
            name: Gauge(f"central_branch_{name}", said, ["branch"], registry=here)
            for name, said in (
                ("terminals", "Terminals in service"),
                ("silent", "Terminals not heard of for five minutes"),
                ("with_problem", "Terminals that reported a problem"),
                ("pending", "Entries that terminals reported as not yet acknowledged"),
                ("quarantined", "Entries that terminals reported as quarantined"),
                ("clock_offset_ms", "Farthest clock of a terminal from central's, as reported, in milliseconds"),
            )
        }

    def show_branches(self, found: Iterable[BranchHealth]) -> None:
        """Put what the terminals reported into the gauges; a branch that is not among `found` disappears."""
        for gauge in self._of_branches.values():
            gauge.clear()
        for health in found:
            for name, gauge in self._of_branches.items():
                gauge.labels(health.branch).set(getattr(health, name))

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self._registry)
