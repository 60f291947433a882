"""Folding what a case's record says: registered, details, codes, kind, evidence, slips, settled differences."""

from branch_console.rules.cases.containment_entries import StepChecked
from branch_console.rules.cases.parts import COMPLAINTS, Promise, Transaction
from branch_console.rules.cases.record import Event, Evidence, PromiseMade, Slip, Suspected
from branch_console.rules.cases.register_entries import (
    CaseReclassified,
    CaseRedacted,
    CaseRegistered,
    CaseRetyped,
    DetailsAdded,
    DifferenceSettled,
    DuplicateSuspected,
    EvidenceAdded,
    SlipPrinted,
    StaffNamed,
)
from branch_console.rules.cases.together import Turn, mark, stands
from branch_console.rules.gifts.marking import CENTRAL

# Of two kinds that two sides gave at once the earlier in this order stands: the one with the stricter clocks.
_STRICT = ("dispute", "complaint", "report", "inquiry", "suggestion", "praise")


def registered(turn: Turn, data: CaseRegistered) -> None:
    """The case begins. A second registration is kept on the timeline and changes nothing."""
    state, entry, item = turn.state, turn.entry, turn.item
    item.text = data.told.text
    item.detail = {"number": data.number, "kind": data.kind}
    if state.number:
        mark(turn, "registered_twice")
        return
    for what in ("status", "kind", "codes", "customer", "transaction"):
        state.setters.setdefault(what, entry.id)
    state.number, state.kind, state.codes = data.number, data.kind, data.codes
    state.status = state.status or "received"
    state.narrative, state.masked, state.exemptions = data.told.text, data.told.masked, data.told.exemptions
    state.customer, state.want, state.contact = data.customer, data.want, data.contact
    if data.policy is not None and data.calendar is not None:
        state.policy_id, state.policy_version = data.policy.id, data.policy.version
        state.clock_sets = list(data.clock_sets)
        state.calendar_id, state.calendar_version = data.calendar.id, data.calendar.version
    state.received_at, state.form_opened_at, state.saved_at = data.received_at, data.form_opened_at, data.saved_at
    state.branch, state.terminal, state.registered_by = entry.branch, entry.terminal, entry.staff
    state.source, state.regulator, state.transaction = data.source, data.regulator, data.transaction
    state.fast_track, state.vulnerable, state.group_size = data.fast_track, data.vulnerable, data.group_size
    state.topic, state.who, state.token = data.topic, data.who, data.token
    item.events.append(Event("received", data.received_at))
    if data.regulator is not None:
        item.events.append(Event("transferred", data.regulator.transferred_at))
    if data.promise is not None:
        promise(turn, data.promise)


def promise(turn: Turn, made: Promise) -> None:
    """The customer has another promise."""
    entry = turn.entry
    turn.item.detail["promise"] = made.at
    turn.item.events.append(Event("promised", entry.at, until=made.at))
    turn.state.promises.append(
        PromiseMade(entry.id, made.at, made.way, made.staff or entry.staff, entry.staff, entry.at)
    )


def details_added(turn: Turn, data: DetailsAdded) -> None:
    """Numbers of people and risk only grow; of what two sides say differently the first stands."""
    state, entry = turn.state, turn.entry
    state.clock_sets += [each for each in data.clock_sets if each not in state.clock_sets]
    if data.group_size is not None:
        state.group_size = max(state.group_size, data.group_size)
    if data.vulnerable is not None and (data.vulnerable or stands(turn, "vulnerable", data.vulnerable)):
        state.vulnerable = data.vulnerable
        state.setters["vulnerable"] = entry.id
    for what in ("product", "proxy", "root_cause", "rectification"):
        value = getattr(data, what)
        if value is not None:
            turn.item.detail[what] = value
            if stands(turn, what, value):
                setattr(state, what, value)
    if data.transaction is not None and stands(turn, "transaction", said(data.transaction)):
        state.transaction = data.transaction
    if data.customer is not None and stands(turn, "customer", data.customer.name or data.customer.phone):
        state.customer = data.customer
    if data.regulator is not None:
        turn.item.events.append(Event("transferred", data.regulator.transferred_at))
        if stands(turn, "regulator", data.regulator.body):
            state.regulator = data.regulator


