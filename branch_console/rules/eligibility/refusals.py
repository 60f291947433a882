"""Why a customer did not get a reward, as codes: for counting refusals by reason.

Names: `REASONS` (every code there is), `missing(judged)`. The words of a code are in the catalogues under
`gift.refused.<code>`; the sentence of one verdict for one customer is `sentence_verdicts.reason_phrase`.
"""

from typing import Final, get_args

from branch_console.rules.eligibility.conditions import LEAVES
from branch_console.rules.eligibility.situation import HoldProblem
from branch_console.rules.eligibility.verdicts import Judged

GIVEN: Final = frozenset({"ELIGIBLE", "ELIGIBLE_OFFLINE", "PROVISIONAL"})
"""Verdicts in which nothing is missing."""
_VERDICTS: Final = (
    "already_claimed", "announced", "paused", "ended", "held", "superseded", "unknown", "stock", "second_person",
    "owing_offline", "offline", "offline_cap", "lease_used_up", "filter_old",
)  # fmt: skip
_CONDITIONS: Final = tuple(get_args(each.model_fields["type"].annotation)[0] for each in LEAVES)
_HOLDS: Final = tuple(each.replace("-", "_") for each in get_args(HoldProblem) if each != "fact-hold")
REASONS: Final[frozenset[str]] = frozenset((*_VERDICTS, *_CONDITIONS, *_HOLDS))
"""Reasons of verdicts, types of conditions, and what central refuses a hold for."""


def missing(judged: Judged) -> tuple[str, ...]:
    """What is missing, the reason that decided first, each once; nothing when the customer gets the reward.

    A condition is named by its type only: neither what was asked for nor what the customer has is in a code. What a
    risk hold is about is never said, so it is `held` and nothing else.
    """
    if judged.verdict in GIVEN:
        return ()
    decided = str(judged.params["reason"])
    if judged.verdict == "HELD":
        return (decided,)
    return tuple(dict.fromkeys((decided, *(leaf.code for leaf in judged.reasons))))
