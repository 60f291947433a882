"""Whether a case may be taken down so, and what may be added to its record or changed in it."""

from branch_console.rules.cases.desk import Desk, check_approver, check_promise, known_code, written
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.numbers import number_is_right
from branch_console.rules.cases.parts import COMPLAINTS, Codes
from branch_console.rules.cases.register_entries import (
    CaseReclassified,
    CaseRedacted,
    CaseRegistered,
    CaseRetyped,
    DetailsAdded,
    DifferenceSettled,
    EvidenceAdded,
    SlipPrinted,
    StaffNamed,
)
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.tables import CategoryTable
from branch_console.rules.entries import EntryData
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.gifts.marking import passed
from branch_console.rules.roles import require

_AT_THE_COUNTER = frozenset({"transaction", "customer", "vulnerable"})

CODE_TABLES = ("case_categories", "case_channels", "case_business", "case_reasons")
"""The tables whose versions a case's codes carry."""


def check_register(desk: Desk, state: CaseState, data: CaseRegistered) -> None:
    """Raise unless the form is complete: what must be typed is there, everything else is pinned or may come later."""
    if state.number:
        raise RuleError("case_begun_already")
    if not number_is_right(data.number):
        raise RuleError("case_number_wrong")
    written(data.told.text, "narrative", "narrative_short", least=limit(desk.reference, "narrative_least"))
    known_code(desk, "case_kinds", data.kind, name="kind")
    if data.kind in COMPLAINTS:
        if data.codes is None:
            raise FieldError("category", "category_missing")
        if data.policy is None or data.calendar is None or not data.clock_sets:
            raise RuleError("clocks_not_pinned")
        if data.promise is None:
            raise FieldError("promise", "promise_missing")
    if data.codes is not None:
        check_codes(desk, data.codes)
    if data.want is not None:
        known_code(desk, "case_wants", data.want, use="want", name="want")
    known_code(desk, "case_regulators", data.source, name="source")
    if data.regulator is not None:
        known_code(desk, "case_regulators", data.regulator.body, use="regulator", name="source")
    check_promise(desk, data.promise)
    if data.customer.how == "anonymous" and data.promise is not None and data.promise.way in {"phone", "sms"}:
        raise FieldError("contact", "anonymous_not_called")
    for first, then in ((data.received_at, data.saved_at), (data.form_opened_at, data.saved_at)):
        if passed(first, then) or passed(first, desk.at):
            raise RuleError("received_in_future")


def check_codes(desk: Desk, codes: Codes) -> None:
    """Raise unless the codes are those of the tables in force, whose versions go with them."""
    table = desk.reference.tables.get("case_categories")
    if not isinstance(table, CategoryTable):
        raise RuleError("case_tables_missing")
    known_code(desk, "case_categories", codes.category, name="category")
    for name, code in (("channels", codes.channel), ("business", codes.business), ("reasons", codes.reason)):
        known_code(desk, f"case_{name}", code, name=name)
    for name in CODE_TABLES:
        if codes.tables.get(name) != desk.reference.tables[name].version:
            raise RuleError("code_table_outdated", table=name)


def codes_of(desk: Desk, category: str, *, channel: str = "A01") -> Codes:
    """What one choice of the picker fills: the three codes, with the versions of their tables. `channel` by default."""
    table = desk.reference.tables.get("case_categories")
    if not isinstance(table, CategoryTable):
        raise RuleError("case_tables_missing")
    row = next((each for each in table.codes if each.code == category), None)
    if row is None:
        raise FieldError("category", "code_unknown", value=category)
    return Codes(
        category=category,
        channel=row.channel or channel,
        business=row.business,
        reason=row.reason,
        tables={name: desk.reference.tables[name].version for name in CODE_TABLES if name in desk.reference.tables},
    )


def check_details(desk: Desk, state: CaseState, data: DetailsAdded) -> None:
    """Raise unless something is added, and it is of a known kind.

    Whoever takes a case down adds whose it is and which payment; the rest is for whoever works on it.
    """
    added = {name for name, value in data if value is not None and name not in {"after", "clock_sets"}}
    if not added:
        raise RuleError("nothing_added")
    if not added <= _AT_THE_COUNTER:
        require(desk.role, "case.work")
    if data.regulator is not None:
        known_code(desk, "case_regulators", data.regulator.body, use="regulator", name="source")
    if data.root_cause is not None:
        known_code(desk, "case_causes", data.root_cause, name="root_cause")
    if data.group_size is not None and data.group_size < state.group_size:
        raise FieldError("group_size", "group_smaller")


def check_evidence(desk: Desk, state: CaseState, data: EvidenceAdded) -> None:
    """Raise unless it is of a known kind and not there yet."""
    known_code(desk, "case_topics", data.kind, use="evidence", name="kind")
    if any(each.sha256 == data.sha256 for each in state.evidence):
        raise RuleError("evidence_there_already")


def check_staff_named(desk: Desk, state: CaseState, data: StaffNamed) -> None:
    """Anybody who works on cases may say so; it is never refused."""
    del desk, state, data


def check_retype(desk: Desk, state: CaseState, data: CaseRetyped) -> None:
    """Raise unless the kind changes, with a reason; of a complaint or dispute only with a supervisor's approval.

    Between those two as well: another kind has other clocks and counts elsewhere.
    """
    if data.kind == state.kind:
        raise RuleError("kind_same")
    written(data.reason, "reason", "reason_missing")
    check_approver(desk, state, data.approver, needed=state.is_complaint)
    if data.kind in COMPLAINTS and not state.clock_sets and not data.clock_sets:
        raise RuleError("clocks_not_pinned")


def check_reclassify(desk: Desk, state: CaseState, data: CaseReclassified) -> None:
    """Raise unless the codes change, to known ones, with a reason."""
    if state.codes == data.codes:
        raise RuleError("codes_same")
    written(data.reason, "reason", "reason_missing")
    check_codes(desk, data.codes)


def check_redact(desk: Desk, state: CaseState, data: CaseRedacted) -> None:
    """Raise unless the entry is one of the case's, with a reason and a supervisor's approval; it stays to be seen."""
    written(data.reason, "reason", "reason_missing")
    check_approver(desk, state, data.approver, needed=True)
    if all(each.entry != data.entry for each in state.timeline):
        raise RuleError("entry_unknown")


def check_settle(desk: Desk, state: CaseState, data: DifferenceSettled) -> None:
    """Raise unless all that is to be settled is unsettled, and somebody says what they found."""
    del desk
    written(data.note, "note", "reason_missing")
    if not set(data.marks) <= {each.entry for each in state.unsettled}:
        raise RuleError("nothing_to_settle")


def check_slip(desk: Desk, state: CaseState, data: SlipPrinted) -> None:
    """Raise when a slip says that head office knows while it cannot, or announces a decision that there is not."""
    if not desk.online and not data.offline:
        raise RuleError("slip_claims_online")
    if data.slip == "decision" and state.decision is None:
        raise RuleError("decision_missing")


def unchecked(desk: Desk, state: CaseState, data: EntryData) -> None:
    """Nothing to ask besides who acts and in which state."""
    del desk, state, data
