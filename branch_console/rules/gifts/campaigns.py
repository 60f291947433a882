"""Folding the state of a campaign: what central last said of it. Its rules are a document of reference data."""

from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.gifts.marking import from_central, mark
from branch_console.rules.gifts.right_entries import CampaignStatusChanged
from branch_console.rules.gifts.states import CampaignState
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference


def _apply(state: CampaignState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """The newest word counts, but an ended campaign stays ended and no version comes after a newer one."""
    del reference
    state.entries += 1
    if not isinstance(data, CampaignStatusChanged) or not from_central(state, entry):
        return
    if data.version < state.version or (state.status == "ended" and data.status != "ended"):
        mark(state, entry, "campaign_went_on")
        return
    state.id, state.status, state.version, state.approved_by = data.id, data.status, data.version, data.approved_by
    state.bound_count, state.bound_fen = data.bound_count, data.bound_fen
    state.left_count, state.left_fen, state.why = data.left_count, data.left_fen, data.why
    state.updated_at = entry.at


CAMPAIGN: Fold[CampaignState] = register(Fold("campaign", CampaignState, version=1, apply=_apply))