def said(transaction: Transaction) -> str:
    """A transaction in one line, for a difference."""
    return f"{transaction.amount_fen} {transaction.reference} {transaction.counterparty}".strip()


def staff_named(turn: Turn, data: StaffNamed) -> None:
    """Who has an interest does not handle the case; if they do already, that is marked."""
    turn.item.detail = {"why": data.why}
    turn.state.interested[data.staff] = data.why
    if turn.state.owner == data.staff:
        mark(turn, "owner_interested")


def evidence_added(turn: Turn, data: EvidenceAdded) -> None:
    """The same thing twice stands once."""
    turn.item.text, turn.item.detail = data.caption, {"kind": data.kind, "sha256": data.sha256}
    if all(each.sha256 != data.sha256 for each in turn.state.evidence):
        turn.state.evidence.append(
            Evidence(turn.entry.id, data.sha256, data.kind, data.size, data.caption, turn.entry.at)
        )


def retyped(turn: Turn, data: CaseRetyped) -> None:
    """Another kind. Out of complaint statistics without another person's approval it does not go."""
    state = turn.state
    turn.item.text = data.reason
    turn.item.detail = {"from": state.kind, "to": data.kind, "approver": data.approver or ""}
    if state.kind in COMPLAINTS and data.kind not in COMPLAINTS and data.approver in {None, turn.entry.staff}:
        mark(turn, "retyped_alone")
        return
    before = state.setters.get("kind")
    if before is not None and before in turn.unseen and _STRICT.index(data.kind) < _STRICT.index(state.kind):
        state.setters.pop("kind")
    if stands(turn, "kind", data.kind):
        state.kinds_before.append(state.kind)
        state.kind = data.kind
        state.clock_sets += [each for each in data.clock_sets if each not in state.clock_sets]


def reclassified(turn: Turn, data: CaseReclassified) -> None:
    """Other codes."""
    turn.item.text, turn.item.detail = data.reason, {"category": data.codes.category}
    if stands(turn, "codes", f"{data.codes.category} {data.codes.channel}/{data.codes.business}/{data.codes.reason}"):
        turn.state.codes = data.codes


def redacted(turn: Turn, data: CaseRedacted) -> None:
    """That something was taken out stays to be seen, with who, who agreed, and why."""
    types = " ".join(data.types)
    turn.item.text = data.reason
    turn.item.detail = {"entry": data.entry, "types": types, "approver": data.approver or ""}
    if data.approver in {None, turn.entry.staff}:
        mark(turn, "redacted_alone")


def difference_settled(turn: Turn, data: DifferenceSettled) -> None:
    """What the writer could see is settled; a mark that came beside it stays."""
    turn.item.text = data.note
    for name in data.marks:
        if name not in turn.unseen and name not in turn.state.settled:
            turn.state.settled.append(name)


def slip_printed(turn: Turn, data: SlipPrinted) -> None:
    """Every copy counts."""
    turn.item.detail = {"slip": data.slip, "form": data.form, "language": data.language}
    turn.state.slips.append(Slip(turn.entry.id, data.slip, data.form, data.language, data.offline, data.printed_at))


def duplicate_suspected(turn: Turn, data: DuplicateSuspected) -> None:
    """A hint for whoever works on the case. Only central knows of other branches; each pair is hinted at once."""
    turn.item.detail = {"of": data.of or "", "branch": data.branch, "why": " ".join(data.why)}
    if not turn.entry.terminal.startswith(CENTRAL):
        mark(turn, "not_central")
        return
    if data.of is None or all(each.of != data.of for each in turn.state.hints):
        turn.state.hints.append(
            Suspected(turn.entry.id, data.of, data.other, data.branch, list(data.why), turn.entry.at)
        )


def step_checked(turn: Turn, data: StepChecked) -> None:
    """When a step of the fast track was through; the first time stands."""
    turn.item.text, turn.item.detail = data.reason, {"step": data.step, "done": "yes" if data.done else "no"}
    if data.done:
        turn.state.steps.setdefault(data.step, turn.entry.at)
