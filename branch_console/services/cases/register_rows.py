"""The complaint register: one record for each complaint and dispute, in the fields of the three-axis classification.

The fields follow what the PBoC's interface asks of a complaint (channel, business, reason, dates of receipt and end,
JR/T 0169-2018). No name and no telephone number is among them. Text is masked again as it leaves.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from branch_console.desk.cases import core
from branch_console.locale import language, t
from branch_console.rules.cases.parts import COMPLAINTS
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import parse_at
from branch_console.rules.narrative.masking import mask
from branch_console.rules.reference import Reference
from branch_console.rules.working_time.readings import ClockReading

Axis: TypeAlias = Literal["A", "B", "C"]
AXES: Final[dict[Axis, str]] = {"A": "case_channels", "B": "case_business", "C": "case_reasons"}
"""The axes of JR/T 0169-2018 and their tables."""
_PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Record:
    """One case of the register. `counted` is empty or why it does not count: merged, retyped."""

    subject: str
    state: CaseState
    not_counted: str
    due: ClockReading | None

    @property
    def codes(self) -> dict[Axis, str]:
        """The code of each axis; empty for a case without."""
        codes = self.state.codes
        return {"A": "", "B": "", "C": ""} if codes is None else {
            "A": codes.channel, "B": codes.business, "C": codes.reason,
        }  # fmt: skip

    @property
    def in_time(self) -> str:
        """How it stands with the regulator's time: met, missed, running, ended, none."""
        if self.due is None or self.due.status == "none":
            return "none"
        return {"met": "met", "missed": "missed", "stopped": "ended"}.get(self.due.status, "running")


def records(counter: core.CaseCounter, cases: Iterable[tuple[str, CaseState]]) -> list[Record]:
    """The register's records of these cases, in their order; what never was a complaint is left out."""
    found = []
    for subject, state in cases:
        if not state.is_complaint and COMPLAINTS.isdisjoint(state.kinds_before):
            continue
        gone = "merged" if state.status == "merged" else "" if state.is_complaint else "retyped"
        found.append(Record(subject, state, gone, _statutory(counter, state)))
    return found


def axis_counts(found: Sequence[Record]) -> list[tuple[Axis, str, int]]:
    """How many of those that count have each code, axis by axis, the most frequent first."""
    counted = [each for each in found if not each.not_counted]
    lines: list[tuple[Axis, str, int]] = []
    for axis in AXES:
        totals = Counter(each.codes[axis] for each in counted)
        lines += [(axis, code, total) for code, total in sorted(totals.items(), key=lambda each: (-each[1], each[0]))]
    return lines


def is_placeholder(reference: Reference, axis: Axis, code: str) -> bool:
    """Whether the code is the project's own until the bank supplies its table; so is one that no table has."""
    row = reference.row(AXES[axis], code)
    return row is None or (row.source or "").lower().startswith(_PLACEHOLDER)


def standing_words(*, placeholder: bool) -> str:
    """Whose code it is."""
    return t("report.placeholder" if placeholder else "report.bank_code")


def label(reference: Reference, table: str, code: str | None) -> str:
    """What a table calls something, in the language of the session."""
    words = reference.label(table, code) if code else None
    return code or "" if words is None else words.get(language())


def row(counter: core.CaseCounter, record: Record) -> tuple[object, ...]:
    """The record's cells, in the order of `columns`."""
    reference, state = counter.reference, record.state
    zone = counter.store.identity.zone
    patterns = core.masks(counter).patterns

    def local(at: str | None) -> str | None:
        return parse_at(at).astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else None

    def masked(text: str | None) -> str | None:
        return mask(text, patterns).text if text else None

    codes, tables = record.codes, {} if state.codes is None else state.codes.tables
    made, deed, handed_on = state.decision, state.transaction, state.regulator
    axes = [cell for axis in AXES for cell in _axis(reference, axis, codes[axis], tables)]
    return (
        state.number,
        t(f"report.not_counted.{record.not_counted}") if record.not_counted else t("report.counted"),
        label(reference, "case_kinds", state.kind),
        local(state.received_at),
        state.branch,
        *axes,
        label(reference, "case_categories", state.codes.category if state.codes else None),
        label(reference, "case_regulators", handed_on.body if handed_on else state.source),
        masked(handed_on.reference) if handed_on else None,
        label(reference, "case_wants", state.want),
        _yuan(deed.amount_fen) if deed else None,
        masked(state.narrative),
        label(reference, "case_states", state.status),
        state.owner,
        state.group_size,
        state.level,
        local(state.first_contact_at),
        record.due.due_day.isoformat() if record.due is not None and record.due.due_day is not None else None,
        t(f"report.in_time.{record.in_time}"),
        max((each.stage for each in state.extensions), default=0),
        local(made.at) if made else None,
        label(reference, "case_decisions", made.outcome) if made else None,
        _yuan(made.redress_fen) if made and made.redress_fen else None,
        local(state.notified_at),
        local(state.closed_at),
        _days(state, zone),
        label(reference, "case_causes", state.root_cause),
        masked(state.rectification),
        state.merged_number,
    )


COLUMNS: Final[tuple[tuple[str, float], ...]] = (
    ("number", 2.9), ("counted", 1.2), ("kind", 1.3), ("received", 1.5), ("branch", 0),
    ("a_code", 0.7), ("a_label", 1.4), ("a_table", 0), ("a_placeholder", 0),
    ("b_code", 0.7), ("b_label", 1.4), ("b_table", 0), ("b_placeholder", 0),
    ("c_code", 0.7), ("c_label", 1.8), ("c_table", 0), ("c_placeholder", 0),
    ("category", 1.4), ("source", 0), ("source_number", 0), ("wanted", 0), ("amount", 0), ("told", 3.8),
    ("status", 1.2), ("owner", 0), ("people", 0), ("level", 0), ("first_contact", 0), ("due", 1.6), ("in_time", 1),
    ("stage", 0), ("decided", 0), ("outcome", 1), ("redress", 0), ("notified", 1.5), ("closed", 0), ("days", 0),
    ("cause", 0), ("rectification", 0), ("merged_into", 0),
)  # fmt: skip
"""Names of the columns (`report.column.<name>`) and the width of each on paper; 0: only in files for programs."""


def _axis(reference: Reference, axis: Axis, code: str, tables: dict[str, int]) -> tuple[object, ...]:
    """Code, name, version of the table that the case keeps, and whether the code is a placeholder."""
    table = AXES[axis]
    version = f"{table} v{tables[table]}" if table in tables else None
    standing = standing_words(placeholder=is_placeholder(reference, axis, code)) if code else None
    return code or None, label(reference, table, code), version, standing


def _statutory(counter: core.CaseCounter, state: CaseState) -> ClockReading | None:
    """The regulator's clock that is due first, of those that the decision told to the customer stops."""
    policy = counter.reference.sla.get((state.policy_id, state.policy_version))
    rules = [] if policy is None else policy.rules(tuple(state.clock_sets))
    ids = {each.id for each in rules if each.statutory and "notified" in each.stop}
    begun = [each for each in core.readings(counter, state) if each.id in ids and each.due_at is not None]
    return min(begun, key=lambda each: (each.due_at or counter.now(), each.id), default=None)


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _days(state: CaseState, zone: ZoneInfo) -> int | None:
    """Natural days of the branch from receipt to the notice; None while it has not been given."""
    if not state.notified_at:
        return None
    told, received = (parse_at(each).astimezone(zone).date() for each in (state.notified_at, state.received_at))
    return (told - received).days
