"""One act of a member of staff: its entries, states, rows and drafts in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete
from sqlalchemy.dialects.sqlite import insert

from branch_console.rules.clock import tick
from branch_console.rules.entries import CannotFoldError
from branch_console.rules.journal import Data, Entry, format_at, seal
from branch_console.rules.reference import Reference
from data.identity import Identity, new_id
from data.journal import Head, own_head, put_entries, put_heads
from data.projection import project
from data.states import States
from data.tables import DraftRow, table

_DRAFT = table(DraftRow)
_put = insert(_DRAFT)
_PUT_DRAFT = _put.on_conflict_do_update(
    index_elements=["subject", "name"],
    set_={"text": _put.excluded.text, "updated_at": _put.excluded.updated_at},
)
_DROP_DRAFTS = delete(_DRAFT).where(_DRAFT.c.subject == bindparam("of_subject"))
_DROP_DRAFT = _DROP_DRAFTS.where(_DRAFT.c.name == bindparam("of_name"))


class Act:
    """What can be done inside `Store.act`. Nothing is durable before the block has been left."""

    def __init__(
        self, connection: Connection, identity: Identity, reference: Reference, staff: str | None, now: datetime
    ) -> None:
        """`now`: aware, from the terminal's wall clock."""
        self._connection = connection
        self.identity = identity
        self._reference = reference
        self._staff = staff
        self._now_ms = int(now.timestamp() * 1000)
        self._at = format_at(now.astimezone(identity.zone))
        self._moment = format_at(now.astimezone(UTC))
        self._states = States(connection, reference, identity.terminal)
        self.head, self._clock = own_head(connection, identity.terminal)
        self._first = self._listed = self.head.seq

    @property
    def appended(self) -> int:
        """How many entries the act has appended."""
        return self.head.seq - self._first

    def state(self, subject: str) -> Any | None:
        """The subject's state including what this act has appended; None when nothing is known of it."""
        return self._states.state(subject)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection of the act, for queries: lists and balances say also what this act has appended."""
        self._write_rows()
        yield self._connection

    def append(self, type: str, subject: str, data: Data, version: int = 1) -> Entry:  # noqa: A002  the wire's name
        """Write one entry. Raises CannotFoldError for what no store could fold, NotCanonicalError for a float."""
        identity = self.identity
        self._clock = tick(self._clock, self._now_ms)
        entry = seal(
            terminal=identity.terminal,
            seq=self.head.seq + 1,
            prev=self.head.hash,
            id=new_id(self._now_ms),
            type=type,
            version=version,
            branch=identity.branch,
            subject=subject,
            staff=self._staff,
            at=self._at,
            clock=self._clock,
            data=data,
        )
        self.head = Head(entry.seq, entry.hash, entry.clock)
        erased = put_entries(self._connection, (entry,))
        for problem in self._states.add(subject, [entry], seen=subject in erased):
            if problem.entry.id == entry.id:
                raise CannotFoldError(problem.code, problem.detail)
        return entry

    def save_draft(self, subject: str, name: str, text: str) -> None:
        """Keep what has been typed but not confirmed."""
        self._connection.execute(
            _PUT_DRAFT, {"subject": subject, "name": name, "text": text, "updated_at": self._moment}
        )

    def clear_drafts(self, subject: str, name: str | None = None) -> None:
        """Forget one draft of a subject, or all."""
        if name is None:
            self._connection.execute(_DROP_DRAFTS, {"of_subject": subject})
        else:
            self._connection.execute(_DROP_DRAFT, {"of_subject": subject, "of_name": name})

    def finish(self) -> None:
        """Write heads, states and rows; called once, before the commit."""
        if self.appended:
            put_heads(self._connection, {self.identity.terminal: self.head})
            self._write_rows()

    def _write_rows(self) -> None:
        if self.head.seq > self._listed:
            project(self._connection, self._states.flush(), self._reference, self.identity)
            self._listed = self.head.seq
