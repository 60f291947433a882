"""The words about one case: codes by their tables, people and terminals by name, moments in the branch's time."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from branch_console.desk.cases.core import CaseCounter
from branch_console.locale import language, t
from branch_console.rules.journal import parse_at
from branch_console.services.gifts.words import moment, money
from branch_console.services.lines import Names

WAYS: Final = ("phone", "sms", "visit", "letter")
"""Ways in which a customer hears from us."""


class CaseWords:
    """What things are called, for one call of a screen."""

    def __init__(self, counter: CaseCounter, names: Names | None = None) -> None:
        """As the store knows them now. `names` when they are known already: then the store is not asked."""
        self._reference = counter.reference
        self._names = Names.of(counter.store) if names is None else names
        self._zone: ZoneInfo = counter.store.identity.zone
        self.now: datetime = counter.now()

    def code(self, table: str, code: str | None) -> str:
        """A code of a table, or the code itself where this terminal has not got the table."""
        words = self._reference.label(table, code) if code else None
        return (code or "") if words is None else words.get(language())

    def options(self, table: str, use: str | None = None) -> tuple[tuple[str, str], ...]:
        """What may be chosen of a table: code and words."""
        return tuple((row.code, row.label.get(language())) for row in self._reference.codes(table, use))

    def person(self, staff: str | None) -> str:
        """A member of staff; the centre where nobody wrote."""
        return t("cases.by_central") if staff is None else self._names.staff.get(staff, staff)

    def terminal(self, terminal: str) -> str:
        """A terminal of the branch by its name."""
        if terminal.startswith("central/"):
            return t("cases.by_central")
        return self._names.terminals.get(terminal, terminal[-4:])

    def at(self, moment_: str | datetime | None) -> str:
        """A moment in short: time of day, with the date when it is another day's. What is no moment stays as it is."""
        try:
            return moment(moment_, self._zone, self.now)
        except ValueError:
            return str(moment_)

    def amount(self, fen: int) -> str:
        """An amount with its currency."""
        return money(fen)

    def way(self, code: str | None) -> str:
        """How the customer is reached."""
        return t(f"cases.way.{code or 'none'}")

    def ways(self) -> tuple[tuple[str, str], ...]:
        """All of them to choose from."""
        return tuple((each, self.way(each)) for each in WAYS)


def readable(at: str) -> bool:
    """Whether this is a moment with an offset."""
    try:
        return parse_at(at).tzinfo is not None
    except ValueError:
        return False
