"""What central tells Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

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

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self._registry)
