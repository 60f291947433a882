"""Folding checks at the gift desk."""

from dataclasses import dataclass, field

from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.gifts.check_entries import CampaignChecked, GiftChecked
from branch_console.rules.gifts.marking import mark
from branch_console.rules.journal import Entry
from branch_console.rules.journey_state import Mark
from branch_console.rules.reference import Reference


@dataclass(slots=True)
class CheckState:
    """One check of one customer. It happens once: a second entry about it is marked and changes nothing."""

    verdicts: list[CampaignChecked] = field(default_factory=list)
    branch: str = ""
    terminal: str = ""
    staff: str | None = None
    at: str = ""
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0


def _apply(state: CheckState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """A campaign that is named twice counts as it was named first."""
    del reference
    state.entries += 1
    if not isinstance(data, GiftChecked):
        return
    if state.at:
        mark(state, entry, "checked_already")
        return
    first: dict[str, CampaignChecked] = {}
    for each in data.verdicts:
        first.setdefault(each.campaign, each)
    state.verdicts = list(first.values())
    state.branch, state.terminal, state.staff, state.at = entry.branch, entry.terminal, entry.staff, entry.at


CHECK: Fold[CheckState] = register(Fold("check", CheckState, version=1, apply=_apply))
