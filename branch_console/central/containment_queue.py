"""Which requests to stop a loss are open: noted by the transaction that stores them, so that none is overlooked."""

from collections.abc import Sequence

from branch_console.central.database import Connection
from branch_console.central.folding import Folded
from branch_console.rules.cases.states import CaseState
from branch_console.rules.catalogue import FOLDS

WAKE = "containment"
"""The channel on which those who pass requests on are woken."""
OPEN = frozenset({"requested", "queued"})
"""Statuses of a request that nobody has settled."""

_NOTE = """
WITH noted AS (
    INSERT INTO containment (request, branch, subject, terminal)
    SELECT r.request, %(branch)s, r.subject, r.terminal
    FROM unnest(%(requests)s::text[], %(subjects)s::text[], %(terminals)s::text[]) AS r (request, subject, terminal)
    ON CONFLICT DO NOTHING RETURNING 1
)
SELECT pg_notify(%(wake)s, '') FROM noted LIMIT 1
"""


async def queue_containments(connection: Connection, branch: str, changed: Sequence[tuple[str, Folded]]) -> None:
    """Note the open requests of the cases that changed. Makes no statement when there are none."""
    found: list[tuple[str, str, str]] = []
    for subject, folded in changed:
        if not subject.startswith("case/") or folded.stored.state is None:
            continue
        state = FOLDS["case"].load(folded.stored.state)
        if isinstance(state, CaseState):
            terminals = {item.entry: item.terminal for item in state.timeline}
            found += [
                (each.entry, subject, terminals.get(each.entry, ""))
                for each in state.containments
                if each.status in OPEN
            ]
    if found:
        requests, subjects, terminals_of = zip(*found, strict=True)
        await connection.execute(
            _NOTE,
            {
                "branch": branch,
                "requests": list(requests),
                "subjects": list(subjects),
                "terminals": list(terminals_of),
                "wake": WAKE,
            },
        )
