"""What storing entries about gifts changes beside their folds: called with every batch, does nothing for others."""

from collections.abc import Sequence

from branch_console.central.claim_mirror import WAKE, mirror_claims
from branch_console.central.database import Connection
from branch_console.central.folding import Folded
from branch_console.central.stock_mirror import mirror_stock
from branch_console.rules.catalogue import FOLDS

_GOODS = ("claim/", "stock/")
_RIGHTS = ("lease/", "attestation/")


async def mirror(
    connection: Connection, branch: str, changed: Sequence[tuple[str, Folded]], *, by_central: bool
) -> None:
    """Bring the mirrors of claims and stock to the new states; note which leases and attestations terminals wrote of.

    The rows of the subjects in `state` are locked. Makes no statement when none of them is about a gift.
    """
    goods = {
        subject: FOLDS[subject.partition("/")[0]].load(folded.stored.state)
        for subject, folded in changed
        if subject.startswith(_GOODS) and folded.stored.state is not None
    }
    if goods:
        await mirror_claims(connection, branch, goods, by_central=by_central)
        await mirror_stock(connection, branch, goods)
    rights = [subject for subject, _folded in changed if subject.startswith(_RIGHTS)]
    if rights and not by_central:
        await connection.execute(
            "WITH queued AS (INSERT INTO right_queue (branch, subject) SELECT %s, unnest(%s::text[]))"
            " SELECT pg_notify(%s, '')",
            (branch, rights, WAKE),
        )
