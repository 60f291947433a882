"""What leaves the console as a file is first compared with the journal that it comes from (S11)."""

from collections.abc import Callable
from typing import Protocol

from branch_console.desk.desk import Desk
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from data.anchor import Anchor, AnchorError
from data.verify import OwnChain, verify_own


class Office(Protocol):
    """Where files are made: who works there, and the journal's head outside the store (None: it stands alone)."""

    @property
    def desk(self) -> Callable[[], Desk]:
        """Raises RuleError while the console is locked."""

    @property
    def anchor(self) -> Callable[[], Anchor] | None:
        """The anchor of the terminal's home."""


def proved(office: Office) -> OwnChain:
    """The own journal, verified from its first entry to its last. Reads all of it: never on the thread that draws.

    Raises RuleError `journal_broken`, `journal_unanchored`: then nothing may be exported.
    """
    store = office.desk().store
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
