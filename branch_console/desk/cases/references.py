"""A payment's reference leaves the desk as a keyed hash: a second case of the same payment is found, the number is not.

The reference itself is kept only as far as its mask leaves it, so that two cases could not be compared by it.
"""

from branch_console.desk.look_up import keys_of
from branch_console.rules.narrative.duplicates import SHORTEST_REFERENCE
from branch_console.rules.numbers import normalise
from data.store import Store

KIND = "transaction"


def transaction_key(store: Store, typed: str) -> str | None:
    """The keyed hash of a reference as typed, under the newest tenant key.

    None for one that is masked already or too short to mean one payment. Blanks, hyphens, width and capitals make no
    difference.
    """
    reference = normalise(typed)
    if "*" in reference or len(reference) < SHORTEST_REFERENCE:
        return None
    return next(iter(keys_of(store, KIND, reference)), None)
