"""What the slips of a case are told with: words of the customer's language, the clocks, and masks on the way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from branch_console.locale import Language, t_in
from branch_console.rules.codes import HotlineRow
from branch_console.rules.eligibility.phrases import yuan
from branch_console.rules.journal import parse_at
from branch_console.rules.narrative.masking import mask
from branch_console.rules.narrative.patterns import MaskTable
from branch_console.rules.reference import Reference
from branch_console.rules.working_time.readings import ClockReading


@dataclass(frozen=True, slots=True)
class CaseWords:
    """What the case itself does not know.

    `readings` are its clocks now; `first` the ids of those that the first contact stops, `decision` of those that only
    the decision told to the customer stops. `at_central`: central has said that it holds the case.
    """

    language: Language
    branch: str
    reference: Reference
    masks: MaskTable
    zone: ZoneInfo
    now: datetime
    readings: Sequence[ClockReading]
    first: frozenset[str]
    decision: frozenset[str]
    at_central: bool
    online: bool

    def t(self, msgid: str, **params: str | int) -> str:
        """A sentence of the slip."""
        return t_in(self.language, msgid, **params)

    def label(self, table: str, code: str | None) -> str:
        """What a code table calls something; its code where the table does not know it, nothing for none."""
        if not code:
            return ""
        words = self.reference.label(table, code)
        return code if words is None else words.get(self.language)

    def masked(self, text: str | None) -> str:
        """Text from people, masked once more as it leaves: also what counted as an order number when it was typed."""
        return "" if text is None else mask(text, self.masks.patterns).text

    def money(self, fen: int) -> str:
        """An amount with its currency; nothing for none."""
        return self.t("gift.yuan", amount=yuan(fen)) if fen else ""

    def moment(self, at: str | datetime | None) -> str:
        """Date and time of day in the branch; nothing for none, and as written what is no moment."""
        if not at:
            return ""
        try:
            found = parse_at(at) if isinstance(at, str) else at
        except ValueError:
            return str(at)
        return found.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def due(self, ids: frozenset[str]) -> ClockReading | None:
        """The reading of these clocks that is due first."""
        begun = [each for each in self.readings if each.id in ids and each.due_at is not None]
        return min(begun, key=lambda each: (each.due_at or self.now, each.id), default=None)

    def day(self, reading: ClockReading | None) -> str:
        """The last day of a clock of days; of a year whose holidays nobody has published, said so."""
        if reading is None or reading.due_day is None:
            return ""
        day = reading.due_day.isoformat()
        return self.t("case_slip.estimated", day=day) if reading.estimated else day

    def hotlines(self, use: str | None = None) -> tuple[tuple[str, str], ...]:
        """Names, with their hours, and numbers, from data; `use` urgent: those to call while money may be lost."""
        rows = [row for row in self.reference.codes("hotlines", use) if isinstance(row, HotlineRow)]
        return tuple((self._hotline(row), row.number) for row in rows)

    def hotlines_checked(self) -> str:
        """When somebody last checked the numbers: the day of the one checked longest ago, or that nobody has."""
        rows = [row for row in self.reference.codes("hotlines") if isinstance(row, HotlineRow)]
        days = [row.verified_on for row in rows if row.verified_on is not None]
        if not rows:
            return ""
        if len(days) < len(rows):
            return self.t("case_slip.hotlines_unchecked")
        return self.t("case_slip.hotlines_checked", day=min(days).isoformat())

    def _hotline(self, row: HotlineRow) -> str:
        name = row.label.get(self.language)
        return name if row.hours is None else self.t("case_slip.hours", name=name, hours=row.hours.get(self.language))
