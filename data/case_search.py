"""The full-text index of cases: what a case is found by, and what is typed as a query for it.

One row a case. `state` says what it is (in the queue, kind, status), so that one query finds exactly what a list shows
and never looks through the closed cases of years; `head` are number, name and last digits; `body` is what was written.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection

from branch_console.rules.cases.states import CaseState
from branch_console.rules.narrative.search_words import indexed, query

MOST = 20_000
"""Characters of one case that are searched: the narrative first, then the newest texts."""
BETWEEN = " \ue000 "
"""A word that nobody types: phrases do not reach from one text into the next."""

_DROP = "DELETE FROM case_search WHERE rowid = :id"
_PUT = "INSERT INTO case_search(rowid, state, head, body) VALUES (:id, :state, :head, :body)"


class Found(NamedTuple):
    """The words of one case. `mark` changes exactly when they do."""

    state: str
    head: str
    body: str

    @property
    def mark(self) -> str:
        """A short digest."""
        return sha256("\n".join(self).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def words(state: CaseState, *, queued: bool) -> Found:
    """What a case is found by. Of an erased one its number stays."""
    customer = state.customer
    head = [state.number, *((customer.name, customer.phone, customer.wallet) if customer is not None else ())]
    texts = [state.narrative]
    if state.transaction is not None:
        texts += [state.transaction.reference, state.transaction.counterparty]
    written = [item.text for item in reversed(state.timeline) if item.text and item.type != "case.registered"]
    return Found(_state(queued=queued, kind=state.kind, status=state.status), _joined(head), _joined(texts + written))


def write(connection: Connection, changed: Sequence[tuple[int, Found, bool]]) -> None:
    """Put the words of cases, by row id; `True`: the case had others before."""
    old = [{"id": row} for row, _, had in changed if had]
    new = [{"id": row, **found._asdict()} for row, found, _ in changed]
    if old:
        connection.exec_driver_sql(_DROP, old)
    if new:
        connection.exec_driver_sql(_PUT, new)


def match(typed: str, *, queued: bool, kind: str | None, status: str | None) -> str:
    """The query for what was typed, within a kind, a status, the queue; "" when nothing can be looked for."""
    wanted = query(typed)
    if not wanted:
        return ""
    tokens = _state(queued=queued, kind=kind or "", status=status or "").split()
    within = " AND ".join(f'"{token}"' for token in tokens)
    return f"{{head body}} : ({wanted})" + (f" AND state : ({within})" if within else "")


def _state(*, queued: bool, kind: str, status: str) -> str:
    """Codes as words of the index; what is not asked for is left out."""
    named: list[Any] = ["queued" if queued else "", kind and f"kind{kind}", status and f"status{status}"]
    return " ".join("".join(each for each in word.lower() if each.isalnum()) for word in named if word)


def _joined(texts: Sequence[str]) -> str:
    return BETWEEN.join(each for each in (indexed(text) for text in texts) if each)[:MOST]
