"""How a nearest promise stands now: how near it is, and how much of the branch's time is left until then."""

from datetime import datetime, timedelta
from typing import Final

from branch_console.case_views.queue import Urgency
from branch_console.desk.cases.core import CaseCounter
from branch_console.rules.journal import parse_at
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.hours import elapsed
from branch_console.rules.working_time.policy import ClockRule
from data.case_queries import CaseListed

POLICY: Final = "cn_default"
_SOON = 0.75
"""From this share of its time on a promise is near: less than a quarter is left."""
_MINUTE = timedelta(minutes=1)
_NOTHING = timedelta(0)


class QueueTime:
    """For one call of a screen: the moment, and the calendar by which all its lines are told.

    What is due when, each case's own policy and calendar have said when it was written. How much working time is left
    until then, the calendar of today says: it knows the newest closing days.
    """

    def __init__(self, counter: CaseCounter) -> None:
        """As everything is now."""
        self.now = counter.now()
        self._zone = counter.store.identity.zone
        self.midnight = self.now.astimezone(self._zone).replace(hour=0, minute=0, second=0, microsecond=0)
        """When today began in the branch."""
        today, reference = counter.today(), counter.reference
        policy = reference.newest_sla(POLICY, today)
        self._calendar: Calendar | None = None if policy is None else reference.newest_calendar(policy.calendar, today)
        self._rules = {} if policy is None else {rule.id: rule for rule in policy.clock}

    def rule(self, clock: str) -> ClockRule | None:
        """The clock of that id; None for a promise by name."""
        return self._rules.get(clock)

    def urgency(self, row: CaseListed) -> Urgency:
        """Overdue, near, normal, paused; what is overdue is so even while it is paused."""
        if row.next_at is None:
            return "paused" if row.paused else "none"
        due = parse_at(row.next_at)
        if due < self.now:
            return "overdue"
        if row.paused:
            return "paused"
        return "soon" if self._used(row, due) > _SOON else "normal"

    def minutes(self, row: CaseListed) -> int | None:
        """Whole minutes until then, towards zero: of working time, but where every minute of the day counts."""
        if row.next_at is None:
            return None
        due, rule = parse_at(row.next_at), self.rule(row.next_kind)
        if self._calendar is None or (rule is not None and rule.unit == "minute"):
            left = due - self.now
        else:
            left = elapsed(self._calendar, self.now, due)
        return left // _MINUTE if left > _NOTHING else -(-left // _MINUTE)

    def _used(self, row: CaseListed, due: datetime) -> float:
        """The share of its time that is gone."""
        begin, rule = datetime.fromtimestamp(row.next_share_started_ms / 1000, self._zone), self.rule(row.next_kind)
        whole = self._measure(begin, due, rule)
        return self._measure(begin, self.now, rule) / whole if whole > _NOTHING else 1.0

    def _measure(self, start: datetime, end: datetime, rule: ClockRule | None) -> timedelta:
        """Time as the clock reckons it; promises are of the wall clock."""
        if rule is not None and rule.working and self._calendar is not None:
            return elapsed(self._calendar, start, end)
        return end - start
