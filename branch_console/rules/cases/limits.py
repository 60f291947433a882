"""The limits of cases from their table, and what they make of a case: its flags."""

from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.tables import LimitTable
from branch_console.rules.errors import RuleError
from branch_console.rules.reference import Reference


def limit(reference: Reference, code: str) -> int:
    """One limit, in its unit. Raises RuleError `case_tables_missing` on a terminal that has not got it yet."""
    table = reference.tables.get("case_limits")
    found = next((row for row in table.codes if row.code == code), None) if isinstance(table, LimitTable) else None
    if found is None:
        raise RuleError("case_tables_missing")
    return found.value


def flags(state: CaseState, reference: Reference) -> tuple[str, ...]:
    """What is true of the case besides its state, in the order in which a list shows it.

    Whether it is overdue its clocks say.
    """
    found = {
        "fast_track": state.fast_track,
        "major": state.group_size >= limit(reference, "major_group"),
        "regulator": state.regulator is not None,
        "vulnerable": state.vulnerable,
        "escalated": state.level > 0,
        "both_sides": bool(state.unsettled),
        "contain": any(each.status in {"failed", "expired"} for each in state.containments) and not state.ended,
    }
    return tuple(name for name, holds in found.items() if holds)
