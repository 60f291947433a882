"""What everything that a fast track says has in common: the moment, the branch's time, names, labels."""

from branch_console.desk.cases.core import CaseCounter
from branch_console.locale import language
from branch_console.rules.cases.when import short
from branch_console.rules.documents import Words
from branch_console.rules.journal import parse_at
from branch_console.services.gifts.words import moment
from data import queries


class TrackWords:
    """For one call of a screen."""

    def __init__(self, counter: CaseCounter) -> None:
        """As everything is now."""
        self.counter = counter
        self.now = counter.now()
        self._own = counter.store.identity
        self._staff = {each.staff_id: each.name for each in queries.staff_list(counter.store)}
        self._terminals = {each.terminal: each.name for each in queries.terminals(counter.store)}

    def label(self, table: str, code: str) -> str:
        """What a table calls a code."""
        words = self.counter.reference.label(table, code)
        return code if words is None else words.get(language())

    def staff(self, staff: str | None) -> str:
        """A member of staff; empty for nobody."""
        return self._staff.get(staff or "", staff or "")

    def terminal(self, terminal: str) -> str:
        """Another terminal; empty for this one."""
        return "" if terminal in {"", self._own.terminal} else self._terminals.get(terminal, terminal[-4:])

    def moment(self, at: str) -> str:
        """Time of day; with the date when it is another day's."""
        return moment(at, self._own.zone, self.now)

    def typed(self, at: str) -> str:
        """A moment as it would be typed."""
        return short(parse_at(at), self._own.zone)

    def clock(self, at: str) -> str:
        """Time of day with seconds; with the date when it is another day's. As written what is no moment."""
        if not at:
            return ""
        try:
            local = parse_at(at).astimezone(self._own.zone)
        except ValueError:
            return at
        today = local.date() == self.now.astimezone(self._own.zone).date()
        return local.strftime("%H:%M:%S" if today else "%m-%d %H:%M")


def lasting(seconds: int) -> str:
    """A length of time: `0:45`, `12:30`, `2:00:00`."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def said(words: Words | None) -> str:
    """Words of a table in the language of the session; empty for none."""
    return "" if words is None else words.get(language())
