"""Folding what central lets a branch do on its own: leases and entitlements; and facts that it must verify later.

Grants, recalls and findings are central's to say; what a terminal says instead is marked and changes nothing.
"""

from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.gifts.marking import CENTRAL, from_central, mark
from branch_console.rules.gifts.right_entries import (
    EntitlementIssued,
    EntitlementMovedAway,
    FactAttested,
    FactVerified,
    LeaseGranted,
    LeaseRecalled,
    LeaseReturned,
    LeaseWrittenOff,
)
from branch_console.rules.gifts.states import AttestationState, EntitlementState, LeaseState
from branch_console.rules.journal import Entry
from branch_console.rules.journey_entries import DataErased
from branch_console.rules.reference import Reference


def _apply_lease(state: LeaseState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """A lease ends once: returned by its terminal, or written off. A recall that crosses a return is no matter."""
    del reference
    state.entries += 1
    state.updated_at = entry.at
    if isinstance(data, LeaseGranted):
        _granted(state, entry, data)
    elif isinstance(data, LeaseRecalled):
        if from_central(state, entry) and state.status == "open":
            state.status, state.reason = "recalled", data.why
    elif isinstance(data, LeaseReturned):
        if entry.terminal != state.terminal:
            mark(state, entry, "not_own_lease")
        elif _ends(state, entry):
            state.status, state.used = "returned", data.used
            if data.used > state.quantity:
                mark(state, entry, "lease_overused")
    elif isinstance(data, LeaseWrittenOff) and _ends(state, entry):
        state.status, state.reason = "written_off", data.reason


def _granted(state: LeaseState, entry: Entry, data: LeaseGranted) -> None:
    if not from_central(state, entry):
        return
    if state.status:
        mark(state, entry, "granted_twice")
        return
    state.campaign, state.terminal, state.quantity = data.campaign, data.terminal, data.quantity
    state.unit_cost_fen, state.epoch, state.expires_at = data.unit_cost_fen, data.epoch, data.expires_at
    state.status, state.branch, state.granted_at = "open", entry.branch, entry.at


def _ends(state: LeaseState, entry: Entry) -> bool:
    if state.status in {"open", "recalled"}:
        return True
    mark(state, entry, "lease_ended")
    return False


def _apply_entitlement(state: EntitlementState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """The first issue counts: an entitlement is signed as a whole and never changed. Once moved away it stays so."""
    del reference
    state.entries += 1
    if data is None or isinstance(data, DataErased):
        state.erased = True
    elif isinstance(data, EntitlementIssued):
        if not from_central(state, entry):
            return
        if state.issued_at:
            mark(state, entry, "granted_twice")
            return
        state.campaign, state.version = data.campaign, data.version
        state.keys = {str(scope): key for scope, key in data.keys.items()}
        state.skus, state.value_fen, state.expires_on = list(data.skus), data.value_fen, data.expires_on
        state.home_branch, state.epoch, state.signature = data.home_branch, data.epoch, data.signature
        state.branch, state.issued_at = entry.branch, entry.at
        state.status = state.status or "open"
    elif isinstance(data, EntitlementMovedAway) and from_central(state, entry):
        state.status, state.why = "moved_away", data.why


def _apply_attestation(state: AttestationState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """The first word counts, the newest finding counts."""
    del reference
    state.entries += 1
    if data is None or isinstance(data, DataErased):
        state.erased = True
    elif isinstance(data, FactAttested):
        if state.at:
            mark(state, entry, "attested_twice")
            return
        state.keys = {str(scope): key for scope, key in data.recipient.keys.items()}
        state.name, state.fact, state.value = data.recipient.name, data.fact, data.value
        state.reference, state.seen_at = data.reference, data.seen_at
        state.staff, state.terminal, state.branch, state.at = entry.staff, entry.terminal, entry.branch, entry.at
        if entry.terminal.startswith(CENTRAL) or entry.staff is None:
            mark(state, entry, "nobody_attested")
    elif isinstance(data, FactVerified) and from_central(state, entry):
        state.outcome, state.true_value = data.outcome, data.value


LEASE: Fold[LeaseState] = register(Fold("lease", LeaseState, version=1, apply=_apply_lease))
ENTITLEMENT: Fold[EntitlementState] = register(
    Fold("entitlement", EntitlementState, version=1, apply=_apply_entitlement)
)
ATTESTATION: Fold[AttestationState] = register(
    Fold("attestation", AttestationState, version=1, apply=_apply_attestation)
)
