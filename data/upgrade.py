"""Folding anew what an older version of the folds left behind, or could not fold yet."""

from hashlib import sha256

from sqlalchemy import Connection, or_, select

from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.reference import Reference
from data import meta
from data.case_projection import unlisted
from data.identity import Identity
from data.projection import project
from data.states import States, chunks
from data.tables import StateRow, UnfoldedRow, table

_STATE, _UNFOLDED = table(StateRow), table(UnfoldedRow)


def catalogue() -> str:
    """A fingerprint of what this version can fold, and how."""
    folds = sorted((kind, fold.version) for kind, fold in FOLDS.items())
    return sha256(repr((folds, sorted(known_types()))).encode()).hexdigest()


def is_stale(connection: Connection) -> bool:
    """Whether another version of the folds was the last to write here."""
    return meta.get(connection, meta.CATALOGUE) != catalogue()


def fold_stale(connection: Connection, reference: Reference, identity: Identity) -> None:
    """Fold anew all subjects whose fold has changed, that have entries that could not be folded, or lack rows."""
    stale = [
        (_STATE.c.subject.between(f"{kind}/", f"{kind}0")) & (_STATE.c.fold != fold.version)
        for kind, fold in FOLDS.items()
    ]
    subjects = set(connection.execute(select(_STATE.c.subject).where(or_(*stale))).scalars())
    subjects.update(connection.execute(select(_UNFOLDED.c.subject)).scalars())
    subjects.update(unlisted(connection))
    for some in chunks(sorted(subjects)):
        states = States(connection, reference, identity.terminal)
        for subject in some:
            states.refold(subject)
        project(connection, states.flush(), reference, identity)
    meta.put(connection, meta.CATALOGUE, catalogue())
