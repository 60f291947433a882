"""What terminal and central agree on: the epoch, how far central holds the own journal, what it could not fold."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select

from branch_console.rules.journal import format_at
from data import meta, outbox
from data.outbox import Quarantined
from data.store import Store
from data.tables import QuarantinedRow, table

_QUARANTINED = table(QuarantinedRow)
_OURS = (_QUARANTINED.c.terminal == bindparam("own"), _QUARANTINED.c.source == "central")
_COUNT = select(func.count()).select_from(_QUARANTINED).where(*_OURS)
_RELEASE = delete(_QUARANTINED).where(*_OURS, _QUARANTINED.c.seq <= bindparam("through"))
_PUT = insert(_QUARANTINED).prefix_with("OR REPLACE")


class Agreement(NamedTuple):
    """`past_epochs` are those of databases of central that are gone: what they still say counts for nothing."""

    epoch: str
    past_epochs: tuple[str, ...]


def read_agreement(store: Store) -> Agreement:
    """What was agreed last; at first the epoch of the enrolment."""
    with store.database.read() as connection:
        epoch = outbox.agreed_epoch(connection, store.identity)
        return Agreement(epoch, tuple(json.loads(meta.get(connection, meta.PAST_EPOCHS) or "[]")))


def agree(store: Store, through: int, agreement: Agreement) -> None:
    """In one transaction: central, in this epoch, holds the own journal up to `through` and no further."""
    with store.database.write() as connection:
        outbox.agree_through(connection, store.identity.terminal, through)
        meta.put(connection, meta.AGREED_EPOCH, agreement.epoch)
        meta.put(connection, meta.PAST_EPOCHS, json.dumps(agreement.past_epochs))


def quarantined_at_central(store: Store) -> int:
    """How many own entries central keeps but cannot fold, as far as it has said."""
    with store.database.read() as connection:
        return int(connection.execute(_COUNT, {"own": store.identity.terminal}).scalar_one())


def note_quarantined(store: Store, through: int, now: Sequence[Quarantined], at: datetime) -> None:
    """Of the own entries up to `through`, just these are quarantined at central now."""
    own, moment = store.identity.terminal, format_at(at)
    rows = [
        {
            "terminal": own,
            "seq": each.seq,
            "source": "central",
            "code": each.code,
            "detail": each.detail[:500],
            "at": moment,
            "wire": None,
        }
        for each in now
    ]
    with store.database.write() as connection:
        connection.execute(_RELEASE, {"own": own, "through": through})
        if rows:
            connection.execute(_PUT, rows)
