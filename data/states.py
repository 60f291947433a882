"""The states of the subjects that one transaction touches: read once, folded on, written once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from branch_console.rules.cases.forgetting import ABOUT_PEOPLE
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.erased import ERASED
from branch_console.rules.folding import Unfolded, fold_onto, fold_subject
from branch_console.rules.gifts.forgetting import PERSONAL
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from data.codec import decode
from data.statements import among, prepared
from data.tables import EntryRow, StateRow, UnfoldedRow, table

CHUNK = 500
Order = tuple[str, str, int]
_NOTHING: Order = ("", "", 0)

_STATE, _ENTRY, _UNFOLDED = table(StateRow), table(EntryRow), table(UnfoldedRow)
_STATES = prepared(select(_STATE).where(among(_STATE.c.subject, "subjects")))
_ENTRIES = prepared(select(_ENTRY.c.wire).where(_ENTRY.c.subject == bindparam("subject")))
_FORGET_UNFOLDED = prepared(delete(_UNFOLDED).where(_UNFOLDED.c.subject == bindparam("of_subject")))
_put = insert(_STATE)
_PUT_STATE = prepared(
    _put.on_conflict_do_update(
        index_elements=["subject"],
        set_={name: _put.excluded[name] for name in ("fold", "clock", "terminal", "seq", "body")},
    )
)
_PUT_UNFOLDED = prepared(insert(_UNFOLDED).on_conflict_do_nothing())


@dataclass(slots=True)
class Folded:
    """One subject's state and the place of the last entry in it.

    `personal`: an entry came that may hold something of a customer, so retention must look at the subject (again).
    """

    state: Any
    order: Order
    version: int
    own_seq: int = 0
    personal: bool = False


class States:
    """Folds entries that have been inserted already. Nothing is written before `flush`."""

    def __init__(self, connection: Connection, reference: Reference, own: str) -> None:
        """`own`: this terminal."""
        self._connection = connection
        self._reference = reference
        self._own = own
        self._found: dict[str, Folded | None] = {}
        self._changed: dict[str, Folded] = {}
        self._refolded: dict[str, None] = {}
        self._unfolded: list[Unfolded] = []

    def load(self, subjects: Collection[str]) -> None:
        """Read the states of several subjects at once."""
        missing = [subject for subject in subjects if subject not in self._found]
        if not missing:
            return
        self._found.update(dict.fromkeys(missing))
        rows = self._connection.exec_driver_sql(_STATES, {"subjects": orjson.dumps(missing)})
        for row in rows.all():
            fold = FOLDS.get(row.subject.partition("/")[0])
            if fold is not None and row.fold == fold.version:
                order = (row.clock, row.terminal, row.seq)
                self._found[row.subject] = Folded(fold.load(row.body), order, fold.version)
            else:
                self.refold(row.subject)

    def state(self, subject: str) -> Any | None:
        """The state of a subject, None when nothing is known of it."""
        found = self.folded(subject)
        return None if found is None else found.state

    def folded(self, subject: str) -> Folded | None:
        """The same with the place of the last entry in it."""
        self.load((subject,))
        return self._found[subject]

    def add(self, subject: str, entries: list[Entry], *, seen: bool = False) -> list[Unfolded]:
        """Fold new entries of one subject. `seen`: one of their acts may stand in the journal already."""
        fold = FOLDS.get(subject.partition("/")[0])
        if fold is None:
            return self._keep_unfolded([Unfolded(entry, "unknown-type", entry.type) for entry in entries])
        self.load((subject,))
        found = self._found[subject] or Folded(fold.start(), _NOTHING, fold.version)
        entries.sort(key=_order)
        personal = any(_personal(entry) for entry in entries)
        if seen or entries[0].order <= found.order:
            kept = self.refold(subject)
            self._changed[subject].personal |= found.personal or personal
            return kept
        problems = []
        for entry in entries:
            problem = fold_onto(fold, found.state, entry, self._reference)
            if problem is not None:
                problems.append(problem)
            if entry.terminal == self._own:
                found.own_seq = entry.seq
        found.order = entries[-1].order
        found.personal |= personal
        self._found[subject] = self._changed[subject] = found
        return self._keep_unfolded(problems)

    def refold(self, subject: str) -> list[Unfolded]:
        """Fold a subject from all of its entries."""
        fold = FOLDS.get(subject.partition("/")[0])
        entries = entries_of(self._connection, subject)
        if fold is None or not entries:
            return []
        state, problems = fold_subject(fold, entries, self._reference)
        own_seq = max((entry.seq for entry in entries if entry.terminal == self._own), default=0)
        found = Folded(state, max(entry.order for entry in entries), fold.version, own_seq)
        self._found[subject] = self._changed[subject] = found
        self._refolded[subject] = None
        self._unfolded = [each for each in self._unfolded if each.entry.subject != subject]
        return self._keep_unfolded(problems)

    def flush(self) -> dict[str, Folded]:
        """Write what has changed; returns it."""
        if self._refolded:
            self._connection.exec_driver_sql(_FORGET_UNFOLDED, [{"of_subject": subject} for subject in self._refolded])
        if self._unfolded:
            self._connection.exec_driver_sql(_PUT_UNFOLDED, [_unfolded_row(each) for each in self._unfolded])
        changed = self._changed
        if changed:
            self._connection.exec_driver_sql(_PUT_STATE, [_state_row(*each) for each in changed.items()])
        self._changed, self._refolded, self._unfolded = {}, {}, []
        return changed

    def _keep_unfolded(self, problems: list[Unfolded]) -> list[Unfolded]:
        self._unfolded.extend(problems)
        return problems


def entries_of(connection: Connection, subject: str) -> list[Entry]:
    """All entries of a subject, in total order."""
    entries = [decode(wire) for wire in connection.exec_driver_sql(_ENTRIES, {"subject": subject}).scalars()]
    return sorted(entries, key=_order)


def chunks(items: Iterable[str]) -> Iterator[list[str]]:
    """The items in lists short enough for one statement."""
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some


def _personal(entry: Entry) -> bool:
    """Whether an entry may hold something of a customer that retention has to look at."""
    if entry.data is None:
        return False
    return entry.type in PERSONAL or (entry.subject.startswith(ABOUT_PEOPLE) and entry.type != ERASED)


def _order(entry: Entry) -> Order:
    return entry.order


def _state_row(subject: str, found: Folded) -> dict[str, Any]:
    fold = FOLDS[subject.partition("/")[0]]
    clock, terminal, seq = found.order
    return {
        "subject": subject,
        "fold": found.version,
        "clock": clock,
        "terminal": terminal,
        "seq": seq,
        "body": fold.dump(found.state),
    }


def _unfolded_row(problem: Unfolded) -> dict[str, Any]:
    entry = problem.entry
    return {
        "terminal": entry.terminal,
        "seq": entry.seq,
        "subject": entry.subject,
        "code": problem.code,
        "detail": problem.detail[:500],
    }
