"""What leaves the console as a file is first compared with the journal that it comes from (S11)."""

from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.services.cases.counter import CaseOffice
from data.anchor import AnchorError
from data.verify import OwnChain, verify_own


def proved(office: CaseOffice) -> OwnChain:
    """The own journal, verified from its first entry to its last. Reads all of it: never on the thread that draws.

    Raises RuleError `journal_broken`, `journal_unanchored`: then nothing may be exported.
    """
    store = office.counter().store
    try:
        # Read before the journal: an act in between makes the journal longer than the anchor, never shorter.
        anchor = None if office.anchor is None else office.anchor().read()
    except AnchorError as error:
        raise RuleError("journal_unanchored") from error
    found = verify_own(store, anchor)
    if found.first_bad is not None:
        raise RuleError("journal_broken", seq=found.first_bad.seq)
    return found


def proved_words(found: OwnChain) -> str:
    """Up to which entry, as every file says it."""
    return t("report.verified", seq=found.seq, hash=found.hash[:12])
