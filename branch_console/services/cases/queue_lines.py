"""Cases and promises of the store as the lists draw them."""

from branch_console.case_views.queue import CaseLine, PromiseLine, UrgentCase
from branch_console.desk.cases.core import CaseCounter
from branch_console.locale import known, language, t
from branch_console.rules.cases.states import ENDED, CaseState
from branch_console.services.cases.queue_time import QueueTime
from branch_console.services.gifts.words import moment
from data import queries
from data.case_queries import CaseListed, PromiseListed
from data.moments import moment as moment_of
from data.moments import ms_of


class Lines:
    """For one call of a screen: the names and the moment that all its lines share."""

    def __init__(self, counter: CaseCounter) -> None:
        """As everything is now."""
        self._counter = counter
        self._own = counter.store.identity
        self._time = QueueTime(counter)
        self._staff = {each.staff_id: each for each in queries.staff_list(counter.store)}
        self._terminals = {each.terminal: each.name for each in queries.terminals(counter.store)}

    @property
    def present(self) -> frozenset[str]:
        """Who works in the branch."""
        return frozenset(name for name, each in self._staff.items() if each.active)

    def case(self, row: CaseListed) -> CaseLine:
        """One case."""
        return CaseLine(
            subject=row.subject,
            number=row.number,
            kind=self.label("case_kinds", row.kind),
            category=self.label("case_categories", row.category),
            status=self.label("case_states", row.status),
            ended=row.status in ENDED,
            customer=row.name,
            phone=row.phone,
            owner=self.person(row.owner),
            mine=row.owner == self._counter.desk.staff,
            urgency=self._time.urgency(row),
            minutes=self._time.minutes(row),
            due=self.moment(row.next_at),
            next_step=self._next_step(row.next_kind),
            statutory_day=self._day(row.statutory_day),
            flags=tuple(row.flags),
            text=row.text,
            pending=row.pending,
            elsewhere=self._terminal(row.terminal),
        )

    def promise(self, row: PromiseListed) -> PromiseLine:
        """One open promise. Somebody who does not work here any more keeps none; what is no moment is due now."""
        at = moment_of(row.at, self._own.zone).ms
        return PromiseLine(
            subject=row.subject,
            entry=row.entry,
            number=row.number,
            kind=self.label("case_kinds", row.kind),
            customer=row.name,
            due=self.moment(row.at) if at else t("cases.promise.unreadable"),
            overdue=at < ms_of(self._time.now),
            earlier=at < ms_of(self._time.midnight),
            way=t(f"cases.way.{row.way}"),
            staff=self.person(row.staff) if row.staff in self.present else "",
            mine=row.staff == self._counter.desk.staff,
        )

    def urgent(self, row: CaseListed, state: CaseState | None) -> UrgentCase:
        """A case of the fast track; `state` is the case in full."""
        return UrgentCase(
            subject=row.subject,
            number=row.number,
            category=self.label("case_categories", row.category),
            received=self.moment(row.received_at),
            mine=state is not None and state.registered_by == self._counter.desk.staff,
        )

    def label(self, table: str, code: str) -> str:
        """What a table calls a code."""
        words = self._counter.reference.label(table, code)
        return code if words is None else words.get(language())

    def person(self, staff: str | None) -> str:
        """A member of staff; empty for nobody."""
        found = self._staff.get(staff or "")
        return (staff or "") if found is None else found.name

    def moment(self, at: str | None) -> str:
        """A time of day in the branch, with the date when it is another day's."""
        return moment(at, self._own.zone, self._time.now)

    def _terminal(self, terminal: str) -> str:
        return "" if terminal in {"", self._own.terminal} else self._terminals.get(terminal, terminal[-4:])

    def _next_step(self, clock: str) -> str:
        """What has to be done, in a few words; a clock of a policy that we have no words for says its own name."""
        if not clock:
            return ""
        rule = self._time.rule(clock)
        if known(f"cases.next.{clock}") or rule is None:
            return t(f"cases.next.{clock}")
        return rule.label.get(language())

    def _day(self, day: str | None) -> str:
        """MM-DD, and the year before it when it is another year's."""
        if not day:
            return ""
        return day[5:] if day[:4] == str(self._counter.today().year) else day
